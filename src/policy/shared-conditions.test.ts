import { describe, expect, test } from '@jest/globals';
import { testVocabulary } from './conditions.test-support.ts';
import { loadPolicySet } from './load-policy-set.ts';
import { vocabulary } from './vocabulary.ts';

type Files = Readonly<Record<string, string>>;

const policyText = (id: string, keys: Files = {}): string =>
  Object.entries({
    id,
    set: 'acme',
    title: 'Wrong',
    subject: 'proxy',
    severity: 'high',
    enforcement: 'advisory',
    assert: 'proxy.a',
    message: '"{{a}}"',
    remediation: 'Mend {{name}}.',
    why: 'Because.',
    references: '[https://example.com]',
    ...keys,
  })
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');

const load = async (files: Files) => {
  const vocabularies = new Map([['proxy', testVocabulary] as const, ['database', vocabulary({})] as const]);
  const { policies, diagnostics } = await loadPolicySet(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { vocabularies },
  );
  return {
    policies,
    said: diagnostics.map(({ origin, summary }) => `${origin?.file}:${origin?.line}:${origin?.column} ${summary}`),
  };
};

const condition = (name: string, text: string, subject = 'proxy'): string =>
  `${name}:\n  subject: ${subject}\n  doc: A doc.\n  condition: ${text}\n`;

describe('a shared condition', () => {
  test('takes the place of its name, in every condition of every policy below its folder', async () => {
    const shared = { 'acme/conditions.yaml': condition('isGood', 'proxy.a && proxy.name.startsWith("x")') };
    const keys = {
      when: 'conditions.isGood',
      assert: '"!conditions.isGood || proxy.b"',
      mandatoryWhen: 'conditions.isGood',
    };
    const inline = { when: 'X', assert: '"!(X) || proxy.b"', mandatoryWhen: 'X' };
    const written = Object.entries(inline).map(([key, text]) => [
      key,
      text.replace(/X/g, 'proxy.a && proxy.name.startsWith(\\"x\\")').replace(/^(?!")(.*)$/, '"$1"'),
    ]);
    const [named] = (await load({ ...shared, 'acme/a/policy.yaml': policyText('a', keys) })).policies;
    const [spelled] = (await load({ 'acme/a/policy.yaml': policyText('a', Object.fromEntries(written)) })).policies;
    expect(named).toBeDefined();
    expect({ ...named, policy: null }).toEqual({ ...spelled, policy: null });
  });

  test('of a folder above is seen, and of a folder beside it is not', async () => {
    const { policies, said } = await load({
      'conditions.yaml': condition('top', 'proxy.a'),
      'one/conditions.yaml': condition('own', 'conditions.top && proxy.b'),
      'one/a/policy.yaml': policyText('a', { assert: 'conditions.own || conditions.top' }),
      'onetwo/b/policy.yaml': policyText('b', { assert: 'conditions.own' }),
      'onetwo/c/policy.yaml': policyText('c', { assert: 'conditions.top' }),
    });
    expect(policies.map(({ policy }) => policy.id)).toEqual(['a', 'c']);
    expect(said).toEqual(['onetwo/b/policy.yaml:7:20 There is no condition own.']);
  });

  test('counts as what it reads, where the message is left out', async () => {
    const { policies } = await load({
      'conditions.yaml': condition('top', 'proxy.a'),
      'a/policy.yaml': policyText('a', { assert: 'conditions.top', message: '' }),
    });
    expect(policies[0]?.policy.message).toBe('{{a}}');
  });

  test.each([
    [
      'proxy.a',
      'conditions.top ? proxy.a : proxy.b',
      ['a/policy.yaml:7:25 ?: has no answer in three values for an attribute that can be unknown.'],
    ],
    ['proxy.name == "x"', 'conditions.top ? proxy.a : proxy.b', []],
  ])('%s can be unknown where what it reads can: %s', async (text, assert, faults) => {
    const { said } = await load({
      'conditions.yaml': condition('top', text),
      'a/policy.yaml': policyText('a', { assert: `"${assert}"` }),
    });
    expect(said.map((line) => line.replace(/:\d+ /, ':25 '))).toEqual(faults);
  });
});

describe('faults', () => {
  const bad = (text: string, assert = 'conditions.top'): Files => ({
    'conditions.yaml': text,
    'a/policy.yaml': policyText('a', { assert }),
    'b/policy.yaml': policyText('b'),
  });

  test.each<[string, Files, readonly string[]]>([
    [
      'an unknown attribute, told once',
      bad(condition('top', 'proxy.x')),
      ['conditions.yaml:4:20 proxy has no attribute x; did you mean a?'],
    ],
    [
      'no condition',
      bad(condition('top', 'proxy.name')),
      ['conditions.yaml:4:20 Expected a boolean here, not a string.'],
    ],
    [
      'a name that is none',
      bad(condition('top', 'proxy.a'), 'conditions.tpo'),
      ['a/policy.yaml:7:20 There is no condition tpo; did you mean top?'],
    ],
    [
      'no file of them',
      { 'a/policy.yaml': policyText('a', { assert: 'conditions.top' }), 'b/policy.yaml': policyText('b') },
      ['a/policy.yaml:7:20 There is no condition top: no conditions.yaml in this folder or above it defines one.'],
    ],
    [
      'another subject',
      bad(condition('top', 'size("x") == 1', 'database')),
      ['a/policy.yaml:7:20 The condition top is about a database, and this one about a proxy.'],
    ],
    [
      'parameters',
      bad(condition('top', 'params.x == 1')),
      ['conditions.yaml:4:14 A shared condition has no parameters: they belong to a policy.'],
    ],
    [
      'a cycle of one',
      bad(condition('top', 'conditions.top')),
      ['conditions.yaml:4:25 The condition top leads back to itself.'],
    ],
    [
      'a cycle of two, told once',
      bad(condition('top', 'conditions.low') + condition('low', 'proxy.a || conditions.top')),
      ['conditions.yaml:8:36 The condition top leads back to itself.'],
    ],
    [
      'a condition over a faulty one',
      bad(condition('top', 'conditions.low') + condition('low', 'proxy.x')),
      ['conditions.yaml:8:20 proxy has no attribute x; did you mean a?'],
    ],
    [
      'an unknown key',
      bad(`${condition('top', 'proxy.a')}  dco: x\n`),
      ['conditions.yaml:5:3 Unknown key dco; did you mean doc?'],
    ],
    [
      'a missing one',
      bad('top:\n  subject: proxy\n  condition: proxy.a\n'),
      ['conditions.yaml:2:3 top.doc is missing.'],
    ],
    [
      'a subject that is none',
      bad(condition('top', 'proxy.a', 'prxy')),
      [expect.stringContaining('conditions.yaml:2:12 top.subject must be one of') as unknown as string],
    ],
    [
      'a name that conditions cannot write',
      bad(condition('is-top', 'proxy.a'), 'proxy.a'),
      ['conditions.yaml:1:1 is-top is no name for a condition: letters and digits, beginning with a small letter.'],
    ],
    [
      'an empty file',
      bad('', 'proxy.a'),
      ['conditions.yaml:1:1 A file of conditions must be a mapping of keys to values.'],
    ],
    ['broken YAML', bad('top: [', 'proxy.a'), [expect.stringContaining('conditions.yaml:1:') as unknown as string]],
    [
      'the conditions themselves',
      bad(condition('top', 'proxy.a'), 'conditions'),
      ['a/policy.yaml:7:9 There is no conditions here, only proxy.'],
    ],
    [
      'a variable that hides the subject',
      bad(condition('top', 'proxy.a'), 'proxy.auth.exists(proxy, conditions.top)'),
      ['a/policy.yaml:7:27 proxy stands for something already: choose another name.'],
    ],
  ])('%s', async (_, files, faults) => {
    const { said, policies } = await load(files);
    expect(said).toEqual(faults);
    expect(policies.map(({ policy }) => policy.id)).toContain('b');
    if (files['a/policy.yaml']?.includes('assert: conditions.') === true)
      expect(policies.map(({ policy }) => policy.id)).not.toContain('a');
  });

  test('one name means one thing below a folder', async () => {
    const { said } = await load({
      'conditions.yaml': condition('top', 'proxy.a'),
      'conditions.yml': condition('top', 'proxy.b'),
      'one/conditions.yaml': condition('top', 'proxy.b'),
      'one/a/policy.yaml': policyText('a', { assert: 'conditions.top' }),
    });
    expect(said.sort()).toEqual([
      'conditions.yaml:1:1 There is already a condition top, in conditions.yml.',
      'one/conditions.yaml:1:1 There is already a condition top, in conditions.yml.',
    ]);
  });
});
