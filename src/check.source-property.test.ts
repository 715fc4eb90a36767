import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { checkDirectory, checkWithSource } from './testing/check-source.ts';
import { type Judged, contradictionsBetween, ofLogins } from './testing/contradictions-between.ts';
import { randomConfiguration } from './testing/random/configuration.ts';
import { documentStyles } from './testing/random/documents.ts';
import { styleChoices } from './testing/random/draft.ts';
import { mistakes } from './testing/random/facts.ts';

/** A plan, and the directory of the configuration that it was made from. */
type Planned = readonly [name: string, plan: string, config: string];

const foldersIn = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

const beside = (root: string): readonly Planned[] =>
  foldersIn(root)
    .filter((name) => existsSync(`${root}/${name}/plan.json`))
    .map((name) => [`${root}/${name}`, `${root}/${name}/plan.json`, `${root}/${name}/config`]);

/** Where the plan is in the directory of its configuration. */
const together = (folder: string): readonly Planned[] =>
  existsSync(`${folder}/plan.json`) ? [[folder, `${folder}/plan.json`, folder]] : [];

const casesIn = (set: string): readonly Planned[] =>
  foldersIn(`policies/${set}`).flatMap((id) =>
    foldersIn(`policies/${set}/${id}/cases`).flatMap((name) => together(`policies/${set}/${id}/cases/${name}`)),
  );

/** One configuration, planned by several programs. */
const makers = foldersIn('testdata/makers').flatMap((name) =>
  foldersIn(`testdata/makers/${name}`).flatMap((maker): readonly Planned[] => {
    const folder = `testdata/makers/${name}`;
    const plan = `${folder}/${maker}/plan.json`;
    return existsSync(plan) ? [[`${folder}/${maker}`, plan, folder]] : [];
  }),
);

const generated = beside('testdata/generated');
const all: readonly Planned[] = [
  ...generated,
  ...beside('testdata/scenarios'),
  ...beside('testdata/modules'),
  ...beside('testdata/tf-json'),
  ...together('testdata/called-twice').map(([name, plan, folder]): Planned => [name, plan, `${folder}/config`]),
  ...together('testdata/principals'),
  ...together('testdata/sensitive'),
  ...foldersIn('testdata/lifecycle/special').flatMap((name) => together(`testdata/lifecycle/special/${name}`)),
  ...foldersIn('testdata/mends').flatMap((name) => together(`testdata/mends/${name}`)),
  ...makers,
  ...casesIn('reachability'),
  ...casesIn('security'),
];

/** Both are asked for by several tests. */
const remember = (judge: (plan: string, config: string) => Report): ((plan: string, config?: string) => Report) => {
  const judged = new Map<string, Report>();
  return (plan, config = '') => {
    const report = judged.get(plan) ?? judge(plan, config);
    judged.set(plan, report);
    return report;
  };
};
const alone = remember((plan) => checkFile(plan));
const withSource = remember((plan, config) => checkWithSource(plan, config));

/** What was said once the plan was applied, and every value known. */
const appliedAt = (folder: string): Judged => JSON.parse(readFileSync(`${folder}/applied.json`, 'utf8'));

const decidedIn = ({ matrix, connections }: Report): number =>
  matrix.flatMap(({ paths }) => Object.values(paths)).filter((cell) => cell !== 'unknown').length +
  connections.filter(({ verdict }) => verdict !== 'unknown').length;

describe('the stored configurations', () => {
  test('there are enough', () => {
    expect(generated.length).toBeGreaterThanOrEqual(60);
    expect(all.length).toBeGreaterThanOrEqual(600);
  });

  test.each(generated)('%s is what its seed gives', (name, _, config) => {
    const { files } = randomConfiguration(Number(name.slice(-3)));
    for (const [file, text] of files) expect(readFileSync(`${config}/${file}`, 'utf8')).toBe(text);
  });

  const configurations = generated.map(([name]) => randomConfiguration(Number(name.slice(-3))));

  test.each(Object.entries(styleChoices))('%s: every way of writing occurs', (name, choices) => {
    const used = new Set<string>(configurations.map(({ style }) => style[name as keyof typeof styleChoices]));
    expect(choices.filter((choice) => !used.has(choice))).toEqual([]);
  });

  test('every way of writing a document occurs', () => {
    const used = new Set(configurations.flatMap(({ documents }) => documents));
    expect(documentStyles.filter((style) => !used.has(style))).toEqual([]);
  });

  test('every mistake occurs', () => {
    const made = new Set(configurations.flatMap((configuration) => configuration.mistakes));
    expect(mistakes.filter((mistake) => !made.has(mistake))).toEqual([]);
  });
});

test.each(generated)('%s: to apply the plan takes back nothing that it decided', (folder, plan) => {
  expect(contradictionsBetween(ofLogins(alone(plan)), appliedAt(folder))).toEqual([]);
});

test.each(all)('%s: to add the source takes back nothing that the plan alone decided', (_, plan, config) => {
  expect(contradictionsBetween(alone(plan), withSource(plan, config))).toEqual([]);
});

test.each(generated)('%s: the plan with its source says nothing that applying takes back', (folder, plan, config) => {
  expect(contradictionsBetween(ofLogins(withSource(plan, config)), appliedAt(folder))).toEqual([]);
});

test.each(generated)('%s: the source alone says nothing that applying takes back', (folder, _, config) => {
  expect(contradictionsBetween(ofLogins(checkDirectory(config)), appliedAt(folder))).toEqual([]);
});

test('the source decides more than the plan alone', () => {
  const total = (read: (planned: Planned) => Report): number =>
    generated.reduce((sum, planned) => sum + decidedIn(read(planned)), 0);
  expect(total(([, plan, config]) => withSource(plan, config))).toBeGreaterThan(total(([, plan]) => alone(plan)));
});
