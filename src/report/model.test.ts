import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { adaptGraph, adaptedTypes } from '../adapters/index.ts';
import type { ModelDocument } from '../model/model-document.ts';
import { buildGraph } from '../terraform/build-graph.ts';
import { detectDocument } from '../terraform/plan/detect.ts';
import { modelKeys, renderModel } from './model.ts';

const schema: unknown = JSON.parse(readFileSync(new URL('../../schemas/model.schema.json', import.meta.url), 'utf8'));

/** The schema allows keys that later versions may add; what is written today it must know. */
const closed = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, child]) => [key, closed(child)]));
  return 'properties' in copy && 'type' in copy ? { ...copy, additionalProperties: false } : copy;
};

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(closed(schema) as object);

const propertiesOf = (node: unknown): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap(propertiesOf);
  if (typeof node !== 'object' || node === null) return [];
  const { properties, $defs, ...rest } = node as Record<string, unknown>;
  const own = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  const below = [properties, $defs].flatMap((part) => propertiesOf(Object.values((part as object | undefined) ?? {})));
  return [...own, ...below, ...propertiesOf(Object.values(rest))];
};

const documentOf = (...paths: readonly string[]): ModelDocument => {
  const documents = paths.map((path, index) => {
    const detected = detectDocument(readFileSync(path, 'utf8'), path);
    if (!detected.ok) throw new Error(path);
    return { ...detected.document, index };
  });
  const { model } = adaptGraph(buildGraph(documents, adaptedTypes));
  const input = documents.map(({ path, kind, terraformVersion, index }) => ({
    path,
    kind,
    terraformVersion,
    source: null,
    role: index === 0 ? ('judged' as const) : ('context' as const),
  }));
  return { schemaVersion: '1', tool: { name: 'rds-auth-policy', version: 'test' }, input, model };
};

const scenarios = readdirSync('testdata/scenarios', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `testdata/scenarios/${name}/plan.json`);
const others = [
  'testdata/sensitive/plan.json',
  'testdata/sensitive/state.json',
  'testdata/lifecycle/brownfield/state.json',
  'testdata/lifecycle/iam-user-managed-policy/update-plan.json',
];

describe('schema', () => {
  test.each([...scenarios, ...others])('%s', (path) => {
    const printed: unknown = JSON.parse(renderModel([documentOf(path)]));
    validate(printed);
    expect(validate.errors).toBeNull();
  });

  test('knows every key of the types, and no other', () => {
    expect([...new Set(propertiesOf(schema))].sort()).toEqual([...modelKeys].sort());
  });

  test.each([
    ['no model', { model: undefined }],
    ['another version', { schemaVersion: '2' }],
    ['a value of no kind', { model: { ...documentOf(scenarios[0] ?? '').model, complete: 'yes' } }],
  ])('%s is refused', (_, change) => {
    expect(validate(JSON.parse(JSON.stringify({ ...documentOf(scenarios[0] ?? ''), ...change })))).toBe(false);
  });
});

describe('text', () => {
  test('holds everything that was read', () => {
    const document = documentOf('testdata/scenarios/mistake-tls-off/plan.json');
    const { model } = JSON.parse(renderModel([document]));
    const byId = (list: readonly { readonly id?: string }[]) => [...list].map(({ id }) => id ?? '').sort();
    expect(byId(model.policyCarriers)).toEqual(byId(document.model.policyCarriers));
    const [proxy] = document.model.proxies;
    expect(model.proxies).toEqual([JSON.parse(JSON.stringify(proxy))]);
  });

  test('equal models give equal bytes, whatever the order of lists and keys', () => {
    const document = documentOf('testdata/scenarios/two-databases-mysql-document/plan.json');
    const { complete, cut, judgedInput, ...lists } = document.model;
    const reversed = Object.fromEntries(
      Object.entries(lists)
        .reverse()
        .map(([name, list]) => [name, [...list].reverse()]),
    );
    const turned = { ...document, model: { ...reversed, complete, cut, judgedInput } as typeof document.model };
    expect(renderModel([turned])).toBe(renderModel([document]));
  });

  test('several documents are an array', () => {
    const document = documentOf(scenarios[0] ?? '');
    expect(JSON.parse(renderModel([document, document]))).toHaveLength(2);
  });
});
