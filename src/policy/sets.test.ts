import { describe, expect, test } from '@jest/globals';
import type { CompiledPolicy } from './compiled-policy.ts';
import { loadPolicySet } from './load-policy-set.ts';
import { selectPolicies } from './select-policies.ts';

const policyText = (id: string, set: string): string =>
  `{ id: ${id}, set: ${set}, title: T, subject: proxy, severity: low, enforcement: advisory, assert: proxy.hasTarget, ` +
  'remediation: R, why: W, references: [https://example.com] }';

const setText = (id: string, on: boolean): string => `id: ${id}\ntitle: A title\nenabledByDefault: ${on}\n`;

const load = async (texts: Readonly<Record<string, string>>, beside: readonly CompiledPolicy[] = []) => {
  const { policies, sets, diagnostics } = await loadPolicySet(
    Object.entries(texts).map(([path, text]) => ({ path, text })),
    { beside },
  );
  return {
    policies,
    sets,
    said: diagnostics.map(({ origin, summary }) => `${origin?.file}:${origin?.line}:${origin?.column} ${summary}`),
  };
};

const files = {
  'off/set.yaml': setText('off', false),
  'off/a/policy.yaml': policyText('a', 'off'),
  'elsewhere/b/policy.yaml': policyText('b', 'off'),
  'on/set.yaml': setText('on', true),
  'on/c/policy.yaml': policyText('c', 'on'),
  'plain/d/policy.yaml': policyText('d', 'plain'),
};

describe('a set that is off by default', () => {
  test.each([
    [{}, ['c', 'd']],
    [{ sets: ['off'] }, ['a', 'b']],
    [{ sets: ['off', 'plain'] }, ['a', 'b', 'd']],
    [{ only: ['a', 'c'] }, ['a', 'c']],
    [{ skip: ['c'] }, ['d']],
  ])('with %j %j run', async (selection, ids) => {
    const { policies, said } = await load(files);
    expect(said).toEqual([]);
    const selected = selectPolicies(policies, selection);
    expect(selected.diagnostics).toEqual([]);
    expect(selected.policies.map(({ policy }) => policy.id)).toEqual(ids);
  });

  test('is off for those who join it later', async () => {
    const { policies } = await load(files);
    const later = await load(
      { 'e/policy.yaml': policyText('e', 'off'), 'f/policy.yaml': policyText('f', 'on') },
      policies,
    );
    expect(selectPolicies(later.policies, {}).policies.map(({ policy }) => policy.id)).toEqual(['f']);
  });
});

describe('faults of set.yaml', () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'no such set',
      { 'set.yaml': setText('plian', false) },
      ['set.yaml:1:5 No policy here is of the set plian; did you mean plain?'],
    ],
    ['a key that is missing', { 'set.yaml': 'id: plain\ntitle: T\n' }, ['set.yaml:1:1 enabledByDefault is missing.']],
    [
      'an unknown key',
      { 'set.yaml': `${setText('plain', true)}enabled: false\n` },
      ['set.yaml:4:1 Unknown key enabled.'],
    ],
    [
      'text for truth',
      { 'set.yaml': 'id: plain\ntitle: T\nenabledByDefault: "no"\n' },
      ['set.yaml:3:19 enabledByDefault must be true or false.'],
    ],
    [
      'two of one set',
      { 'set.yaml': setText('plain', true), 'x/set.yaml': setText('plain', false) },
      ['x/set.yaml:1:5 The set plain is described already, in set.yaml.'],
    ],
    ['broken YAML', { 'set.yaml': 'id: [' }, [expect.stringContaining('set.yaml:1:') as unknown as string]],
  ])('%s', async (_, others, faults) => {
    const { said, policies } = await load({ 'plain/d/policy.yaml': policyText('d', 'plain'), ...others });
    expect(said.filter((line) => !line.endsWith('is missing.') || faults.includes(line)).slice(0, 1)).toEqual(faults);
    expect(policies).toHaveLength(1);
  });

  test('of a set that is built in', async () => {
    const { policies } = await load(files);
    const { said } = await load(
      { 'set.yaml': setText('off', true), 'e/policy.yaml': policyText('e', 'off') },
      policies,
    );
    expect(said).toEqual(['set.yaml:1:5 The set off is built in: give your policies a set of another name.']);
  });
});
