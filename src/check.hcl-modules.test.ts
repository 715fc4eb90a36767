import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Path } from './model/connection.ts';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { checkDirectory, checkWithSource } from './testing/check-source.ts';
import { contradictionsBetween, ofLogins } from './testing/contradictions-between.ts';

// The modules of modules/hcl, as they are called in testdata/hcl-modules, planned by Terraform, and judged by ourselves.

const root = 'testdata/hcl-modules';

/** What a pattern means: who logs in by which path, and what is said of it although it is as meant. */
type Meant = {
  readonly ways: readonly string[];
  readonly staying: readonly string[];
};

const granted = (path: Path): readonly string[] => [`${path} app orders-service`, `${path} reports analysts`];
const master = 'password-rds root_admin null';

/** The flag is meant to be off. */
const iamOff = 'database-iam-auth-disabled';
/** A function that rotates is not given. */
const notRotated = 'secret-not-rotated';

const patterns: Readonly<Record<string, Meant>> = {
  'password-database': { ways: [master], staying: [iamOff] },
  'iam-database': { ways: [...granted('iam-rds'), master], staying: [] },
  'iam-proxy': { ways: [...granted('iam-proxy-rds'), master], staying: [iamOff, notRotated] },
};

/** SQL Server has no flag that could be off. */
const meantIn = (folder: string): Meant => {
  const pattern = Object.keys(patterns).find((name) => folder.startsWith(`${name}-`));
  const meant = pattern === undefined ? undefined : patterns[pattern];
  if (meant === undefined) throw new Error(`${folder} is of no pattern`);
  return /-sqlserver-/.test(folder)
    ? { ...meant, staying: meant.staying.filter((policy) => policy !== iamOff) }
    : meant;
};

const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

const waysOf = ({ connections }: Report): readonly string[] =>
  connections.map(({ path, user, principal }) => `${path} ${user} ${principal}`).sort();

const notReachable = ({ connections }: Report): readonly string[] =>
  connections.flatMap(({ path, user, verdict, legs }) =>
    verdict === 'reachable'
      ? []
      : legs.filter(({ status }) => status !== 'ok').map(({ leg, reason }) => `${path} ${user} ${leg}: ${reason}`),
  );

const failing = ({ findings }: Report): readonly string[] =>
  [...new Set(findings.filter(({ outcome }) => outcome === 'fail').map(({ policy }) => policy))].sort();

const undecided = ({ findings }: Report): readonly string[] =>
  findings.filter(({ outcome }) => outcome === 'unknown').map(({ policy, message }) => `${policy}: ${message}`);

describe.each(folders)('%s', (folder) => {
  const meant = meantIn(folder);
  const withSource = checkWithSource(`${root}/${folder}/plan.json`, `${root}/${folder}`);
  const textAlone = checkDirectory(`${root}/${folder}`);
  const planAlone = checkFile(`${root}/${folder}/plan.json`);

  test.each([
    ['the plan with its text', withSource],
    ['the text alone', textAlone],
  ])('%s: all ways in are those that are meant, and work', (_, report) => {
    expect(waysOf(report)).toEqual([...meant.ways].sort());
    expect(notReachable(report)).toEqual([]);
    expect(failing(report)).toEqual([...meant.staying].sort());
    expect(report.diagnostics).toEqual([]);
    expect(report.verdict).toBe('pass');
  });

  test('the plan with its text: nothing is undecided', () => expect(undecided(withSource)).toEqual([]));

  test('the plan alone finds no fault, and says nothing that the text takes back', () => {
    expect(planAlone.verdict).toBe('pass');
    expect(failing(planAlone).filter((policy) => !meant.staying.includes(policy))).toEqual([]);
    expect(contradictionsBetween(ofLogins(planAlone), ofLogins(withSource))).toEqual([]);
  });
});
