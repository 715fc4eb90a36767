import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { builtinPolicies, checkWithTexts, detectDocument, examine, readSource } from '../index.ts';
import { excerptsFrom } from './excerpts.ts';

const documentsOf = async (path: string, text?: string) => {
  const detected = detectDocument(readFileSync(path, 'utf8'), path);
  if (!detected.ok) throw new Error(detected.diagnostic.summary);
  const source = text === undefined ? {} : { source: await sourceOf(text) };
  return { judged: { ...detected.document, ...source }, context: [] };
};

const sourceOf = (text: string) =>
  readSource({
    label: '.',
    root: '.',
    reader: { files: () => [{ path: 'main.tf', text }], text: () => null },
    modules: new Map(),
    variableFiles: [],
    environmentVariables: new Map(),
    variables: new Map(),
    workspace: 'default',
    lockFile: null,
  });

const room = { width: 80, unicode: true };
const options = { toolVersion: '1.2.3' };

test('without source there are no texts, and nothing is loaded to show them', async () => {
  const documents = await documentsOf('testdata/sensitive/plan.json');
  expect(await checkWithTexts(documents, builtinPolicies, options)).not.toHaveProperty('texts');
  expect(await examine(documents, builtinPolicies, options)).not.toHaveProperty('texts');
  expect(await excerptsFrom([{}, {}])).toEqual({});
});

test.each([
  ['check', checkWithTexts],
  ['explain', examine],
])('%s: what the plan marks sensitive is in no excerpt', async (_, judge) => {
  const text = 'resource "aws_db_proxy" "main" {\n  name = "canary-proxy"\n  role = "other"\n}\n';
  const documents = await documentsOf('testdata/sensitive/plan.json', text);
  const { texts } = await judge(documents, builtinPolicies, options);
  const { excerptOf } = await excerptsFrom(texts === undefined ? [] : [{ texts }]);
  const shown = excerptOf?.({ file: 'main.tf', line: 2, endLine: 3 }, room).map((line) => line.text);
  expect(shown).toEqual(['  name = "…"', '  role = "other"']);
});

test('of two files with one name none is shown, unless they are the same', async () => {
  const texts = (own: Readonly<Record<string, string>>) => ({
    texts: { textOf: (file: string) => own[file], sensitiveTexts: [] },
  });
  const { excerptOf } = await excerptsFrom([
    texts({ 'a.tf': 'a = 1', 'b.tf': 'b', 'c.tf': 'c' }),
    {},
    texts({ 'b.tf': 'b', 'c.tf': 'd' }),
  ]);
  const shown = ['a.tf', 'b.tf', 'c.tf', 'd.tf'].map((file) => excerptOf?.({ file, line: 1 }, room).length);
  expect(shown).toEqual([1, 1, 0, 0]);
});
