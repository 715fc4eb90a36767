import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Origin } from './model/value.ts';
import { builtinPolicies } from './policy/builtin.generated.ts';
import { bestOf } from './report/pretty/place.ts';
import { checkDirectory, checkWithSource } from './testing/check-source.ts';

// With the source beside it, every finding is shown at a line, and it is the one that one would edit.

const root = 'policies/reachability';

const cases = builtinPolicies.flatMap(({ policy }) => {
  const folder = `${root}/${policy.id}/cases`;
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.startsWith('fail-')).map((name) => [policy.id, name] as const);
});

const placesOf = (policy: string, name: string): readonly (Origin | undefined)[] => {
  const folder = `${root}/${policy}/cases/${name}`;
  const { findings } = checkWithSource(`${folder}/plan.json`, folder);
  return findings.filter((finding) => finding.policy === policy).map(({ origins }) => bestOf(origins));
};

const lineOf = ({ file = '', line = 0 }: Origin): string => readFileSync(file, 'utf8').split('\n')[line - 1] ?? '';

describe('a finding has a line', () => {
  test.each(cases)('%s: %s', (policy, name) => {
    const places = placesOf(policy, name);
    expect(places.length).toBeGreaterThan(0);
    for (const place of places)
      expect(place).toMatchObject({ file: expect.stringMatching(/\.tf$/), line: expect.any(Number) });
  });
});

describe('the line is where one would act', () => {
  test.each([
    ['connect-arn-not-resource-id', 'fail-literal-identifier', 'Resource = "arn:'],
    ['connect-arn-not-resource-id', 'fail-module', 'resources = ["arn:'],
    ['connect-arn-wrong-scope', 'fail-account', 'Resource = "arn:'],
    ['connect-arn-wrong-scope', 'fail-partition', 'resources = ["arn:'],
    ['proxy-role-not-assumable', 'fail-another-action', 'statement {'],
    ['connect-grant-denied', 'fail-deny-in-same-document', 'statement {'],
    ['connect-grant-other-endpoint', 'fail-uses-proxy', 'statement {'],
    ['iam-auth-through-cname', 'fail-database', 'records = ['],
    ['proxy-iam-requires-tls', 'fail-tls-off', 'require_tls '],
    ['proxy-iam-requires-tls', 'fail-module-default', 'require_tls '],
    ['proxy-iam-requires-tls', 'fail-tls-unset', 'resource "aws_db_proxy" "main" {'],
    ['proxy-iam-mode-unsupported', 'fail-enabled-on-mysql', 'iam_auth '],
    ['proxy-engine-mismatch', 'fail-postgresql-proxy-for-mysql', 'engine_family '],
    ['proxy-wrong-vpc', 'fail-security-groups-of-two-vpcs', 'vpc_subnet_ids '],
    ['secret-without-credentials', 'fail-without-password', 'secret_string '],
    ['user-mixes-iam-and-password', 'fail-two-proxies', 'Statement = [{'],
  ])('%s: %s', (policy, name, text) => {
    const [place] = placesOf(policy, name);
    expect(place === undefined ? '' : lineOf(place).trim()).toMatch(new RegExp(`^${text.replaceAll(/[[{]/g, '\\$&')}`));
  });
});

describe('a statement in a heredoc has its own line', () => {
  const home = 'testdata/sensitive/source';
  test.each([
    ['plan and source', () => checkWithSource(`${home}/plan.json`, `${home}/config`)],
    ['the source alone', () => checkDirectory(`${home}/config`)],
  ])('%s', (_, check) => {
    const { findings } = check();
    const [finding] = findings.filter(({ address }) => address === 'aws_iam_role_policy.orders_connect');
    const place = finding === undefined ? undefined : bestOf(finding.origins);
    expect(place === undefined ? '' : lineOf(place).trim()).toMatch(/^"Resource": "arn:/);
  });
});
