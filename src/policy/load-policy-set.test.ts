import { describe, expect, test } from '@jest/globals';
import { subjectKinds } from '../model/judgement.ts';
import { loadPolicySet } from './load-policy-set.ts';

const good: Readonly<Record<string, string>> = {
  id: 'acme-tls',
  set: 'acme',
  title: 'TLS is off',
  subject: 'proxy',
  severity: 'high',
  enforcement: 'mandatory',
  assert: 'proxy.tlsForIam',
  message: '"{{tlsForIam}}"',
  remediation: '"In {{address}} write: require_tls = true"',
  why: 'Tokens need TLS.',
  references: '[https://example.com/tls]',
};

/** The text of a policy, with some keys changed, added, or left out (null). */
const policyText = (changes: Readonly<Record<string, string | null>> = {}): string =>
  Object.entries({ ...good, ...changes })
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');

const load = async (text: string, path = 'policies/acme/acme-tls/policy.yaml') => loadPolicySet([{ path, text }]);

const faultsIn = async (text: string, path?: string) =>
  (await load(text, path)).diagnostics.map(
    ({ code, summary, origin }) => `${origin?.line}:${origin?.column} ${code}: ${summary}`,
  );

describe('a good policy', () => {
  test('is compiled', async () => {
    const { policies, diagnostics } = await load(policyText({ when: 'proxy.hasTarget', aliases: '[X1]' }));
    expect(diagnostics).toEqual([]);
    expect(policies).toEqual([
      {
        policy: {
          id: 'acme-tls',
          set: 'acme',
          title: 'TLS is off',
          subject: 'proxy',
          severity: 'high',
          enforcement: 'mandatory',
          when: 'proxy.hasTarget',
          assert: 'proxy.tlsForIam',
          message: '{{tlsForIam}}',
          remediation: 'In {{address}} write: require_tls = true',
          why: 'Tokens need TLS.',
          references: ['https://example.com/tls'],
          aliases: ['X1'],
        },
        when: { op: 'attribute', of: 'proxy', name: 'hasTarget' },
        assert: { op: 'attribute', of: 'proxy', name: 'tlsForIam' },
      },
    ]);
  });

  test('may leave out the message where one judgement speaks for itself', async () => {
    const { policies } = await load(policyText({ message: null, assert: 'proxy.tlsForIam || proxy.name == "old"' }));
    expect(policies[0]?.policy.message).toBe('{{tlsForIam}}');
  });

  test('policies come in the order of their ids, whatever the order of their files', async () => {
    const files = ['b', 'c', 'a'].map((id, index) => ({ path: `${index}.yaml`, text: policyText({ id }) }));
    const { policies } = await loadPolicySet(files);
    expect(policies.map(({ policy }) => policy.id)).toEqual(['a', 'b', 'c']);
  });
});

describe('every fault of a file is told, with line and column', () => {
  test('a file that is wrong in three ways', async () => {
    const text = policyText({ severity: 'hgih', assert: 'proxy.tlsForIm', colour: 'red' });
    expect(await faultsIn(text)).toEqual([
      '5:11 policy-invalid: severity must be one of critical, high, medium, low, info; did you mean high?',
      '7:15 policy-condition-invalid: proxy has no attribute tlsForIm; did you mean tlsForIam?',
      '12:1 policy-invalid: Unknown key colour.',
    ]);
    expect((await load(text)).policies).toEqual([]);
  });

  test('broken YAML hides no fault beside it', async () => {
    const text = policyText({ severity: 'hgih', when: 'proxy.a &&' }).replace('set: acme\n', '\tset: Acme\n');
    expect(await faultsIn(text)).toEqual([
      '2:1 policy-unparsable: This is not YAML: Tabs are not allowed as indentation.',
      '2:7 policy-invalid: set must be kebab-case: lower-case words joined by hyphens.',
      '5:11 policy-invalid: severity must be one of critical, high, medium, low, info; did you mean high?',
      '12:17 policy-condition-invalid: This is not CEL: Unexpected token: EOF.',
    ]);
  });

  test('what broken YAML swallows is not told again', async () => {
    expect(await faultsIn(policyText({ title: 'a: b', severity: 'hgih' }))).toEqual([
      '3:8 policy-unparsable: This is not YAML: Nested mappings are not allowed in compact mappings.',
    ]);
  });

  test.each<[string, Readonly<Record<string, string | null>>, readonly string[]]>([
    [
      'a misspelt key, which is not also missing',
      { enforcement: null, enforcment: 'advisory' },
      ['11:1 policy-invalid: Unknown key enforcment; did you mean enforcement?'],
    ],
    [
      'missing keys',
      { why: null, set: null },
      ['1:1 policy-invalid: set is missing.', '1:1 policy-invalid: why is missing.'],
    ],
    [
      'an id that is no id',
      { id: 'Acme TLS' },
      [
        '1:5 policy-invalid: id must be kebab-case: lower-case words joined by hyphens.',
        '1:5 policy-invalid: id is Acme TLS, but the folder is acme-tls: make them the same.',
      ],
    ],
    [
      'text that YAML reads as a number',
      { title: '8080' },
      ['3:8 policy-invalid: title must be text: put quotes around it.'],
    ],
    ['blank text', { why: '" "' }, ['10:6 policy-invalid: why must be some text.']],
    [
      'a page that is none',
      { references: '[https://example.com, example.com]' },
      ['11:35 policy-invalid: references[1] must be an https:// address.'],
    ],
    ['no page', { references: '[]' }, ['11:13 policy-invalid: references must not be empty.']],
    [
      'one page that is not in a list',
      { references: 'https://example.com' },
      ['11:13 policy-invalid: references must be a list.'],
    ],
    [
      'a mode that there is not',
      { decidable: 'never' },
      ['12:12 policy-invalid: decidable must be always, or left out.'],
    ],
    [
      'an unknown subject, whose attributes nobody can check',
      { subject: 'proxie', assert: 'proxie.x &&' },
      [
        `4:10 policy-invalid: subject must be one of ${subjectKinds.join(', ')}; did you mean proxy?`,
        '7:20 policy-condition-invalid: This is not CEL: Unexpected token: EOF.',
      ],
    ],
    [
      'a condition without quotes that YAML takes for a tag',
      { assert: '!proxy.tlsForIam' },
      ['7:9 policy-unparsable: This is not YAML: Unresolved tag: !proxy.tlsForIam.'],
    ],
    [
      'syntax in quotes',
      { assert: '"!proxy.tlsForIam &"' },
      ['7:27 policy-condition-invalid: This is not CEL: Unexpected character: &.'],
    ],
    [
      'faults in both conditions',
      { when: '>-\n  proxy.tlsForIam &&\n  proxy.nam == ""', assert: 'proxy.name' },
      [
        '7:15 policy-condition-invalid: Expected a boolean here, not a string.',
        '14:9 policy-condition-invalid: proxy has no attribute nam; did you mean name?',
      ],
    ],
    [
      'places of a message that do not exist',
      { message: '"{{tlsForIam}} {{tslForIam}}"', remediation: '|-\n  In {{address}} write:\n    {{ colour }}' },
      [
        '8:27 policy-invalid: The subject has no attribute tslForIam; did you mean tlsForIam?',
        '11:8 policy-invalid: The subject has no attribute colour.',
      ],
    ],
    [
      'a place without a name',
      { message: '"{{tlsForIam}} {{ }}"' },
      ['8:28 policy-invalid: These {{}} name no attribute of the subject.'],
    ],
    [
      'a place that is never closed',
      { message: '"{{tlsForIam}} {{name} "' },
      ['8:25 policy-invalid: This {{ is never closed by }}.'],
    ],
    [
      'no message, and nothing that speaks for itself',
      { message: null, assert: 'proxy.tlsForIam && proxy.hasTarget' },
      ['7:1 policy-invalid: message is missing: it can be left out only where assert reads exactly one judgement.'],
    ],
    ['a key twice', { 'id ': 'acme-tls' }, ['12:1 policy-unparsable: This is not YAML: Map keys must be unique.']],
    [
      'an alias',
      { title: '*x', why: '&x why' },
      ['3:8 policy-invalid: Policies take no YAML aliases: write the value out.'],
    ],
    [
      'keys that JavaScript has',
      { ['__proto__']: 'x', constructor: 'x' },
      ['12:1 policy-invalid: Unknown key __proto__.', '13:1 policy-invalid: Unknown key constructor.'],
    ],
  ])('%s', async (_, changes, faults) => {
    expect(await faultsIn(policyText(changes))).toEqual(faults);
  });

  test.each([
    ['nothing', ''],
    ['a list', '- a\n'],
    ['text', 'hello\n'],
  ])('a file that holds %s', async (_, text) => {
    expect(await faultsIn(text)).toEqual(['1:1 policy-invalid: A policy must be a mapping of keys to values.']);
  });

  test('two documents in one file', async () => {
    const faults = await faultsIn(`${policyText()}---\n${policyText()}`);
    expect(faults).toEqual(['12:1 policy-unparsable: There is more than one YAML document in this file.']);
  });

  test.each(['title', 'assert', 'message'])('text that stops in the middle of %s', async (key) => {
    expect(await faultsIn(policyText({ [key]: '"{{unfinished' }))).toEqual([
      expect.stringContaining('policy-unparsable: This is not YAML: Missing closing "quote'),
    ]);
  });
});

describe('names of policies', () => {
  test.each([
    ['policies/acme/acme-tls/policy.yaml', 0],
    ['policies\\acme\\acme-tls\\policy.yml', 0],
    ['somewhere/acme.yaml', 0],
    ['policy.yaml', 0],
    ['policies/acme/other/policy.yaml', 1],
  ])('%s: %d faults', async (path, count) => {
    expect(await faultsIn(policyText(), path)).toHaveLength(count);
  });

  test('an id is given once, also when the file has other faults', async () => {
    const files = [
      { path: 'b/acme-tls/policy.yaml', text: policyText({ colour: 'red' }) },
      { path: 'a/acme-tls/policy.yaml', text: policyText() },
    ];
    const { policies, diagnostics } = await loadPolicySet(files);
    expect(policies).toHaveLength(1);
    expect(diagnostics.map(({ code, origin }) => [code, origin?.file])).toEqual([
      ['policy-invalid', 'b/acme-tls/policy.yaml'],
      ['policy-duplicate', 'b/acme-tls/policy.yaml'],
    ]);
    expect(diagnostics[1]?.summary).toContain('a/acme-tls/policy.yaml');
  });

  test('ids of the policies beside are taken', async () => {
    const { policies: beside } = await load(policyText());
    const { diagnostics } = await loadPolicySet([{ path: 'mine.yaml', text: policyText({ set: 'mine' }) }], { beside });
    expect(diagnostics).toEqual([
      {
        severity: 'error',
        code: 'policy-duplicate',
        summary: 'There is already a policy acme-tls, in the policy set acme.',
        origin: { file: 'mine.yaml', line: 1, column: 5 },
      },
    ]);
  });
});
