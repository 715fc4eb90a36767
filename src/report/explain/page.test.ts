import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { marked } from 'marked';
import { builtinPolicies } from '../../policy/builtin.generated.ts';
import { policyExamples } from '../../policy/examples.generated.ts';
import { explainPolicy } from './explanation.ts';
import { mappedIds } from './mapped-ids.ts';
import { renderPolicyIndex, renderPolicyPage } from './page.ts';

const folder = 'docs/policies';
const ids = builtinPolicies.map(({ policy }) => policy.id);
const pageOf = (id: string): string => readFileSync(`${folder}/${id}.md`, 'utf8');

test('each built-in policy has a page, and no other has', () => {
  expect(readdirSync(folder).sort()).toEqual([...ids.map((id) => `${id}.md`), 'README.md'].sort());
});

test('a policy without an example, aliases or mandatoryWhen has no empty section', () => {
  const policy = {
    id: 'own-policy',
    set: 'own',
    title: 'Own',
    subject: 'proxy',
    severity: 'low',
    enforcement: 'advisory',
    assert: 'proxy.tlsForIam',
    message: '',
    remediation: 'In {{address}} write:\n  require_tls = true\nOr leave it.',
    why: 'Because.',
    references: ['https://example.com/'],
  } as const;
  const explanation = explainPolicy({ policy, meaning: ['It is on.'], example: null }, []);
  const page = renderPolicyPage(explanation);
  expect(page.match(/^## .*/gm)).toEqual(['## What it asserts', '## Why', '## The edit that mends it', '## Sources']);
  expect(page).toContain('In \\<address> write:\n\n```terraform\nrequire_tls = true\n```\n\nOr leave it.\n');
  expect(page).not.toContain('| mandatory |');
  expect(renderPolicyIndex([explanation])).toContain('| [`own-policy`](own-policy.md) | low | advisory | Own |');
});

describe.each(ids)('the page of %s', (id) => {
  const tokens = marked.lexer(pageOf(id));
  const headings = tokens.flatMap((token) => (token.type === 'heading' ? [token.text] : []));

  test('has what a reader looks for, in this order', () => {
    const wanted = [id, 'What it asserts', 'Why', 'The edit that mends it', 'It fails', 'It passes', 'Sources'];
    expect(headings.filter((heading) => wanted.includes(heading))).toEqual(wanted);
  });

  test('says what is said of the example that fails', () => {
    const quotes = tokens.flatMap((token) => (token.type === 'blockquote' ? [token.text] : []));
    expect(quotes).toEqual([policyExamples[id]?.message]);
  });

  test('has two examples that differ, and no password', () => {
    const example = policyExamples[id];
    expect(example?.fails).not.toBe(example?.passes);
    expect(pageOf(id)).not.toContain('canary-');
  });
});

test.each([
  [
    ['A01', 'RDS.43'],
    ['List of mistakes: A01', 'AWS Security Hub: RDS.43'],
  ],
  [['※1', 'F05'], ['List of mistakes: ※1 F05']],
  [
    ['SecretsManager.1', 'CKV_AWS_161', 'CKV2_AWS_69'],
    ['AWS Security Hub: SecretsManager.1', 'Checkov: CKV_AWS_161 CKV2_AWS_69'],
  ],
  [['AVD-AWS-0176', 'AWS-0176'], ['Trivy: AVD-AWS-0176 AWS-0176']],
  [['rds-instance-iam-authentication-enabled'], ['AWS Config: rds-instance-iam-authentication-enabled']],
  [
    ['pf-rds-iam-auth-engine', 'E3682'],
    ['cdk_preflight: pf-rds-iam-auth-engine', 'cfn-lint: E3682'],
  ],
  [['TEAM_7'], ['Others: TEAM_7']],
  [[], []],
])('%j are told apart', (aliases, expected) => {
  expect(mappedIds(aliases).map(({ family, ids: own }) => `${family}: ${own.join(' ')}`)).toEqual(expected);
});
