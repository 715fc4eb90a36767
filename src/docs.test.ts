import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { adaptedTypes } from './adapters/index.ts';
import { check } from './check.ts';
import { legNames, paths } from './model/connection.ts';
import { diagnosticCodes } from './model/diagnostic.ts';
import type { ParameterValues } from './model/policy.ts';
import { enforcements, severities } from './model/policy.ts';
import { builtinPolicies } from './policy/builtin.generated.ts';
import { findNameFaults } from './policy/configuration/name-faults.ts';
import { configurationKeys } from './policy/configuration/validate-configuration.generated.ts';
import { loadPolicyConfiguration } from './policy/load-configuration.ts';
import { loadPolicySet } from './policy/load-policy-set.ts';
import { formats } from './report/index.ts';
import { checkFile, documentAt } from './testing/check-file.ts';
import { runMain } from './testing/run-main.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const filesIn = (folder: string, end: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => `${folder}/${name}`);

const documents = [...filesIn('docs', '.md'), ...readdirSync('.').filter((name) => name.endsWith('.md'))];

/** What stands in back-ticks, outside of blocks of code. */
const codeIn = (text: string): readonly string[] =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

describe('docs/paths.md', () => {
  const text = read('docs/paths.md');
  const ids = builtinPolicies.filter(({ policy }) => policy.set === 'reachability').map(({ policy }) => policy.id);

  test('names every policy of the set, every leg and every path', () => {
    const named = new Set(codeIn(text));
    expect([...ids, ...legNames, ...paths].filter((name) => !named.has(name))).toEqual([]);
  });

  test('names no policy and no leg that does not exist', () => {
    const known = new Set<string>([...ids, ...legNames, ...paths, 'use1-az3', 'usw1-az2']);
    const named = codeIn(text).filter((code) => /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(code));
    const legs = matches(text, /\blegs? `([^`]+)`/g);
    expect(legs.length).toBeGreaterThan(5);
    expect([...named, ...legs].filter((name) => !known.has(name))).toEqual([]);
  });

  test('says only of advisory policies that they are advisory', () => {
    const advisory = builtinPolicies
      .filter(({ policy }) => policy.set === 'reachability' && policy.enforcement === 'advisory')
      .map(({ policy }) => policy.id);
    expect([...new Set(matches(text, /`([^`]+)`(?: \(advisory\)|: advisory)/g))].sort()).toEqual([...advisory].sort());
  });
});

describe('the table of settings', () => {
  const cellsOf = (row: string): readonly string[] =>
    row
      .replace(/[`※]/g, '')
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());

  const rowsOf = (file: string): readonly (readonly string[])[] =>
    matches(read(file), /^(\| (?:no proxy|no|yes) \|.*)$/gm).map(cellsOf);

  /** `row-tls-on-proxy-iam-required-rds-iam-off`, as the document words it, with what the tool says of its plan. */
  const rowOf = (scenario: string): readonly string[] => {
    const [, tls, mode = '–', iam = ''] =
      /^row-(?:no-proxy|tls-(on|off)-proxy-iam-(disabled|required))-rds-iam-(on|off)$/.exec(scenario) ?? [];
    const { matrix } = checkFile(`testdata/scenarios/${scenario}/plan.json`);
    const cells = matrix.find(({ proxy }) => (proxy === null) === (tls === undefined))?.paths ?? {};
    const settings = [tls === undefined ? 'no proxy' : tls === 'on' ? 'yes' : 'no', mode.toUpperCase(), iam];
    return [...settings, ...paths.slice(0, 4).map((path) => cells[path] ?? '')];
  };

  test.each(['docs/paths.md', 'docs/auth-model.md'])('of %s is what the tool says', (file) => {
    const scenarios = readdirSync('testdata/scenarios').filter((name) => name.startsWith('row-'));
    expect(scenarios).toHaveLength(10);
    expect([...rowsOf(file)].sort()).toEqual(scenarios.map(rowOf).sort());
  });
});

describe('docs/facts.md', () => {
  const text = read('docs/facts.md');
  const rows = matches(text, /<a id="fact-([\d.]+)">/g);

  test('has each number once, in order', () => {
    const inOrder = rows
      .map((row) => row.split('.').map(Number))
      .every(([section = 0, number = 0], i, all) => {
        const [before = 0, last = 0] = all[i - 1] ?? [];
        return section > before || (section === before && number > last);
      });
    expect(new Set(rows).size).toBe(rows.length);
    expect(inOrder).toBe(true);
  });

  test('has every fact that the code rests on', () => {
    const cited = filesIn('src', '.ts')
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => matches(read(file), /\bfacts? ((?:\d+\.\d+(?:, | and | to )?)+)/g))
      .flatMap((list) => matches(list, /(\d+\.\d+)/g));
    expect(cited.length).toBeGreaterThan(30);
    expect([...new Set(cited)].filter((number) => !rows.includes(number))).toEqual([]);
  });
});

test('docs/reading-plans.md has the resource types that adapters map, each once', () => {
  const table = /## Resource types\n[\s\S]*?\n## /.exec(read('docs/reading-plans.md'))?.[0] ?? '';
  const listed = codeIn(table).filter((code) => /^(aws|mysql|postgresql|random|terraform)_\w+$/.test(code));
  expect([...listed].sort()).toEqual([...adaptedTypes].sort());
});

test('docs/cli.md has every code of a diagnostic', () => {
  const schema: unknown = JSON.parse(read('schemas/report.schema.json'));
  const codes = matches(JSON.stringify(schema), /"code":\{[^}]*?"enum":\[([^\]]*)\]/g).flatMap((list) =>
    matches(list, /"([a-z-]+)"/g),
  );
  expect(codes).toEqual(diagnosticCodes);
  const named = codeIn(read('docs/cli.md'));
  expect(codes.filter((code) => !named.includes(code))).toEqual([]);
});

test.each(['docs/reports.md', 'docs/cli.md'])('%s has every format', (file) => {
  const named = codeIn(read(file));
  expect(formats.filter((format) => !named.includes(format))).toEqual([]);
});

describe('docs/configuration.md', () => {
  test('shows a configuration that is without fault', async () => {
    const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(read('docs/configuration.md')) ?? [];
    const { configuration, diagnostics } = await loadPolicyConfiguration({ path: 'rds-auth-policy.yaml', text });
    expect(diagnostics).toEqual([]);
    expect(configuration === null ? null : findNameFaults(configuration, builtinPolicies)).toEqual([]);
    const { rules, waivers, users, assume, context, policies } = configuration ?? {};
    expect([rules, waivers, users, assume, context, policies].every((list) => list?.length)).toBe(true);
  });

  test('has every key of the schema', () => {
    const keys = [...configurationKeys].filter(([place]) => place !== '/output/files').flatMap(([, own]) => own);
    const text = read('docs/configuration.md');
    expect(keys.filter((key) => key !== '$schema' && !new RegExp(`\\b${key}\\b`).test(text))).toEqual([]);
  });
});

test('the schema of the configuration says what the model says', () => {
  const { definitions } = JSON.parse(read('schemas/configuration.schema.json'));
  expect(definitions.path.enum).toEqual(paths);
  expect(definitions.assumption.properties.leg.enum).toEqual(legNames);
  expect(definitions.rule.properties.severity.enum).toEqual(severities);
  expect(definitions.rule.properties.enforcement.enum).toEqual([...enforcements, 'off']);
  expect(formats.filter((format) => !definitions.format.enum.includes(format))).toEqual([]);
});

test('README.md shows what the tool prints', async () => {
  const [, command = '', shown = ''] = /```\n\$ rds-auth-policy (\S+)\n([\s\S]*?)```/.exec(read('README.md')) ?? [];
  expect(shown).toBe((await runMain([command], '', {}, 100)).stdout);
});

describe('links', () => {
  /** As GitHub makes them. */
  const slugOf = (heading: string): string =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-');

  const anchorsOf = (file: string): ReadonlySet<string> => {
    const text = read(file);
    return new Set([...matches(text, /^#+ (.+)$/gm).map(slugOf), ...matches(text, /<a id="([^"]+)"/g)]);
  };

  const isBroken = (file: string, link: string): boolean => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : normalize(`${dirname(file)}/${path}`);
    if (!existsSync(target)) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor);
  };

  test.each(documents)('%s leads to what exists', (file) => {
    const text = read(file);
    const local = matches(text, /\]\(([^)\s]+)\)/g).filter((link) => !/^\w+:/.test(link));
    expect(local.filter((link) => isBroken(file, link))).toEqual([]);
  });

  test.each(documents)('%s has the addresses that it refers to', (file) => {
    const text = read(file);
    const defined = new Set(matches(text, /^\[([^\]]+)\]: https:/gm));
    const used = new Set(matches(text.replace(/`[^`\n]+`/g, ''), /\]\[([a-z0-9-]+)\]/g));
    expect([...used].filter((key) => !defined.has(key))).toEqual([]);
    expect([...defined].filter((key) => !used.has(key))).toEqual([]);
  });
});

describe('docs/writing-policies.md', () => {
  const text = read('docs/writing-policies.md');

  /** Blocks of YAML whose sentence begins with the name of their file, or names it in its first words. */
  const files = [...text.matchAll(/`(acme\/[\w/-]+\.yaml)`[^`]*:\n\n```yaml\n([\s\S]*?)^```/gm)].map(
    ([, path = '', block = '']) => ({ path, text: block }),
  );
  const plan = 'policies/organization/users-declared/cases/fail-user-of-grant/plan.json';
  const judge = async (only: readonly string[], values: ParameterValues = {}) => {
    const { policies, diagnostics } = await loadPolicySet(files, { beside: builtinPolicies });
    expect(diagnostics).toEqual([]);
    const parameters = { valuesFor: () => values, givenFor: () => new Set(Object.keys(values)) };
    const input = { judged: documentAt(plan), context: [] };
    return check(input, policies, { only, parameters, toolVersion: 'test' }).findings.map(({ message }) => message);
  };

  test('shows files that load', () => {
    expect(files.map(({ path }) => path).sort()).toEqual([
      'acme/acme-user-names/policy.yaml',
      'acme/conditions.yaml',
      'acme/set.yaml',
    ]);
  });

  test.each<[string, ParameterValues, readonly string[]]>([
    [
      'the default',
      {},
      ['aws_db_instance.main has the user app, by IAM, named by aws_iam_role_policy.login; teams: orders, billing'],
    ],
    ['a value that is given', { teams: ['reporting', 'app'] }, []],
  ])('the policy does what is said, with %s', async (_, values, messages) => {
    expect(await judge(['acme-user-names'], values)).toEqual(messages);
  });

  test('and its set is off until it is asked for', async () => {
    expect(await judge([])).toEqual([]);
  });

  test('names the policies of the set, and their parameters', () => {
    const rows = matches(text, /^\| (`[a-z-]+` \|.*)$/gm).map((row) => codeIn(row));
    const organization = builtinPolicies.filter(({ offByDefault }) => offByDefault === true);
    expect(organization).toHaveLength(5);
    for (const { policy } of organization) {
      const row = rows.find(([id]) => id === policy.id) ?? [];
      expect(row).toEqual(expect.arrayContaining(Object.keys(policy.parameters ?? {})));
    }
  });
});
