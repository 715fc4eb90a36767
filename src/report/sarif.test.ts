import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import type { Finding } from '../model/finding.ts';
import { type Enforcement, type Severity, enforcements, severities } from '../model/policy.ts';
import type { Report } from '../model/report.ts';
import { errorReport } from './error-report.ts';
import { empty, named, passing, plain, report } from './report.test-support.ts';
import { folderOf, uriOf } from './sarif/uri.ts';
import { renderSarif } from './sarif.ts';

const schema = JSON.parse(readFileSync(new URL('../../testdata/schemas/sarif-2.1.0.json', import.meta.url), 'utf8'));
// Formats are left to the table of addresses below: Ajv knows none by itself.
const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);

type Text = { readonly text: string; readonly markdown?: string };
type Region = { startLine: number; startColumn: number; endLine: number; endColumn: number };
type Place = {
  physicalLocation: { artifactLocation: { uri: string }; region: Region };
  logicalLocations?: { fullyQualifiedName: string; kind: string }[];
  message?: Text;
  properties?: object;
};
type Result = {
  ruleId: string;
  ruleIndex: number;
  kind: string;
  level: string;
  message: Text;
  locations: Place[];
  relatedLocations?: Place[];
  partialFingerprints: Record<string, string>;
};
type Rule = {
  id: string;
  name: string;
  shortDescription: Text;
  fullDescription: Text;
  help: Text;
  helpUri?: string;
  defaultConfiguration: { level: string };
  properties: Record<string, unknown> & { tags: string[] };
};
type Run = {
  tool: { driver: { name: string; semanticVersion: string; rules: Rule[] } };
  automationDetails: { id: string };
  invocations: [
    {
      executionSuccessful: boolean;
      toolExecutionNotifications: { level: string; message: Text; locations?: object[] }[];
    },
  ];
  results?: Result[];
};

const parse = (...reports: readonly Report[]): readonly Run[] => JSON.parse(renderSarif(reports, plain)).runs;
const runsOf = (...reports: readonly Report[]): readonly Run[] => {
  validate(JSON.parse(renderSarif(reports, plain)));
  expect(validate.errors).toBeNull();
  return parse(...reports);
};
const runOf = (one: Report): Run => runsOf(one)[0] as Run;
const withFinding = (changed: Partial<Finding>): Report => ({
  ...report,
  findings: report.findings.slice(1, 2).map((finding) => ({ ...finding, ...changed })),
});
const resultOf = (changed: Partial<Finding>): Result => runOf(withFinding(changed)).results?.[0] as Result;

const failure = errorReport(
  [
    {
      severity: 'error',
      code: 'input-unreadable',
      summary: 'x',
      detail: 'y',
      origin: { file: 'a b/p.json', line: 1, column: 2 },
    },
  ],
  [],
  '1.2.3',
);

describe('what GitHub asks for', () => {
  const isText = (text: string): boolean => text.trim() !== '';

  test.each([
    ['full', report],
    ['passing', passing],
    ['empty', empty],
    ['evil', named('](https://evil.example) {0} ::error::x ##vso[x] \u202e')],
    ['without names', named('')],
  ])('%s report', (_, one) => {
    const { tool, results = [] } = runOf(one);
    const { rules } = tool.driver;
    expect(tool.driver.semanticVersion).toBe(one.tool.version);
    for (const { name, shortDescription, fullDescription, help, properties } of rules) {
      for (const { text } of [shortDescription, fullDescription]) {
        expect(isText(text)).toBe(true);
        expect(text.length).toBeLessThanOrEqual(1024);
      }
      expect(isText(help.text) && isText(help.markdown ?? '')).toBe(true);
      expect(name).toMatch(/^[A-Z][A-Za-z0-9]{0,254}$/);
      expect(properties.tags.length).toBeLessThanOrEqual(10);
    }
    expect(results).toHaveLength(one.findings.length);
    for (const { ruleId, ruleIndex, message, locations, partialFingerprints } of results) {
      expect(rules[ruleIndex]?.id).toBe(ruleId);
      expect(isText(message.text)).toBe(true);
      expect(locations).toHaveLength(1);
      expect(isText(locations[0]?.physicalLocation.artifactLocation.uri ?? '')).toBe(true);
      expect(locations[0]?.physicalLocation.region).toEqual({
        startLine: expect.any(Number),
        startColumn: expect.any(Number),
        endLine: expect.any(Number),
        endColumn: expect.any(Number),
      });
      expect(partialFingerprints['primaryLocationLineHash']).toMatch(/:1$/);
    }
  });
});

describe('rules', () => {
  test('are all policies that were run, and undecided ones once more', () => {
    expect(runOf(report).tool.driver.rules.map(({ id }) => id)).toEqual([
      'aa-advice',
      'connect-arn-not-resource-id',
      'connect-arn-wrong-scope',
      'connect-user-without-secret',
      'proxy-without-target',
      'connect-arn-wrong-scope/undecided',
      'connect-user-without-secret/undecided',
    ]);
  });

  test('say what is wrong, why, and where that stands', () => {
    const [rule] = runOf(report).tool.driver.rules.slice(1);
    expect(rule).toEqual({
      id: 'connect-arn-not-resource-id',
      name: 'ConnectArnNotResourceId',
      shortDescription: { text: 'What connect-arn-not-resource-id is about' },
      fullDescription: { text: 'A proxy has no attribute for its resource id; it is the last part of its ARN.' },
      help: { text: expect.any(String), markdown: expect.stringContaining('[reference](https://docs.aws.amazon.com/') },
      helpUri: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html',
      defaultConfiguration: { level: 'error' },
      properties: {
        tags: ['security', 'aws', 'rds', 'reachability', 'A01', 'A02'],
        precision: 'very-high',
        'security-severity': '8.0',
        severity: 'high',
        enforcement: 'mandatory',
      },
    });
  });

  test('that say little are short, and those that say much are cut', () => {
    const [first] = report.policies;
    if (first === undefined) throw new Error('no policy');
    const [little, much] = runOf({
      ...report,
      findings: [],
      policies: [
        { ...first, title: '', why: '', references: ['no page', 'javascript:alert(1)'] },
        { ...first, title: 'x'.repeat(2000), why: 'y'.repeat(2000), aliases: [...'abcdefghijkl'] },
      ],
    }).tool.driver.rules;
    expect(little).toMatchObject({ shortDescription: { text: 'aa-advice' }, fullDescription: { text: 'aa-advice' } });
    expect(little).not.toHaveProperty('helpUri');
    expect([much?.shortDescription.text.length, much?.fullDescription.text.length]).toEqual([1024, 1024]);
    expect(much?.properties.tags).toHaveLength(10);
  });
});

describe('results', () => {
  const levels: Readonly<Record<Enforcement, Readonly<Record<Severity, string>>>> = {
    mandatory: { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' },
    advisory: { critical: 'warning', high: 'warning', medium: 'warning', low: 'note', info: 'note' },
  };

  test.each(enforcements.flatMap((enforcement) => severities.map((severity) => [enforcement, severity] as const)))(
    '%s, %s',
    (enforcement, severity) => {
      expect(resultOf({ enforcement, severity })).toMatchObject({ kind: 'fail', level: levels[enforcement][severity] });
      expect(resultOf({ enforcement, severity, outcome: 'unknown' })).toMatchObject({ kind: 'open', level: 'none' });
    },
  );

  test('what is undecided has a rule without severity', () => {
    const { results, tool } = runOf(withFinding({ outcome: 'unknown' }));
    expect(results?.[0]).toMatchObject({ ruleId: 'connect-arn-not-resource-id/undecided' });
    expect(results?.[0]?.message.text).toMatch(/^Undecided: aws_iam_role_policy\.orders_connect: The statement/);
    const rule = tool.driver.rules[results?.[0]?.ruleIndex ?? -1];
    expect(rule?.defaultConfiguration.level).toBe('note');
    expect(rule?.properties.tags).not.toContain('security');
    expect(rule?.properties).not.toHaveProperty('security-severity');
  });

  test('stand in the source where a line is known', () => {
    const file = { file: 'modules\\a b\\main.tf', line: 88, column: 3 };
    const { locations, relatedLocations } = resultOf({
      origins: [
        { address: 'a.b', path: 'c' },
        { address: 'a.b', path: 'd', ...file },
        { address: 'a.b', path: 'c' },
        { address: 'e.f', path: '', document: 1 },
      ],
    });
    expect(locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'modules/a%20b/main.tf', uriBaseId: '%SRCROOT%' },
          region: { startLine: 88, startColumn: 3, endLine: 88, endColumn: 4 },
        },
        logicalLocations: [{ fullyQualifiedName: 'aws_iam_role_policy.orders_connect', kind: 'resource' }],
      },
    ]);
    expect(
      relatedLocations?.map((place) => [place.physicalLocation.artifactLocation.uri, place.message?.text]),
    ).toEqual([
      ['plan.json', 'a.b.c'],
      ['network.json', 'e.f (network.json)'],
    ]);
  });

  test('stand at the head of the plan where no source was read', () => {
    expect(resultOf({ origins: [{ address: 'a.b', path: 'c' }] }).locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'plan.json' },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
        },
        logicalLocations: [{ fullyQualifiedName: 'aws_iam_role_policy.orders_connect', kind: 'resource' }],
        properties: { sourceLine: false },
      },
    ]);
  });

  test('say what was seen and what to write', () => {
    const { message, partialFingerprints } = resultOf({
      message: 'It is [wrong](https://evil.example).',
      remediation: 'Write:\n\n```hcl\n  a = "${b}"\n```',
    });
    expect(message.text).toBe(
      'aws_iam_role_policy.orders_connect: It is [wrong] (https://evil.example).\n\nWrite:\n\n    a = "${b}"',
    );
    expect(message.markdown).toBe(
      '`aws_iam_role_policy.orders_connect`: It is `[wrong](https://evil.example)`.\n\n**Fix:** Write:\n\n```hcl\na = "${b}"\n```',
    );
    expect(partialFingerprints).toEqual({ primaryLocationLineHash: 'f1f1:1', 'rdsAuthPolicy/v1': 'f1f1' });
  });

  test('hold no text of the plan', () => {
    expect(renderSarif([report], plain)).not.toMatch(/"(?:snippet|contextRegion|contents)"/);
  });
});

describe('paths', () => {
  test.each([
    ['plan.json', 'plan.json', ''],
    ['./infra/plan.json', 'infra/plan.json', 'infra/'],
    ['infra//./prod/plan.json', 'infra/prod/plan.json', 'infra/prod/'],
    ['../a/plan.json', '../a/plan.json', '../a/'],
    ['infra\\prod\\plan.json', 'infra/prod/plan.json', 'infra/prod/'],
    ['a/b\\c.json', 'a/b%5Cc.json', 'a/'],
    ['/home/x y/plan.json', 'file:///home/x%20y/plan.json', 'home/x%20y/'],
    ['C:\\Users\\x\\plan.json', 'file:///C:/Users/x/plan.json', 'C:/Users/x/'],
    ['C:/Users/plan.json', 'file:///C:/Users/plan.json', 'C:/Users/'],
    ['\\\\server\\share\\plan.json', 'file://server/share/plan.json', 'server/share/'],
    ['-', 'stdin', ''],
    ['', 'stdin', ''],
    ['/', 'file:///', ''],
    ['a:b%#?é😀.json', 'a%3Ab%25%23%3F%C3%A9%F0%9F%98%80.json', ''],
    ['\ud800.json', '%EF%BF%BD.json', ''],
    ['https://evil.example/x', 'https%3A/evil.example/x', 'https%3A/evil.example/'],
  ])('%j', (path, uri, folder) => {
    expect(uriOf(path)).toBe(uri);
    expect(() => new URL(uri, 'file:///base/')).not.toThrow();
    expect(folderOf(path)).toBe(folder);
  });

  const at = (path: string): Report => ({
    ...passing,
    input: passing.input.slice(0, 1).map((input) => ({ ...input, path })),
  });

  test('the folder of a plan names its run, and its own name where it shares the folder', () => {
    const runs = runsOf(at('a/plan.json'), at('b/x.json'), at('b/y.json'), at('-'), failure);
    expect(runs.map(({ automationDetails }) => automationDetails.id)).toEqual([
      'rds-auth-policy/a/',
      'rds-auth-policy/b/x.json/',
      'rds-auth-policy/b/y.json/',
      'rds-auth-policy/',
      'rds-auth-policy/a%20b/',
    ]);
  });

  test('no two runs have one name', () => {
    const ids = runsOf(failure, failure, at(''), at('-')).map(({ automationDetails }) => automationDetails.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('diagnostics', () => {
  test('are notifications', () => {
    const [invocation] = runOf(report).invocations;
    expect(invocation).toMatchObject({
      executionSuccessful: true,
      toolExecutionNotifications: [
        {
          level: 'warning',
          descriptor: { id: 'plan-errored' },
          message: { text: expect.stringContaining('terraform show -json tfplan > plan.json') },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'plan.json' } } }],
        },
      ],
    });
  });

  test('without an answer there are no results, not even none', () => {
    const run = runOf(failure);
    expect(run).not.toHaveProperty('results');
    expect(run.invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            level: 'error',
            message: { text: 'x\ny' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'a%20b/p.json' },
                  region: { startLine: 1, startColumn: 2 },
                },
              },
            ],
          },
        ],
      },
    ]);
    expect(runOf(passing).results).toEqual([]);
    expect(runOf({ ...report, verdict: 'error' }).results).toHaveLength(4);
  });
});

describe('limits', () => {
  test('results: the least urgent are left out, and that is said', () => {
    const [advice, mandatory, unknown] = report.findings as [Finding, Finding, Finding];
    const short = { ...advice, message: 'x', remediation: '', origins: [] };
    const many = [unknown, ...Array.from({ length: 25_000 }, () => short), mandatory];
    // The schema compares them all with one another, which takes long.
    const { results = [], invocations } = parse({ ...report, findings: many })[0] as Run;
    expect(results).toHaveLength(25_000);
    expect(results[0]?.level).toBe('error');
    expect(results.every(({ kind }) => kind === 'fail')).toBe(true);
    expect(invocations[0].toolExecutionNotifications.at(-1)?.message.text).toBe(
      '2 results are left out: one run holds 25000. The JSON report has all.',
    );
  });

  test('bytes: the least urgent are left out where GitHub would refuse the file', () => {
    const [, mandatory] = report.findings as [Finding, Finding];
    let seed = 1;
    // Nothing that could be compressed to nothing.
    const noise = (length: number): string =>
      Array.from({ length }, () => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed.toString(36);
      }).join('');
    const findings = Array.from({ length: 6_000 }, (_, index) => ({
      ...mandatory,
      severity: index < 100 ? ('low' as const) : ('high' as const),
      message: noise(500),
    }));
    const text = renderSarif([{ ...report, findings }], plain);
    const size = gzipSync(text).length;
    expect(size).toBeLessThanOrEqual(10_000_000);
    expect(size).toBeGreaterThan(8_000_000);
    const [{ results = [], invocations }] = JSON.parse(text).runs as [Run];
    expect(results.length).toBeGreaterThan(2_000);
    expect(results.some(({ level }) => level === 'note')).toBe(false);
    expect(invocations[0].toolExecutionNotifications.at(-1)?.message.text).toBe(
      `${6_000 - results.length} results are left out: GitHub takes no file of more than 10 MB, compressed. The JSON report has all.`,
    );
  });

  test('thousands of findings fit', () => {
    const [, mandatory] = report.findings as [Finding, Finding];
    const findings = Array.from({ length: 7_000 }, (_, index) => ({ ...mandatory, fingerprint: `f${index}` }));
    const text = renderSarif([{ ...report, findings }], plain);
    expect(Buffer.byteLength(text)).toBeGreaterThan(10_000_000);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
    expect((JSON.parse(text).runs as [Run])[0].results).toHaveLength(7_000);
  });

  test('tags', () => {
    const aliases = Array.from({ length: 30 }, (_, index) => `A${index}`);
    const [rule] = runOf({ ...report, policies: report.policies.map((policy) => ({ ...policy, aliases })) }).tool.driver
      .rules;
    expect(rule?.properties.tags).toHaveLength(10);
    expect(rule?.properties.tags.slice(0, 4)).toEqual(['security', 'aws', 'rds', expect.any(String)]);
  });

  test('locations', () => {
    const origins = Array.from({ length: 2000 }, (_, index) => ({ address: 'a.b', path: `c[${index}]` }));
    expect(resultOf({ origins }).relatedLocations).toHaveLength(99);
  });

  test('runs', () => {
    const runs = runsOf(...Array.from({ length: 22 }, () => passing));
    expect(runs).toHaveLength(20);
    expect(runs[0]?.invocations[0].toolExecutionNotifications[0]?.message.text).toBe(
      '2 more plans are left out: one file holds 20 runs.',
    );
  });
});
