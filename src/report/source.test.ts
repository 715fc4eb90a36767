import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Guide } from '../model/guide.ts';
import type { ReportInput } from '../model/report.ts';
import type { ReportContext } from './context.ts';
import { explainInWords } from './explain/index.ts';
import { expectGolden } from './golden.test-support.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderProblems } from './pretty/diagnostics.ts';
import { bestOf, placeOf } from './pretty/place.ts';
import { renderPretty } from './pretty.ts';
import { renderSarif } from './sarif.ts';
import { secret, sourced, withSource } from './source.test-support.ts';

const pretty = (changed: Partial<ReportContext> = {}): string => renderPretty([sourced], { ...withSource, ...changed });

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9]+m`, 'g');

const { excerptOf: _, ...without } = withSource;

describe('for people', () => {
  test.each<[string, Partial<ReportContext>]>([
    ['source-80', {}],
    ['source-80-ascii', { unicode: false }],
    ['source-80-verbose', { verbose: true }],
    ['source-160', { width: 160 }],
  ])('%s', (name, changed) => expectGolden(`${name}.txt`, pretty(changed)));

  test('markdown', () => expectGolden('source.md', renderMarkdown([sourced], withSource)));

  test('colour adds nothing but colour', () => {
    expect(pretty({ color: true }).replaceAll(colours, '')).toBe(pretty());
  });

  test.each([60, 80, 100])('%d columns hold every line but those that are there to be copied', (width) => {
    const long = pretty({ width })
      .split('\n')
      .filter((line) => line.length > width);
    expect(long.filter((line) => !/^ {12}"arn:aws:rds-db|^ +data\.\S+$/.test(line))).toEqual([]);
  });

  test('a problem is shown where it is', () => {
    expect(renderProblems(sourced.diagnostics, { ...withSource, unicode: false })).toBe(
      [
        'warning: main.tf:78:5: Missing newline after argument.',
        '  78 |     iam_auth    = "REQUIRED"',
        '     |     ^^^^^^^^^^^^^^^^^^^^^^^^',
        '  An argument definition must end with a newline.',
        '',
      ].join('\n'),
    );
  });

  test('explain quotes the lines that decide', () => {
    const guide: Guide = {
      connection: 'c1',
      dialect: 'mysql',
      host: { kind: 'not-in-view' },
      port: { kind: 'not-in-view' },
      region: { kind: 'not-in-view' },
      trust: 'amazon-roots',
      secret: null,
      facts: [],
    };
    const connections = sourced.connections.slice(0, 1).map((connection) => ({ ...connection, id: 'abcd1234' }));
    const plans = [{ report: { ...sourced, connections }, guides: [{ ...guide, connection: 'abcd1234' }] }];
    const explained = explainInWords({ subject: 'abcd', policies: [], plans }, withSource);
    const text = explained.ok ? explained.text : '';
    expect(text).toContain('(modules/proxy/main.tf:');
    expect(text).toMatch(/\n +\d+ │ .*dbuser:\$\{aws_db_proxy\.main\.name\}\/app"/);
    expect(text).toMatch(/\n +│ +━+\n/);
  });

  test('the secret is not shown where a finding points at it', () => {
    const findings = sourced.findings
      .filter(({ address }) => address === secret.address)
      .map((finding) => ({ ...finding, outcome: 'fail' as const }));
    const text = renderPretty([{ ...sourced, findings }], withSource);
    expect(text).toContain('43 │     password = "…"');
    expect(text).not.toContain('canary-');
  });

  test('without the text no line is shown', () => {
    expect(renderPretty([sourced], without)).not.toMatch(/│|━/);
  });
});

describe('what was judged', () => {
  test.each<[string, Partial<ReportInput>]>([
    ['plan.json + config/', { source: 'config' }],
    ['plan.json + config/', { source: 'config/' }],
    ['config/ (source alone)', { path: 'config', kind: 'configuration', source: 'config' }],
    ['config/ (source alone)', { path: 'config/', kind: 'configuration', source: 'config/' }],
    ['./ (source alone)', { path: '.', kind: 'configuration', source: '.' }],
    ['plan.tfplan (with its configuration)', { path: 'plan.tfplan', source: 'plan.tfplan' }],
    ['plan.json', { source: null }],
  ])('%s', (name, changed) => {
    const input = sourced.input.map((one) => ({ ...one, ...changed }));
    expect(renderPretty([{ ...sourced, input }], { ...withSource, width: 120 })).toContain(
      `FAIL  ${name}   Terraform 1.11.4`,
    );
    const [title] = renderMarkdown([{ ...sourced, input }], withSource).split('\n');
    expect(title?.replaceAll('`', '')).toBe(`## ❌ FAIL ${name}`);
  });

  test.each<[string, Partial<ReportInput>]>([
    ['plan.tfplan (its configuration alone)', { path: 'plan.tfplan', source: 'plan.tfplan' }],
    ['plan.tfplan + config/ (without its values)', { path: 'plan.tfplan', source: 'config' }],
  ])('%s', (name, changed) => {
    const input = sourced.input.map((one) => ({ ...one, ...changed }));
    const missing = { severity: 'warning', code: 'plan-values-unavailable', summary: 'None.' } as const;
    const diagnostics = [{ ...missing, detail: 'Make it again.', origin: { file: 'plan.tfplan' } }];
    const text = renderPretty([{ ...sourced, input, diagnostics }], { ...withSource, width: 120 });
    expect(text).toContain(`FAIL  ${name}   Terraform 1.11.4`);
  });
});

describe('places', () => {
  const call = (file: string, line: number) => ({ file, line, column: 1 });

  test.each([
    [{ address: 'a.b', path: 'c' }, 'a.b.c'],
    [{ address: 'a.b', path: 'c', file: 'm/main.tf', line: 3 }, 'a.b.c (m/main.tf:3)'],
    [{ file: 'm/main.tf', line: 3, calls: [call('main.tf', 12)] }, 'm/main.tf:3, called at main.tf:12'],
    [
      { address: 'a.b', path: '', file: 'm/n/main.tf', line: 3, calls: [call('m/main.tf', 7), call('main.tf', 12)] },
      'a.b (m/n/main.tf:3, called at m/main.tf:7, main.tf:12)',
    ],
    [{ address: 'a.b', path: '', file: 'main.tf', line: 3, document: 1 }, 'a.b (main.tf:3 in network.json)'],
  ])('%j', (origin, expected) => expect(placeOf(origin, ['plan.json', 'network.json'])).toBe(expected));

  test('an argument is a better place to act than the head of a block', () => {
    const head = { address: 'a.b', path: '', file: 'main.tf', line: 1 };
    const argument = { ...head, path: 'c', line: 2 };
    const unplaced = { address: 'a.b', path: 'd' };
    expect(bestOf([unplaced, head, argument])).toBe(argument);
    expect(bestOf([unplaced, head])).toBe(head);
    expect(bestOf([unplaced])).toBeUndefined();
  });
});

describe('for programs', () => {
  const load = (path: string): object => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  const sarif = renderSarif([sourced], withSource);
  const json = renderJson([sourced], withSource);

  test('no source is quoted', () => {
    expect(sarif + json).not.toMatch(
      /"(?:snippet|contextRegion|contents)"|canary-|dbuser:\$\{aws_db_proxy\.main\.name/,
    );
    expect(sarif).toBe(renderSarif([sourced], without));
    expect(json).toBe(renderJson([sourced], without));
  });

  test('SARIF has whole regions, from the root of the repository', () => {
    const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(
      load('../../testdata/schemas/sarif-2.1.0.json'),
    );
    validate(JSON.parse(sarif));
    expect(validate.errors).toBeNull();
    const [run] = JSON.parse(sarif).runs;
    expect(run).toMatchObject({
      columnKind: 'unicodeCodePoints',
      originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    });
    expect(run.results[0].locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'main.tf', uriBaseId: '%SRCROOT%' },
          region: { startLine: 104, startColumn: 18, endLine: 104, endColumn: 94 },
        },
        logicalLocations: [{ fullyQualifiedName: 'aws_iam_role_policy.orders_connect', kind: 'resource' }],
      },
    ]);
    expect(run.results[0].relatedLocations).toMatchObject([
      { id: 1, physicalLocation: { region: { startLine: 108 } } },
    ]);
    const inModule = run.results[1];
    expect(inModule.locations[0].physicalLocation.artifactLocation.uri).toBe('modules/proxy/main.tf');
    expect(inModule.relatedLocations).toEqual([
      {
        id: 1,
        physicalLocation: {
          artifactLocation: { uri: 'main.tf', uriBaseId: '%SRCROOT%' },
          region: { startLine: 40, startColumn: 1, endLine: 40, endColumn: 2 },
        },
        message: { text: 'The module is called here.' },
      },
    ]);
    expect(run.invocations[0].toolExecutionNotifications[0].locations[0].physicalLocation.region).toEqual({
      startLine: 78,
      startColumn: 5,
      endLine: 78,
      endColumn: 29,
    });
  });

  test('JSON has all of a position, in order', () => {
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
      load('../../schemas/report.schema.json'),
    );
    validate(JSON.parse(json));
    expect(validate.errors).toBeNull();
    const [origin] = JSON.parse(json).findings[0].origins;
    expect(Object.keys(origin)).toEqual(['address', 'path', 'file', 'line', 'column', 'endLine', 'endColumn', 'calls']);
    expect(origin.calls).toEqual([{ file: 'main.tf', line: 40, column: 1 }]);
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(sourced)));
  });
});
