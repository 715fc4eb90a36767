import { describe, expect, test } from '@jest/globals';
import type { PolicyConfiguration } from '../../model/configuration.ts';
import type { Subject } from '../../model/judgement.ts';
import type { Policy } from '../../model/policy.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import { judged } from '../conditions.test-support.ts';
import { evaluatePolicies } from '../evaluate-policies.ts';
import { loadPolicyConfiguration } from '../load-configuration.ts';
import type { Surroundings, Tags } from './match-selector.ts';
import { findNameFaults } from './name-faults.ts';
import { settingsFrom } from './settings-from.ts';

const policy: Policy = {
  id: 'acme-tls',
  set: 'acme',
  title: 'A title',
  subject: 'proxy',
  severity: 'medium',
  enforcement: 'advisory',
  assert: 'proxy.a',
  message: '{{a}}',
  remediation: 'Mend it.',
  why: 'Because.',
  references: ['https://example.com'],
  aliases: ['B01'],
};

const compiled: CompiledPolicy = {
  policy,
  when: null,
  assert: { op: 'attribute', of: 'proxy', name: 'a' },
};

const load = async (text: string): Promise<PolicyConfiguration> => {
  const { configuration, diagnostics } = await loadPolicyConfiguration({ path: 'c.yaml', text });
  expect(diagnostics).toEqual([]);
  if (configuration === null) throw new Error('no configuration');
  return configuration;
};

const noTags: Tags = { values: new Map(), complete: true };

type Described = Subject & { readonly engines?: readonly (readonly string[] | null)[] };

const surroundings = (tags: Tags = noTags, workspace: string | null = null): Surroundings => ({
  workspace,
  tagsOf: () => tags,
  enginesOf: (about: Described) => about.engines ?? [null],
});

const subject: Described = {
  kind: 'proxy',
  address: 'module.prod["eu"].module.db.aws_db_proxy.main',
  attributes: { a: judged(false, 'off', 'a') },
  engines: [['mysql']],
};

const rule = (body: string): string => `rules:\n  - policy: acme-tls\n    enforcement: mandatory\n    ${body}\n`;

const tagged = (values: Readonly<Record<string, string | null>>, complete = true): Tags => ({
  values: new Map(Object.entries(values)),
  complete,
});

describe('a selector', () => {
  type Row = readonly [
    select: string,
    changes: Partial<Described>,
    around: Surroundings,
    expected: boolean | 'unknown',
  ];
  const here = surroundings();
  const rows: readonly Row[] = [
    ['address: "module.prod.**"', {}, here, true],
    ['address: ["x.y", "module.prod.module.db.aws_db_proxy.*"]', {}, here, true],
    ['address: "aws_db_proxy.main"', {}, here, false],
    ['module: module.prod', {}, here, true],
    ['module: \'module.prod["eu"]\'', {}, here, true],
    ['module: \'module.prod["us"]\'', {}, here, false],
    ['module: module.prod.module.db', {}, here, true],
    ['module: module.db', {}, here, false],
    ['module: "**.module.db"', {}, here, true],
    ['module: module.prod', { address: 'aws_db_proxy.main' }, here, false],
    ['engine: mysql', {}, here, true],
    ['engine: ["aurora-*", mysql]', {}, here, true],
    ['engine: postgres', {}, here, false],
    ['engine: mysql', { engines: [null] }, here, 'unknown'],
    ['engine: mysql', { engines: [] }, here, false],
    ['engine: mysql', { engines: [['mysql', 'mariadb']] }, here, 'unknown'],
    ['engine: [mysql, mariadb]', { engines: [['mysql', 'mariadb']] }, here, true],
    ['engine: postgres', { engines: [['mysql', 'mariadb']] }, here, false],
    ['engine: postgres', { engines: [['mysql'], ['postgres']] }, here, true],
    ['engine: postgres', { engines: [['mysql'], null] }, here, 'unknown'],
    ['tags: { environment: prod }', {}, surroundings(tagged({ environment: 'prod' })), true],
    ['tags: { environment: "prod*" }', {}, surroundings(tagged({ environment: 'prod-eu' })), true],
    ['tags: { environment: [test, prod] }', {}, surroundings(tagged({ environment: 'prod' })), true],
    ['tags: { environment: prod }', {}, surroundings(tagged({ environment: 'test' })), false],
    ['tags: { environment: prod }', {}, surroundings(tagged({ Environment: 'prod' })), false],
    ['tags: { environment: prod }', {}, surroundings(tagged({ environment: null })), 'unknown'],
    ['tags: { environment: "*" }', {}, surroundings(tagged({ environment: null })), true],
    ['tags: { environment: prod }', {}, surroundings(tagged({}, false)), 'unknown'],
    ['tags: { environment: prod }', {}, surroundings(tagged({ environment: 'test' }, false)), false],
    ['tags: { environment: prod, tier: web }', {}, surroundings(tagged({ environment: 'prod' })), false],
    ['tags: { environment: prod, tier: web }', {}, surroundings(tagged({ tier: null, environment: 'x' })), false],
    ['workspace: prod', {}, surroundings(noTags, 'prod'), true],
    ['workspace: [test, "prod-*"]', {}, surroundings(noTags, 'prod-eu'), true],
    ['workspace: prod', {}, surroundings(noTags, 'default'), false],
    ['workspace: prod', {}, here, 'unknown'],
    ['workspace: prod, engine: mysql', {}, here, 'unknown'],
    ['workspace: prod, engine: postgres', {}, here, false],
    ['workspace: prod, address: "x.y"', {}, here, false],
  ];

  test.each(rows)('%s', async (select, changes, around, expected) => {
    const settings = settingsFrom(await load(rule(`select: { ${select} }`)), around);
    const { enforcement, undecided } = settings.settingsFor(policy, { ...subject, ...changes });
    expect(undecided.length > 0 ? 'unknown' : enforcement === 'mandatory').toBe(expected);
  });
});

describe('rules in order', () => {
  type Row = readonly [name: string, rules: readonly string[], expected: object];
  const other = 'select: { address: "x.y" }';
  const open = 'select: { workspace: prod }';
  test.each<Row>([
    ['none', [], { enforcement: 'advisory', severity: 'medium', mayBeRaised: true }],
    ['one of another policy', ['policy: other, severity: low'], { severity: 'medium', mayBeRaised: true }],
    ['by alias', ['policy: B01, severity: low'], { severity: 'low', enforcement: 'advisory', mayBeRaised: true }],
    ['by glob', ['policy: [x, "acme-*"], enforcement: off'], { enforcement: 'off' }],
    ['by everything', ['policy: "*", severity: critical'], { severity: 'critical' }],
    [
      'a later one wins, key by key',
      [
        'policy: acme-tls, severity: low, enforcement: mandatory',
        'policy: "*", severity: high',
        `policy: acme-tls, severity: info, ${other}`,
      ],
      { severity: 'high', enforcement: 'mandatory', mayBeRaised: false },
    ],
    ['advisory is what mandatoryWhen does not raise', ['policy: "*", enforcement: advisory'], { mayBeRaised: false }],
    [
      'an open one that relaxes: the stricter',
      [`policy: "*", enforcement: off, severity: info, ${open}`],
      { enforcement: 'advisory', severity: 'medium', mayBeRaised: true },
    ],
    [
      'an open one that tightens: the stricter',
      [`policy: "*", enforcement: mandatory, severity: critical, ${open}`],
      { enforcement: 'mandatory', severity: 'critical' },
    ],
    [
      'an open one, then a certain one',
      [`policy: "*", enforcement: mandatory, ${open}`, 'policy: "*", enforcement: advisory'],
      { enforcement: 'advisory', mayBeRaised: false },
    ],
    [
      'parameters, name by name',
      ['policy: "*", parameters: { a: 1, b: x }', 'policy: "*", parameters: { b: [y] }'],
      { parameters: [{ a: 1, b: ['y'] }] },
    ],
    [
      'parameters of an open one: both',
      ['policy: "*", parameters: { a: 1 }', `policy: "*", parameters: { a: 2 }, ${open}`],
      { parameters: [{ a: 1 }, { a: 2 }] },
    ],
  ])('%s', async (_, rules, expected) => {
    const text = `rules:${rules.length === 0 ? ' []' : ''}\n${rules.map((one) => `  - { ${one} }`).join('\n')}`;
    const settings = settingsFrom(await load(text), surroundings());
    expect(settings.settingsFor(policy, subject)).toMatchObject(expected);
  });

  test('too many alternatives of parameters are none', async () => {
    const rules = Array.from({ length: 7 }, (_, i) => `  - { policy: "*", parameters: { p${i}: 1 }, ${open} }`);
    const settings = settingsFrom(await load(`rules:\n${rules.join('\n')}`), surroundings());
    expect(settings.settingsFor(policy, subject).parameters).toEqual([]);
  });
});

describe('findings', () => {
  const run = async (text: string, subjects: readonly Described[], changes: Partial<CompiledPolicy> = {}) =>
    evaluatePolicies(
      [{ ...compiled, ...changes }],
      subjects,
      {},
      { rules: settingsFrom(await load(text), surroundings()) },
    );

  test('have the settings of their subject', async () => {
    const text =
      'rules: [{ policy: "*", severity: low }, { policy: "*", enforcement: mandatory, severity: critical, select: { address: "**.main" } }]';
    const { findings, policies } = await run(text, [subject, { ...subject, address: 'aws_db_proxy.other' }]);
    expect(findings.map(({ address, severity, enforcement }) => [address, severity, enforcement])).toEqual([
      ['aws_db_proxy.other', 'low', 'advisory'],
      ['module.prod["eu"].module.db.aws_db_proxy.main', 'critical', 'mandatory'],
    ]);
    expect(policies.map(({ severity, enforcement }) => [severity, enforcement])).toEqual([['low', 'advisory']]);
  });

  test('of several subjects of one address have the gravest', async () => {
    const text =
      'rules: [{ policy: "*", enforcement: mandatory, severity: high, select: { engine: postgres } }, { policy: "*", severity: low, select: { engine: mysql } }]';
    const { findings } = await run(text, [subject, { ...subject, engines: [['postgres']] }]);
    expect(findings.map(({ severity, enforcement }) => [severity, enforcement])).toEqual([['high', 'mandatory']]);
  });

  test('are not where a policy is off', async () => {
    const text = 'rules: [{ policy: "*", enforcement: off, select: { engine: mysql } }]';
    const { findings, policies } = await run(text, [subject, { ...subject, address: 'x.y', engines: [['postgres']] }]);
    expect(findings.map(({ address }) => address)).toEqual(['x.y']);
    expect(policies).toHaveLength(1);
  });

  test.each([
    ['off', []],
    ['off, then on for some', ['acme-tls']],
  ])('a policy that is %s', async (name, ids) => {
    const more = name === 'off' ? '' : ', { policy: "*", enforcement: mandatory, select: { engine: mysql } }';
    const { policies, findings } = await run(`rules: [{ policy: "*", enforcement: off }${more}]`, [subject]);
    expect(policies.map(({ id }) => id)).toEqual(ids);
    expect(findings).toHaveLength(ids.length);
  });

  test('say of which rules nobody can say whether they are meant', async () => {
    const text = 'rules:\n  - policy: "*"\n    enforcement: off\n    select: { workspace: prod }\n';
    const passing = { ...subject, address: 'passes.x', attributes: { a: judged(true, '', 'a') } };
    const { findings, diagnostics } = await run(text, [subject, { ...subject, address: 'x.y' }, passing]);
    expect(findings).toHaveLength(2);
    expect(diagnostics).toMatchObject([
      {
        severity: 'warning',
        code: 'configuration-undecided',
        summary:
          'Whether this rule is for module.prod["eu"].module.db.aws_db_proxy.main and 1 more is not known, so the stricter of the two settings counts.',
        origin: { file: 'c.yaml', line: 2, column: 5 },
      },
    ]);
  });

  const raising = { mandatoryWhen: { op: 'attribute', of: 'proxy', name: 'b' } } as const;
  test.each([
    ['rules: []', 'mandatory'],
    ['rules: [{ policy: "*", severity: low }]', 'mandatory'],
    ['rules: [{ policy: "*", enforcement: advisory }]', 'advisory'],
    ['rules: [{ policy: "*", enforcement: advisory, select: { workspace: x } }]', 'mandatory'],
  ])('are raised by mandatoryWhen unless a rule says otherwise: %s', async (text, enforcement) => {
    const raised = { ...subject, attributes: { ...subject.attributes, b: judged(true, '', 'b') } };
    const { findings } = await run(text, [raised], raising);
    expect(findings.map((finding) => finding.enforcement)).toEqual([enforcement]);
  });
});

test('a policy that is asked for by name is not off, unless for some subjects', async () => {
  const text = 'rules: [{ policy: "*", enforcement: off }]';
  const asked = settingsFrom(await load(text), surroundings(), () => true);
  expect(asked.settingsFor(policy, subject).enforcement).toBe('advisory');
  expect(asked.configured(policy)).toEqual(policy);
  const some = settingsFrom(
    await load('rules: [{ policy: "*", enforcement: off, select: { engine: mysql } }]'),
    surroundings(),
    () => true,
  );
  expect(some.settingsFor(policy, subject).enforcement).toBe('off');
});

const sized: CompiledPolicy = {
  policy: { ...policy, id: 'acme-size', parameters: { most: { type: 'number', doc: 'How many.' } }, message: 'Much.' },
  when: null,
  assert: {
    op: 'less',
    left: { op: 'literal', value: 2 },
    right: { op: 'attribute', of: 'params', name: 'most' },
  },
};

describe('parameters', () => {
  const run = async (text: string) =>
    evaluatePolicies([sized], [subject], {}, { rules: settingsFrom(await load(text), surroundings()) });

  test.each([
    ['{ policy: "*", parameters: { most: 3 } }', undefined],
    ['{ policy: "*", parameters: { most: 1 } }', 'fail'],
    [
      '{ policy: "*", parameters: { most: 1 } }, { policy: "*", parameters: { most: 3 }, select: { workspace: x } }',
      'unknown',
    ],
    [
      '{ policy: "*", parameters: { most: 1 } }, { policy: "*", parameters: { most: 0 }, select: { workspace: x } }',
      'fail',
    ],
    [
      '{ policy: "*", parameters: { most: 4 } }, { policy: "*", parameters: { most: 3 }, select: { workspace: x } }',
      undefined,
    ],
    ['{ policy: "*", parameters: { most: 1 }, select: { engine: postgres } }', undefined],
  ])('%s', async (rules, outcome) => {
    const { findings, diagnostics } = await run(`rules: [${rules}]`);
    expect(findings.map((finding) => finding.outcome)).toEqual(outcome === undefined ? [] : [outcome]);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('a finding that hangs on a rule says which one', async () => {
    const { findings } = await run(
      'rules:\n  - { policy: "*", parameters: { most: 1 }, select: { workspace: x } }\n  - { policy: "*", severity: low }',
    );
    expect(findings.map(({ outcome, message }) => [outcome, message])).toEqual([
      ['unknown', `Much.; whether the rule at c.yaml:2 is for ${subject.address} is not known`],
    ]);
  });

  test('of which nobody can say which count leave the policy undecided', async () => {
    const open = Array.from(
      { length: 7 },
      (_, i) => `{ policy: "*", parameters: { most: ${i} }, select: { workspace: w${i} } }`,
    );
    const { findings } = await run(`rules: [${open.join(', ')}]`);
    expect(findings.map((finding) => finding.outcome)).toEqual(['unknown']);
  });

  test('without a value are an error', async () => {
    expect((await run('rules: []')).diagnostics.map(({ code }) => code)).toEqual(['policy-parameter-missing']);
  });

  test('of a policy that is off are not asked for', async () => {
    expect((await run('rules: [{ policy: "*", enforcement: off }]')).diagnostics).toEqual([]);
  });
});

test('names that do not exist are errors at their place', async () => {
  const text = [
    'sets: [acme, reachabilty]',
    'rules:',
    '  - policy: [acme-tsl, B01, "acme-*", "proxy-*"]',
    '  - { policy: acme-tls, parameters: { most: 3 } }',
    '  - { policy: acme-size, parameters: { mst: 3 } }',
    '  - { policy: acme-size, parameters: { most: "3" } }',
    '  - { policy: "acme-*", parameters: { most: 3 } }',
  ].join('\n');
  const faults = findNameFaults(await load(text), [compiled, sized]).map(
    ({ severity, code, summary, origin }) => `${origin?.line}:${origin?.column} ${severity} ${code} ${summary}`,
  );
  expect(faults).toEqual([
    '1:14 error policy-not-found There is no policy set reachabilty.',
    '3:14 error policy-not-found There is no policy acme-tsl; did you mean acme-tls?',
    '3:39 error policy-not-found No policy has an id like proxy-*.',
    '4:45 error configuration-invalid The policy acme-tls takes no parameters.',
    '5:45 error configuration-invalid The policy acme-size has no parameter mst; did you mean most?',
    '6:46 error configuration-invalid most must be a number.',
  ]);
});
