import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { check } from './check.ts';
import type { Report } from './model/report.ts';
import { builtinPolicies } from './policy/builtin.generated.ts';
import { detectDocument } from './terraform/plan/detect.ts';
import { checkFile } from './testing/check-file.ts';

const policy = 'password-in-configuration';

const told = ({ findings }: Report): readonly string[] =>
  findings.flatMap((finding) => (finding.policy === policy ? [`${finding.outcome} ${finding.address}`] : []));

/** The state that a plan was made on: it does not say what an argument was made of. */
const stateBefore = (name: string): Report => {
  const plan = JSON.parse(readFileSync(`policies/security/${policy}/cases/${name}/plan.json`, 'utf8'));
  const detected = detectDocument(JSON.stringify(plan.prior_state), 'state.json');
  if (!detected.ok) throw new Error(detected.diagnostic.summary);
  return check({ judged: detected.document, context: [] }, builtinPolicies, { toolVersion: 'test' });
};

test.each(['pass-generated-applied', 'pass-generated-local'])(
  'a state of %s: what a generator has made is told by its value',
  (name) => {
    const report = stateBefore(name);
    expect(report.summary.databases).toBe(1);
    expect(told(report)).toEqual([]);
  },
);

test('a state that holds passwords that nobody generated', () => {
  const report = checkFile('testdata/adapters/applied/state.json');
  expect(told(report)).toContain('fail aws_db_instance.password');
  expect(JSON.stringify(report)).not.toContain('canary-');
});
