import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Report } from '../model/report.ts';
import { checkFiles } from './check-text.ts';
import { connectionKey } from './expected.ts';
import { type Mutant, mutantsOf } from './mutants.ts';

const root = 'testdata/constructs';

/** One or two engines of each pattern, and what the patterns have only when they are asked for it. */
const stacks = [
  'password-database-postgres',
  'password-database-sqlserver-se',
  'password-cluster-aurora-mysql',
  'iam-database-mysql',
  'iam-cluster-aurora-postgresql',
  'password-proxy-mariadb',
  'password-proxy-aurora-postgresql',
  'iam-proxy-postgres',
  'iam-proxy-aurora-mysql',
  'end-to-end-iam-proxy-mysql',
  'end-to-end-iam-proxy-aurora-postgresql',
  'combined-key-and-rotation',
] as const;

/** How a mutant is found: a policy fails that did not; a way in is gone, broken or undecided; it cannot be judged. */
type Found = 'finding' | 'way' | 'error';

export type JudgedMutant = Mutant & { readonly stack: string; readonly found: Found | null };

const failuresOf = ({ findings }: Report): ReadonlySet<string> =>
  new Set(findings.filter(({ outcome }) => outcome === 'fail').map(({ policy, address }) => `${policy} ${address}`));

/** Judges every mutant of the stacks by its text alone. */
export const judgeMutants = (): readonly JudgedMutant[] =>
  stacks.flatMap((stack) => {
    const text = readFileSync(`${root}/${stack}/cdk.tf.json`, 'utf8');
    const compare = comparedWith(checkFiles({ 'cdk.tf.json': text }));
    return mutantsOf(text).map((mutant) => ({
      ...mutant,
      stack,
      found: compare(checkFiles({ 'cdk.tf.json': mutant.text })),
    }));
  });

const comparedWith = (original: Report): ((report: Report) => Found | null) => {
  const failures = failuresOf(original);
  return (report) => {
    if (report.verdict === 'error') return 'error';
    if ([...failuresOf(report)].some((key) => !failures.has(key))) return 'finding';
    const verdicts = new Map(report.connections.map((connection) => [connectionKey(connection), connection.verdict]));
    const isWhole = original.connections.every(
      (connection) => verdicts.get(connectionKey(connection)) === connection.verdict,
    );
    return isWhole ? null : 'way';
  };
};

type Rule = {
  readonly what: string;
  readonly in?: readonly string[];
  readonly at?: string;
  readonly gone?: string;
  readonly whole?: true;
};

type Reason = { readonly id: string; readonly reason: string; readonly of: readonly Rule[] };

export const readReasons = (): readonly Reason[] => parse(readFileSync(`${root}/reasons.yaml`, 'utf8'));

/** Whether a rule speaks of a mutant, found or not. */
export const coversMutant = (rule: Rule, { stack, place, what, gone }: JudgedMutant): boolean =>
  (rule.what.startsWith('*') ? what.endsWith(rule.what.slice(1)) : what === rule.what) &&
  (rule.in === undefined || rule.in.some((end) => stack.endsWith(end))) &&
  place.startsWith(rule.at ?? '') &&
  gone.startsWith(rule.gone ?? '') &&
  (rule.whole !== true || gone === '');

/** Where it is not found, unless that is everywhere. */
const placesOf = (all: readonly JudgedMutant[], missed: readonly JudgedMutant[]): string => {
  const names = [...new Set(missed.map(({ stack }) => stack))];
  return all.length === missed.length ? '' : names.join(', ');
};

const rowOf = (what: string, mutants: readonly JudgedMutant[], its: readonly JudgedMutant[]): string => {
  const missed = its.filter((mutant) => mutant.what === what);
  const all = mutants.filter((mutant) => mutant.what === what);
  return `| \`${what}\` | ${missed.length} of ${all.length} | ${placesOf(all, missed)} |`;
};

/** The list of what is not found, for people: Markdown. */
export const notFoundList = (mutants: readonly JudgedMutant[], reasons: readonly Reason[]): string => {
  const by = (found: Found | null): number => mutants.filter((mutant) => mutant.found === found).length;
  const sections = reasons.flatMap(({ id, reason, of }) => {
    const its = mutants.filter((mutant) => mutant.found === null && of.some((rule) => coversMutant(rule, mutant)));
    const rows = [...new Set(its.map(({ what }) => what))].sort().map((what) => rowOf(what, mutants, its));
    return [
      '',
      `## ${id} (${its.length})`,
      '',
      reason,
      '',
      '| taken away | times | only in |',
      '|---|---|---|',
      ...rows,
    ];
  });
  return `${[
    '# What is not found when it is taken away',
    '',
    'Made by `node scripts/mutations.mjs`; the reasons are in `reasons.yaml`.',
    '',
    `From ${stacks.length} stacks of the constructs each resource (with what names it), argument, block, list element and part of a policy`,
    `document is taken away, one at a time: ${mutants.length} configurations, judged by their text alone. Of ${by('finding')} a policy complains`,
    `that did not before; in ${by('way')} a way in is gone, broken or undecided. The other ${by(null)} are here.`,
    ...sections,
  ].join('\n')}\n`;
};
