import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { adaptGraph, adaptedTypes } from '../adapters/index.ts';
import type { AuthModel } from '../model/auth-model.ts';
import type { Guide } from '../model/guide.ts';
import { buildGraph } from './build-graph.ts';
import { hideInGuide, hideInModel, sensitiveTexts } from './hide-sensitive.ts';
import { detectDocument } from './plan/detect.ts';

const read = (path: string) => {
  const detected = detectDocument(readFileSync(path, 'utf8'), path);
  if (!detected.ok) throw new Error(path);
  const graph = buildGraph([{ ...detected.document, index: 0 }], adaptedTypes);
  return { model: adaptGraph(graph).model, texts: sensitiveTexts(graph) };
};

const databaseOf = ({ databases }: AuthModel) => {
  const [database] = databases;
  if (database === undefined) throw new Error('There is no database');
  return database;
};

describe('a model', () => {
  test('what the provider computes from a sensitive name is unknown, and the rest stays', () => {
    const { model, texts } = read('testdata/sensitive/state.json');
    expect(databaseOf(model).arn).toMatchObject({ kind: 'known' });
    const hidden = databaseOf(hideInModel(model, texts));
    expect(hidden.arn).toEqual({
      kind: 'unknown',
      origin: databaseOf(model).arn.origin,
      references: [],
      trailEnds: [],
    });
    expect(hidden.hosts.map(({ kind }) => kind)).toEqual(['unknown']);
    expect(hidden.engine).toEqual(databaseOf(model).engine);
    expect(JSON.stringify(model)).toContain('canary-');
    expect(JSON.stringify(hideInModel(model, texts))).not.toContain('canary-');
  });

  test.each(
    readdirSync('testdata/scenarios', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name),
  )('%s: passwords are in nothing else, so that nothing is hidden', (name) => {
    const { model, texts } = read(`testdata/scenarios/${name}/plan.json`);
    expect(hideInModel(model, texts)).toEqual(model);
  });

  const { model } = read('testdata/lifecycle/brownfield/state.json');
  const { id, engine } = databaseOf(model);

  test.each<[string, Parameters<typeof hideInModel>[1], 'known' | 'unknown']>([
    ['none', { everywhere: [], inResource: new Map() }, 'known'],
    ['a part of it, anywhere', { everywhere: ['postg'], inResource: new Map() }, 'unknown'],
    ['a part of it, in the same resource', { everywhere: [], inResource: new Map([[id, ['postg']]]) }, 'unknown'],
    ['a short one, in another resource', { everywhere: [], inResource: new Map([['other', ['postg']]]) }, 'known'],
  ])('texts that are sensitive: %s', (_, texts, kind) => {
    expect(engine).toMatchObject({ kind: 'known', value: 'postgres' });
    expect(databaseOf(hideInModel(model, texts)).engine.kind).toBe(kind);
  });

  test('a template with it is left out', () => {
    const template = ['secret-name/', { resource: 'x', path: 'arn' }];
    const value = { kind: 'unknown' as const, origin: engine.origin, references: [], trailEnds: [], template };
    const made = { ...model, databases: [{ ...databaseOf(model), engine: value }] };
    const hidden = hideInModel(made, { everywhere: ['secret-name'], inResource: new Map() });
    expect(databaseOf(hidden).engine).not.toHaveProperty('template');
    expect(databaseOf(hideInModel(made, { everywhere: ['another'], inResource: new Map() })).engine).toEqual(value);
  });
});

test('a guide', () => {
  const guide: Guide = {
    connection: 'c1',
    dialect: 'mysql',
    host: { kind: 'known', text: 'hidden-db.example.com' },
    port: { kind: 'known', text: '3306' },
    region: { kind: 'known', text: 'eu-west-1' },
    trust: 'rds-bundle',
    secret: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:hidden-db-AbCdEf',
    facts: [],
  };
  const texts = { everywhere: [], inResource: new Map([['x', ['hidden-db']]]) };
  expect(hideInGuide(guide, texts)).toEqual({ ...guide, host: { kind: 'not-in-view' }, secret: null });
  expect(hideInGuide(guide, { everywhere: [], inResource: new Map() })).toEqual(guide);
});
