import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Path } from './model/connection.ts';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { checkDirectory, checkWithSource } from './testing/check-source.ts';
import { checkFiles } from './testing/check-text.ts';
import { contradictionsBetween, ofLogins } from './testing/contradictions-between.ts';
import { mandatoryFailures } from './testing/expected.ts';
import { moduleNames, moduleTexts } from './testing/hcl-modules.ts';

// The modules of modules/hcl, planned by Terraform for each engine (testdata/hcl-modules), and their examples
// (testdata/hcl-examples), judged by ourselves.

const folders = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** What a pattern means: who logs in by which path, which paths are open, and what is said although it is as meant. */
type Meant = {
  readonly ways: readonly string[];
  readonly open: readonly Path[];
  readonly staying: readonly string[];
};

const master = 'password-rds root_admin null';
const granted = (path: Path, role = 'orders-service', group = 'analysts'): readonly string[] => [
  `${path} app ${role}`,
  `${path} reports ${group}`,
];

/** The flag is meant to be off. */
const iamOff = 'database-iam-auth-disabled';
/** A function that rotates is not given. */
const notRotated = 'secret-not-rotated';

const patterns: Readonly<Record<string, Meant>> = {
  'password-database': { ways: [], open: ['password-rds'], staying: [iamOff] },
  'password-cluster': { ways: [], open: ['password-rds'], staying: [iamOff] },
  'iam-database': { ways: granted('iam-rds'), open: ['iam-rds', 'password-rds'], staying: [] },
  'iam-cluster': { ways: granted('iam-rds'), open: ['iam-rds', 'password-rds'], staying: [] },
  'password-proxy': {
    ways: ['password-proxy-rds app null', 'password-proxy-rds reports null'],
    open: ['password-proxy-rds', 'password-rds'],
    staying: [iamOff, notRotated],
  },
  'iam-proxy': {
    ways: granted('iam-proxy-rds'),
    open: ['iam-proxy-rds', 'password-rds'],
    staying: [iamOff, notRotated],
  },
  'end-to-end-iam-proxy': {
    ways: granted('iam-proxy-iam-rds'),
    open: ['iam-proxy-iam-rds', 'iam-rds', 'password-rds'],
    staying: [],
  },
};

const meantBy = (folder: string): Meant => {
  const pattern = Object.keys(patterns).find((name) => folder.startsWith(`${name}-`));
  const meant = pattern === undefined ? undefined : patterns[pattern];
  if (meant === undefined) throw new Error(`${folder} is of no pattern`);
  // SQL Server has no flag that could be off.
  return /-sqlserver-/.test(folder)
    ? { ...meant, staying: meant.staying.filter((policy) => policy !== iamOff) }
    : meant;
};

const waysOf = ({ connections }: Report): readonly string[] =>
  connections.map(({ path, user, principal }) => `${path} ${user} ${principal}`).sort();

const notReachable = ({ connections }: Report): readonly string[] =>
  connections.flatMap(({ path, user, verdict, legs }) =>
    verdict === 'reachable'
      ? []
      : legs.filter(({ status }) => status !== 'ok').map(({ leg, reason }) => `${path} ${user} ${leg}: ${reason}`),
  );

const openIn = ({ matrix }: Report): readonly string[] => {
  const cells = matrix.flatMap(({ paths }) => Object.entries(paths));
  return [...new Set(cells.flatMap(([path, cell]) => (cell === 'closed' ? [] : [`${path} ${cell}`])))].sort();
};

const failing = ({ findings }: Report): readonly string[] =>
  [...new Set(findings.filter(({ outcome }) => outcome === 'fail').map(({ policy }) => policy))].sort();

const undecided = ({ findings }: Report): readonly string[] =>
  findings.filter(({ outcome }) => outcome === 'unknown').map(({ policy, message }) => `${policy}: ${message}`);

const expectMeant = (report: Report, { ways, open, staying }: Meant): void => {
  expect(waysOf(report)).toEqual([...ways, master].sort());
  expect(notReachable(report)).toEqual([]);
  expect(openIn(report)).toEqual(open.map((path) => `${path} open`));
  expect(failing(report)).toEqual([...staying].sort());
  expect(report.diagnostics).toEqual([]);
  expect(report.verdict).toBe('pass');
};

const root = 'testdata/hcl-modules';
const withText = (folder: string): Report => checkWithSource(`${root}/${folder}/plan.json`, `${root}/${folder}`);
const planAlone = (folder: string): Report => checkFile(`${root}/${folder}/plan.json`);

describe.each(folders(root))('%s', (folder) => {
  const meant = meantBy(folder);

  test('the plan with its text: the ways in that are meant, and nothing is undecided', () => {
    expectMeant(withText(folder), meant);
    expect(undecided(withText(folder))).toEqual([]);
  });

  test('the text alone: the same', () => expectMeant(checkDirectory(`${root}/${folder}`), meant));

  test('the plan alone finds no fault, and says nothing that the text takes back', () => {
    const alone = planAlone(folder);
    expect(alone.verdict).toBe('pass');
    expect(failing(alone).filter((policy) => !meant.staying.includes(policy))).toEqual([]);
    expect(contradictionsBetween(ofLogins(alone), ofLogins(withText(folder)))).toEqual([]);
  });
});

const endings = (end: string): readonly string[] => folders(root).filter((folder) => folder.endsWith(end));

test('each module is planned before it is there, once it is applied, and when it is changed', () => {
  const names = moduleNames();
  expect(Object.keys(patterns).sort()).toEqual(names);
  expect(endings('-applied')).toEqual(names.map((name) => `${name}-applied`));
  expect(endings('-changed')).toEqual(names.map((name) => `${name}-changed`));
});

describe.each(endings('-applied'))('%s', (folder) => {
  test('has nothing to change', () => {
    const { resource_changes: changes } = JSON.parse(readFileSync(`${root}/${folder}/plan.json`, 'utf8'));
    const actions = new Set(changes.flatMap((entry: { change: { actions: string[] } }) => entry.change.actions));
    expect([...actions]).toEqual(['no-op']);
  });

  test('the plan alone decides every way in', () => {
    const { ways, open } = meantBy(folder);
    // Of a write-only secret the text alone says whose it is: c is there once for both.
    const seen = [...new Set(ways.map((way) => way.replace(/^(password-proxy-rds) \w+/, '$1 null')))];
    expect(waysOf(planAlone(folder))).toEqual([...seen, master].sort());
    expect(notReachable(planAlone(folder))).toEqual([]);
    expect(openIn(planAlone(folder))).toEqual(open.map((path) => `${path} open`));
  });
});

describe.each(endings('-changed').filter((folder) => /iam/.test(folder)))('%s', (folder) => {
  test('one grant goes, another one appears, and a third stays', () => {
    const { path } = withText(folder).connections.find(({ user }) => user === 'app') ?? { path: null };
    const said = withText(folder).changes.map(
      ({ kind, ...way }) => `${kind}: ${way.path} ${way.user} ${way.principal}`,
    );
    expect(said).toEqual([`goes: ${path} app somebody`, `appears: ${path} reports analysts`]);
  });
});

describe('examples', () => {
  const examples = moduleNames().flatMap((name) =>
    folders(`modules/hcl/${name}/examples`).map((example) => [name, example] as const),
  );
  const read = (name: string, example: string): Report =>
    checkWithSource(`testdata/hcl-examples/${name}-${example}/plan.json`, `modules/hcl/${name}/examples/${example}`);

  test('each module has two', () => {
    expect(examples).toEqual(
      moduleNames().flatMap((name) => ['complete', 'existing'].map((example) => [name, example])),
    );
    expect(folders('testdata/hcl-examples')).toEqual(examples.map((names) => names.join('-')));
  });

  test.each(examples.filter(([, example]) => example === 'complete'))('%s, %s: as it is meant', (name, example) => {
    const meant = meantBy(`${name}-complete`);
    const ways = meant.ways.map((way) =>
      way.replace('orders-service', 'aws_iam_role.service').replace('analysts', 'aws_iam_group.analysts'),
    );
    // The example has a function that rotates.
    expectMeant(read(name, example), {
      ...meant,
      ways,
      staying: meant.staying.filter((policy) => policy !== notRotated),
    });
    expect(undecided(read(name, example))).toEqual([]);
  });

  test.each(examples)('%s, %s: no fault, with the plan or without', (name, example) => {
    const report = read(name, example);
    const alone = checkDirectory(`modules/hcl/${name}/examples/${example}`);
    expect([...mandatoryFailures(report), ...mandatoryFailures(alone)]).toEqual([]);
    expect([...report.connections, ...alone.connections].filter(({ verdict }) => verdict === 'unreachable')).toEqual(
      [],
    );
    expect(report.connections.map(({ path }) => path)).toContain(patterns[name]?.open[0]);
    expect(report.diagnostics).toEqual([]);
  });
});

describe('what the pages show', () => {
  const blockIn = (name: string): string => {
    const [, block] = /```hcl\n(.*?)```/s.exec(readFileSync(`modules/hcl/${name}/README.md`, 'utf8')) ?? [];
    if (block === undefined) throw new Error(`modules/hcl/${name}/README.md has no example`);
    return block;
  };
  const behind: Readonly<Record<string, string>> = {
    'password-proxy': 'password-database',
    'iam-proxy': 'password-database',
    'end-to-end-iam-proxy': 'iam-database',
  };

  test.each(moduleNames())('%s works as it is copied', (name) => {
    const before = behind[name];
    const main = `${before === undefined ? '' : blockIn(before)}\n${blockIn(name)}`;
    const report = checkFiles({ 'main.tf': main, ...moduleTexts('node_modules/rds-auth-policy/modules/hcl') });
    const meant = meantBy(`${name}-copied`);
    const ways = [
      ...meant.ways.filter((way) => / app /.test(way)),
      ...(name === 'end-to-end-iam-proxy' ? granted('iam-rds').slice(0, 1) : []),
    ];
    expect(waysOf(report)).toEqual([...ways, master].sort());
    expect(mandatoryFailures(report)).toEqual([]);
    expect(notReachable(report)).toEqual([]);
  });

  test.each(moduleNames())('docs/terraform-modules.md shows that of %s, of at most 16 lines', (name) => {
    expect(readFileSync('docs/terraform-modules.md', 'utf8')).toContain(blockIn(name));
    expect(
      blockIn(name)
        .split('\n')
        .filter((line) => line !== '').length,
    ).toBeLessThanOrEqual(16);
  });

  test.each(moduleNames())('the README of %s names the findings that stay', (name) => {
    const [, section = ''] =
      /## Findings that stay\n(.*?)<!-- BEGIN/s.exec(readFileSync(`modules/hcl/${name}/README.md`, 'utf8')) ?? [];
    const named = [...section.matchAll(/- `([a-z-]+)`/g)].map(([, policy]) => policy).sort();
    expect(named).toEqual([...meantBy(`${name}-`).staying].sort());
  });
});
