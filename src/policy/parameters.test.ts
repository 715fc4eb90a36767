import { describe, expect, test } from '@jest/globals';
import type { Subject } from '../model/judgement.ts';
import type { ParameterValues } from '../model/policy.ts';
import { known } from '../model/value.ts';
import { judged, testVocabulary, valued } from './conditions.test-support.ts';
import { type PolicyResults, evaluatePolicies } from './evaluate-policies.ts';
import { loadPolicySet } from './load-policy-set.ts';
import { checkParameters } from './parameters.ts';

const parameters = `
  engines: { type: list, doc: Engines that may be used., choices: [mysql, postgres, sqlserver], default: [mysql] }
  owner: { type: string, doc: Whose it is., default: nobody }
  ports: { type: number, doc: The highest port., default: 9000 }
  strict: { type: boolean, doc: Whether unknown engines are refused., default: false }
  names: { type: list, doc: Names that are taken. }
`;

const load = (keys: Readonly<Record<string, string | null>>) => {
  const all = {
    id: 'acme-rule',
    set: 'acme',
    title: 'Wrong',
    subject: 'proxy',
    severity: 'high',
    enforcement: 'mandatory',
    parameters,
    assert: 'proxy.a',
    message: '"{{a}}"',
    remediation: 'Mend {{name}}.',
    why: 'Because.',
    references: '[https://example.com]',
    ...keys,
  };
  const text = Object.entries(all).flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}\n`]));
  const vocabularies = new Map([['proxy', testVocabulary] as const]);
  return loadPolicySet([{ path: 'policy.yaml', text: text.join('') }], { vocabularies });
};

const subject = (address: string, engine: string | null | undefined): Subject => ({
  kind: 'proxy',
  address,
  attributes: {
    a: judged(false),
    b: judged(true),
    name: { kind: 'text', text: address },
    engine: valued(engine),
    port: { kind: 'value', value: known(3306, { address, path: 'port' }) },
  },
});

const evaluate = async (
  keys: Readonly<Record<string, string | null>>,
  given: ParameterValues,
  engine: string | null | undefined = 'mysql',
): Promise<PolicyResults> => {
  const { policies, diagnostics } = await load(keys);
  expect(diagnostics).toEqual([]);
  const source = { valuesFor: () => given, givenFor: () => new Set(Object.keys(given)) };
  return evaluatePolicies(policies, [subject('p', engine)], {}, { parameters: source });
};

const outcomeOf = ({ findings, diagnostics }: PolicyResults): string =>
  diagnostics[0]?.code ?? findings[0]?.outcome ?? 'pass';

describe('conditions read parameters', () => {
  test.each<[string, ParameterValues, string]>([
    ['proxy.engine in params.engines', {}, 'pass'],
    ['proxy.engine in params.engines', { engines: ['postgres'] }, 'fail'],
    ['proxy.engine in params.engines', { engines: [] }, 'fail'],
    ['params.engines.exists(e, e == proxy.engine)', { engines: ['postgres', 'mysql'] }, 'pass'],
    ['params.engines.all(e, e != proxy.engine)', { engines: ['postgres', 'mysql'] }, 'fail'],
    ['params.engines.all(e, e.startsWith("my"))', {}, 'pass'],
    ['params.engines.exists(e, params.names.exists(n, n == e))', { names: ['mysql'] }, 'pass'],
    ['params.engines.exists(e, e in params.names)', { names: ['mysql'] }, 'pass'],
    ['params.engines.exists(e, e in params.names)', { names: ['postgres'] }, 'fail'],
    ['size(params.names) > 1', { names: ['x'] }, 'fail'],
    ['params.names.size() > 1', { names: ['x', 'y'] }, 'pass'],
    [`'"x" in params.names'`, { names: ['x'] }, 'pass'],
    ['params.names.exists(n, proxy.name.matchesAddress(n))', { names: ['aws_db_proxy.*', 'p'] }, 'pass'],
    ['params.names.exists(n, proxy.name.matchesAddress(n))', { names: ['q*'] }, 'fail'],
    ['params.owner == "nobody"', {}, 'pass'],
    ['params.owner == "nobody"', { owner: 'ops' }, 'fail'],
    ['proxy.name.contains(params.owner)', { owner: 'p' }, 'pass'],
    ['proxy.port <= params.ports', { ports: 3305 }, 'fail'],
    ['proxy.port <= params.ports', { ports: 3306 }, 'pass'],
    ['"!params.strict"', { strict: true }, 'fail'],
    ['"params.strict ? proxy.a : proxy.b"', { strict: false }, 'pass'],
    ['"params.strict ? proxy.a : proxy.b"', { strict: true }, 'fail'],
  ])('%s with %j: %s', async (assert, given, outcome) => {
    expect(outcomeOf(await evaluate({ assert }, { names: [], ...given }))).toBe(outcome);
  });

  test.each<[string, ParameterValues, string]>([
    ['proxy.engine in params.engines', {}, 'unknown'],
    ['proxy.engine in params.names', { names: [] }, 'fail'],
    ['proxy.engine in params.engines || params.strict', { strict: true }, 'pass'],
  ])('%s with %j where the engine is known after apply: %s', async (assert, given, outcome) => {
    const names = ['x'];
    const { policies } = await load({ assert });
    const source = { valuesFor: () => ({ names, ...given }), givenFor: () => new Set(['names']) };
    const unknownEngine = {
      ...subject('p', 'mysql'),
      attributes: { ...subject('p', 'mysql').attributes, engine: valued(undefined) },
    };
    expect(outcomeOf(evaluatePolicies(policies, [unknownEngine], {}, { parameters: source }))).toBe(outcome);
  });

  test('when and mandatoryWhen read them too, and what they are is no evidence', async () => {
    const keys = { enforcement: 'advisory', when: 'params.strict', mandatoryWhen: 'params.owner == "ops"' };
    expect((await evaluate(keys, { names: [] })).findings).toEqual([]);
    const { findings } = await evaluate(keys, { names: [], strict: true, owner: 'ops' });
    expect(findings).toMatchObject([
      { enforcement: 'mandatory', origins: [{ address: 'aws_db_proxy.main', path: 'x' }] },
    ]);
    expect((await evaluate(keys, { names: [], strict: true })).findings).toMatchObject([{ enforcement: 'advisory' }]);
  });

  test('an empty list decides about what it was asked for', async () => {
    const { findings } = await evaluate({ assert: 'proxy.engine in params.names' }, { names: [] });
    expect(findings).toMatchObject([{ outcome: 'fail', origins: [{ path: 'v' }] }]);
  });

  test('texts name them', async () => {
    const message =
      '"{{engine}} is none of {{params.engines}} ({{ params.owner }}, {{params.ports}}, {{params.names}})"';
    const { findings } = await evaluate({ message }, { names: [], engines: ['postgres', 'sqlserver'] });
    expect(findings[0]?.message).toBe('mysql is none of postgres, sqlserver (nobody, 9000, (none))');
  });
});

describe('a parameter without a value', () => {
  test('is an error, never a silent pass', async () => {
    const { findings, diagnostics } = await evaluate({}, {});
    expect(findings).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        severity: 'error',
        code: 'policy-parameter-missing',
        summary: 'Policy acme-rule judges nothing: names has no value.',
        detail: expect.stringContaining('    - policy: acme-rule\n      parameters:\n        names: …'),
      },
    ]);
  });

  test('that has one for some subjects leaves out the others', async () => {
    const { policies } = await load({});
    const source = {
      valuesFor: (_: unknown, { address }: Subject): ParameterValues => (address === 'prod' ? { names: [] } : {}),
      givenFor: () => new Set(['names']),
    };
    const { findings, diagnostics } = evaluatePolicies(
      policies,
      [subject('dev', 'mysql'), subject('prod', 'mysql')],
      {},
      { parameters: source },
    );
    expect(findings.map(({ address }) => address)).toEqual(['prod']);
    expect(diagnostics).toEqual([]);
  });

  test('says nothing where the policy is left out', async () => {
    const { policies } = await load({});
    expect(evaluatePolicies(policies, [subject('p', 'mysql')], { skip: ['acme-rule'] }).diagnostics).toEqual([]);
  });
});

describe('faults of a policy file', () => {
  test.each<[string, Readonly<Record<string, string | null>>, readonly string[]]>([
    [
      'an unknown parameter',
      { assert: 'proxy.engine in params.engine' },
      ['14:32 The policy declares no parameter engine; did you mean engines?'],
    ],
    [
      'a parameter of a policy without any',
      { parameters: null, assert: 'params.x == 1' },
      ['7:16 The policy declares no parameters, and so no x.'],
    ],
    [
      'a list where one value is needed',
      { assert: 'params.names == "x"' },
      ['14:16 params.names is a list: ask it with in, exists(), all() or size().'],
    ],
    [
      'one value where a list is needed',
      { assert: 'proxy.engine in params.owner' },
      ['14:32 Expected a list like ["a", "b"] after in, or a parameter that is a list.'],
    ],
    ['a wrong type', { assert: 'params.ports == "x"' }, ['14:9 a number never equals a string.']],
    ['a wrong type in a list', { assert: 'proxy.port in params.names' }, ['14:30 a number never equals a string.']],
    [
      'something else after in',
      { assert: 'proxy.engine in proxy.auth' },
      ['14:31 Expected a list like ["a", "b"] after in, or a parameter that is a list.'],
    ],
    [
      'an attribute of a text',
      { assert: 'params.names.exists(n, n.user == "x")' },
      ['14:34 n is text: it has no attributes.'],
    ],
    [
      'the parameters themselves',
      { assert: 'params == "x"' },
      ['14:9 params is no condition by itself: name one of its attributes.'],
    ],
    [
      'a place for an unknown one',
      { message: '"{{params.onwer}}"' },
      ['15:13 The policy declares no parameter onwer; did you mean owner?'],
    ],
    [
      'no type, and an unknown key',
      { parameters: '{ x: { tpye: list, doc: D. } }' },
      ['7:20 Unknown key tpye; did you mean type?'],
    ],
    ['no doc', { parameters: '{ x: { type: list } }' }, ['7:18 parameters.x.doc is missing.']],
    [
      'a type that is none',
      { parameters: '{ x: { type: text, doc: D. } }' },
      ['7:26 parameters.x.type must be one of string, number, boolean, list.'],
    ],
    [
      'a name that conditions cannot write',
      { parameters: '{ max-age: { type: number, doc: D. } }' },
      ['7:15 max-age is no name for a parameter: letters and digits, beginning with a small letter.'],
    ],
    [
      'a default of another type',
      { parameters: '{ x: { type: number, doc: D., default: "9" } }' },
      ['7:52 default must be a number.'],
    ],
    [
      'a default that is no choice',
      { parameters: '{ x: { type: list, doc: D., choices: [aa, bb], default: [aa, ba] } }' },
      ['7:74 default[1] must be one of aa, bb; did you mean aa?'],
    ],
    [
      'a default that is a mapping',
      { parameters: '{ x: { type: list, doc: D., default: {} } }' },
      ['7:50 parameters.x.default must be text, a number, true, false, or a list of texts.'],
    ],
    [
      'choices of a number',
      { parameters: '{ x: { type: number, doc: D., choices: ["1"] } }' },
      ['7:43 x is a number, and only texts and lists have choices.'],
    ],
    [
      'a length of a text',
      { parameters: '{ x: { type: string, doc: D., minItems: 1 } }' },
      ['7:43 x is a string, and only lists have minItems.'],
    ],
    [
      'a default that is too short',
      { parameters: '{ x: { type: list, doc: D., minItems: 1, default: [] } }' },
      ['7:63 default must have a text at least.'],
    ],
  ])('%s', async (_, keys, faults) => {
    const { policies, diagnostics } = await load(keys);
    expect(diagnostics.map(({ summary, origin }) => `${origin?.line}:${origin?.column} ${summary}`)).toEqual(faults);
    expect(policies).toEqual([]);
  });
});

describe('faults of values', () => {
  test.each<[Readonly<Record<string, unknown>>, readonly string[]]>([
    [{ engines: ['mysql'], owner: 'ops', ports: 1, strict: true, names: [] }, []],
    [{ engine: ['mysql'] }, ['engine: The policy acme-rule has no parameter engine; did you mean engines?']],
    [{ constructor: 1 }, ['constructor: The policy acme-rule has no parameter constructor.']],
    [{ engines: 'mysql' }, ['engines: engines must be a list of texts, like [a, b].']],
    [{ engines: null }, ['engines: engines must be a list of texts, like [a, b].']],
    [
      { engines: ['mysql', 'postgers'] },
      ['engines.1: engines[1] must be one of mysql, postgres, sqlserver; did you mean postgres?'],
    ],
    [{ names: ['a', 3306] }, ['names.1: names[1] must be text: put quotes around it.']],
    [{ owner: 7 }, ['owner: owner must be text: put quotes around it.']],
    [{ ports: '1' }, ['ports: ports must be a number.']],
    [{ ports: Number.NaN }, ['ports: ports must be a number.']],
    [{ strict: 'yes' }, ['strict: strict must be true or false.']],
  ])('%j', async (values, faults) => {
    const [compiled] = (await load({})).policies;
    if (compiled === undefined) throw new Error('The policy does not load.');
    expect(
      checkParameters(compiled.policy, values).map(({ path, summary }) => `${path.join('.')}: ${summary}`),
    ).toEqual(faults);
  });

  test('a policy without parameters takes none', async () => {
    const [compiled] = (await load({ parameters: null })).policies;
    if (compiled === undefined) throw new Error('The policy does not load.');
    expect(checkParameters(compiled.policy, { x: 1 })).toEqual([
      { path: ['x'], summary: 'The policy acme-rule takes no parameters.' },
    ]);
  });
});
