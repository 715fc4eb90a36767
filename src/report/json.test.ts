import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { changeKinds } from '../model/connection.ts';
import { errorReport } from './error-report.ts';
import { renderJson } from './json.ts';
import { renderMatrix, renderMatrixJson } from './matrix.ts';
import { empty, passing, plain, report } from './report.test-support.ts';

const schema: unknown = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));

/** The schema allows keys that later versions may add; what is written today it must know. */
const closed = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, child]) => [key, closed(child)]));
  return 'properties' in copy && 'type' in copy ? { ...copy, additionalProperties: false } : copy;
};

const validator = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const validate = validator.compile(closed(schema) as object);

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9]+m`, 'g');

const failure = errorReport(
  [{ severity: 'error', code: 'input-unreadable', summary: 'x', origin: { file: 'a', line: 1, column: 2 } }],
  [],
  '1.2.3',
);

describe('schema', () => {
  test.each([
    ['full', report],
    ['passing', passing],
    ['empty', empty],
    ['error', failure],
  ])('%s report', (_, value) => {
    validate(JSON.parse(renderJson([value], plain)));
    expect(validate.errors).toBeNull();
  });

  test('the full report holds a change of each kind, and policies', () => {
    const { changes, policies } = JSON.parse(renderJson([report], plain));
    expect(changes.map(({ kind }: { kind: string }) => kind).sort()).toEqual([...changeKinds].sort());
    expect(policies.map(({ id }: { id: string }) => id)).toContain('proxy-without-target');
    expect(Object.keys(changes[0])).toEqual([
      'path',
      'kind',
      'connection',
      'before',
      'after',
      'database',
      'proxy',
      'user',
      'principal',
    ]);
  });

  test.each([
    ['another verdict', { ...report, verdict: 'maybe' }],
    ['no findings', { ...report, findings: undefined }],
    ['an unknown kind of change', { ...report, changes: [{ ...report.changes[0], kind: 'x' }] }],
    ['a change of nothing', { ...report, changes: [{ kind: 'goes', before: null, after: null }] }],
    ['a policy without its why', { ...report, policies: [{ ...report.policies[0], why: undefined }] }],
    ['an unknown leg', { ...report, connections: [{ ...report.connections[0], legs: [{ leg: 'x' }] }] }],
    ['a key that is not in it', { ...report, novelty: 1 }],
  ])('%s is refused', (_, value) => {
    expect(validate(JSON.parse(JSON.stringify(value)))).toBe(false);
  });
});

describe('text', () => {
  test('one report is an object, several are an array', () => {
    expect(JSON.parse(renderJson([report], plain))).toEqual(JSON.parse(JSON.stringify(report)));
    expect(JSON.parse(renderJson([passing, failure], plain))).toHaveLength(2);
  });

  test('is indented and ends with a line break', () => {
    expect(renderJson([report], plain)).toMatch(/^\{\n {2}"schemaVersion": "1",\n {2}"tool": \{\n[\s\S]*\n\}\n$/);
  });

  test('equal reports give equal bytes, whatever the order of their keys', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, child]) => [key, reversed(child)]),
      );
    };
    expect(renderJson([reversed(report) as typeof report], plain)).toBe(renderJson([report], plain));
  });

  test('keys stand in the order of the contract', () => {
    const [connection] = JSON.parse(renderJson([report], plain)).connections;
    expect(Object.keys(connection)).toEqual([
      'id',
      'path',
      'database',
      'proxy',
      'user',
      'principal',
      'verdict',
      'legs',
      'assumptions',
    ]);
  });

  test('control characters are escapes', () => {
    const text = renderJson([{ ...empty, tool: { name: 'rds-auth-policy', version: '\u009b\u2028\u202e' } }], plain);
    expect(text).toContain('"\\u009b\\u2028\\u202e"');
  });
});

describe('matrix', () => {
  test('the table', () => {
    expect(renderMatrix([report], { ...plain, quiet: true })).toBe(
      `                                   password    IAM   password    IAM      IAM
                                     → RDS    → RDS   → proxy  → proxy  → proxy
                                                                         → IAM
aws_db_proxy.lost (database not in view)
                                                         –        –        x
aws_db_instance.main                   o        ?
  module.a_rather_long_name["key"].aws_db_proxy.main
                                       o        ?        x        o        x

o open   x closed by settings   – offered, and unusable   ? known after apply
`,
    );
  });

  test('without Unicode, and in colour', () => {
    const text = renderMatrix([report], { ...plain, unicode: false });
    expect(text).not.toMatch(/[^\n -~]/);
    const coloured = renderMatrix([report], { ...plain, color: true });
    expect(coloured.replaceAll(colours, '')).toBe(renderMatrix([report], plain));
  });

  test('with room, the addresses stand beside their cells', () => {
    expect(renderMatrix([report], { ...plain, width: 160 })).toMatch(
      /aws_db_proxy\.main {2,}o {11}\? {11}x {11}o {11}x$/m,
    );
  });

  test('a plan without database and proxy is one line', () => {
    expect(renderMatrix([empty], plain)).toBe('PASS  plan.json: no database and no proxy, so nothing to check.\n');
  });

  test('several plans have their names above', () => {
    expect(renderMatrix([report, report], { ...plain, quiet: true }).match(/^plan\.json$/gm)).toHaveLength(2);
  });

  test('as JSON it is a part of the report', () => {
    expect(JSON.parse(renderMatrixJson([report], plain))).toEqual({
      schemaVersion: '1',
      tool: report.tool,
      input: report.input,
      matrix: report.matrix,
      diagnostics: report.diagnostics,
    });
    expect(JSON.parse(renderMatrixJson([failure], plain))).toMatchObject({ verdict: 'error', matrix: [] });
  });
});
