import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type SubjectAttribute, type SubjectAttributes, subjectKinds } from '../model/judgement.ts';
import { enforcements, parameterTypes, severities } from '../model/policy.ts';
import type { Tri } from '../model/value.ts';
import { builtinPolicies } from './builtin.generated.ts';
import { evaluatePolicies } from './evaluate-policies.ts';
import { unclosedPlaces } from './fill-places.ts';
import { subjects } from './subjects.ts';
import type { AttributeDeclaration } from './vocabulary.ts';

/** What a policy with parameters says depends on them: its cases show it. */
const byId = builtinPolicies
  .filter(({ policy }) => policy.parameters === undefined)
  .map((compiled) => [compiled.policy.id, compiled] as const);

const attributeOf = (name: string, { kind }: AttributeDeclaration, holds: Tri): SubjectAttribute =>
  kind === 'judgement'
    ? { kind, judgement: { holds, reason: `<${name}>`, origins: [], assumptions: [] } }
    : { kind: 'text', text: `<${name}>` };

const attributesOf = (kind: (typeof subjectKinds)[number], holds: Tri): SubjectAttributes =>
  Object.fromEntries([...(subjects.get(kind) ?? [])].map(([name, item]) => [name, attributeOf(name, item, holds)]));

describe.each(byId)('%s', (_, compiled) => {
  const { policy } = compiled;
  const judge = (holds: Tri) =>
    evaluatePolicies(
      [compiled],
      [{ kind: policy.subject, address: 'here', attributes: attributesOf(policy.subject, holds) }],
      { only: [policy.id] },
    );

  test.each<[Tri, readonly string[]]>([
    [true, []],
    [false, ['fail']],
    ['unknown', ['unknown']],
  ])('where everything is %s: %j', (holds, outcomes) => {
    const { findings, diagnostics } = judge(holds);
    expect(diagnostics).toEqual([]);
    expect(findings.map(({ outcome }) => outcome)).toEqual(outcomes);
  });

  test('says what was seen, and an edit at an address of the user', () => {
    const [finding] = judge(false).findings;
    expect(finding?.message).toMatch(/<\w+>$/);
    expect(finding?.remediation).toMatch(/<(address|role|databaseAddress|endpoint|\w+Mend)>/);
    expect(finding?.remediation).not.toContain('(not in view)');
  });

  test('introduces lines to type by a colon, and has no place where none is filled', () => {
    const lines = policy.remediation.split('\n');
    const typed = lines.flatMap((line, index) => (line.startsWith('  ') ? [index] : []));
    const introduced = typed.filter((index) => lines[index - 1]?.startsWith('  ') !== true);
    expect(introduced.filter((index) => lines[index - 1]?.endsWith(':') !== true)).toEqual([]);
    expect(unclosedPlaces(`${policy.title} ${policy.why}`)).toEqual([]);
    expect(`${policy.title} ${policy.why}`).not.toContain('{{');
  });
});

test('every judgement of the vocabulary is asserted by a policy', () => {
  const declared = [...subjects].flatMap(([kind, attributes]) =>
    [...attributes].filter(([, { kind: sort }]) => sort === 'judgement').map(([name]) => `${kind}.${name}`),
  );
  const asserted = new Set(
    builtinPolicies.flatMap(({ policy }) => `${policy.assert} ${policy.mandatoryWhen ?? ''}`.match(/\w+\.\w+/g) ?? []),
  );
  expect(declared.filter((name) => !asserted.has(name))).toEqual([]);
});

test('no policy is named in the source outside the generated file', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.(generated|test|test-support)\.ts$/.test(file),
  );
  const naming = files.filter((file) => {
    const text = readFileSync(`src/${file}`, 'utf8');
    return builtinPolicies.some(({ policy }) => text.includes(policy.id));
  });
  expect(files.length).toBeGreaterThan(50);
  expect(naming).toEqual([]);
});

describe('the schema says what the model says', () => {
  const { properties } = JSON.parse(readFileSync('schemas/policy.schema.json', 'utf8'));

  test.each([
    ['subject', subjectKinds],
    ['severity', severities],
    ['enforcement', enforcements],
  ])('%s', (key, values) => {
    expect(properties[key].enum).toEqual(values);
  });

  test('of shared conditions too', () => {
    const shared = JSON.parse(readFileSync('schemas/conditions.schema.json', 'utf8'));
    expect(shared.additionalProperties.properties.subject.enum).toEqual(subjectKinds);
  });

  test('of parameters too', () => {
    expect(properties.parameters.additionalProperties.properties.type.enum).toEqual(parameterTypes);
  });

  test('describes every key', () => {
    expect(Object.entries<{ description?: string }>(properties).filter(([, { description }]) => !description)).toEqual(
      [],
    );
  });
});

test('every kind of subject has a vocabulary, with words for each attribute', () => {
  expect([...subjects.keys()]).toEqual([...subjectKinds]);
  const wordless = [...subjects.values()].flatMap((attributes) =>
    [...attributes.values()].filter(({ doc }) => doc === ''),
  );
  expect(wordless).toEqual([]);
});
