import type { Change, Verdict } from '../model/connection.ts';
import type { Report } from '../model/report.ts';
import { plural } from './text.ts';

type Kind = Change['kind'];

/** A state is what there is: only a plan changes anything. */
const isPlan = ({ input }: Report): boolean =>
  input.some(({ role, kind }) => role === 'judged' && kind === 'plan-json');

/** Everything that the plan means to have is new, as in a first plan: a list would say again what stands below it. */
export const isAllNew = ({ changes, connections }: Report): boolean =>
  changes.length > 0 && changes.length === connections.length && changes.every(({ kind }) => kind === 'appears');

// What has to be mended comes first, what may be good news last.
const order: readonly Kind[] = ['breaks', 'undecided', 'goes', 'heals', 'decided', 'appears'];

/** What a line about one change begins with. */
export const wordOfChange: Readonly<Record<Kind, string>> = {
  breaks: 'breaks',
  undecided: 'undecided',
  goes: 'removes',
  heals: 'heals',
  decided: 'settles',
  appears: 'adds',
};

/** What the word leaves open. */
export const fateOfChange = ({ kind, before, after }: Change): string => {
  if (kind === 'goes') return before === 'reachable' ? 'works today' : '';
  if (kind !== 'appears') return '';
  return after === 'unreachable' ? 'cannot work' : after === 'unknown' ? 'undecided' : '';
};

/** The changes that have a line of their own, the worst first. */
export const listedChanges = (report: Report): readonly Change[] =>
  isAllNew(report) ? [] : worstFirst(report.changes);

export const worstFirst = (changes: readonly Change[]): readonly Change[] =>
  order.flatMap((kind) => changes.filter((change) => change.kind === kind));

/** One sentence: what the plan does to the ways in. None for a state, and for a plan without any way in. */
export const changeSentence = (report: Report): string | undefined => {
  const { changes, connections } = report;
  if (!isPlan(report) || changes.length + connections.length === 0) return undefined;
  if (changes.length === 0) return report.verdict === 'error' ? undefined : 'This plan changes no way in.';
  return `This plan ${clausesOf(changes).join(', ')}.`;
};

/** "breaks 1 way in", "heals 2": the first clause says what is counted. */
export const clausesOf = (changes: readonly Change[]): readonly string[] => {
  const counts = order.map((kind) => [kind, changes.filter((change) => change.kind === kind)] as const);
  const present = counts.filter(([, some]) => some.length > 0);
  return present.map(([kind, some], index) => clauses[kind](index === 0 ? plural(some.length, 'way') : '', some));
};

const counted = (ways: string, some: readonly Change[]): string => (ways === '' ? String(some.length) : `${ways} in`);

const clauses: Readonly<Record<Kind, (ways: string, some: readonly Change[]) => string>> = {
  breaks: (ways, some) => `breaks ${counted(ways, some)}`,
  undecided: (ways, some) => `makes ${counted(ways, some)} undecided`,
  goes: (ways, some) => `removes ${counted(ways, some)}`,
  heals: (ways, some) => `heals ${counted(ways, some)}`,
  decided: (ways, some) => `settles ${counted(ways, some)}`,
  appears: (ways, some) => `adds ${counted(ways, some)}${fateOf(ways, some)}`,
};

const countOf = (some: readonly Change[], verdict: Verdict): number =>
  some.filter(({ after }) => after === verdict).length;

/** How what is new comes out: at length where it is all that there is to say. */
const fateOf = (ways: string, some: readonly Change[]): string => {
  if (ways !== '') return longFate(some);
  const cannot = countOf(some, 'unreachable');
  if (cannot === 0) return '';
  return some.length === 1 ? ', which cannot work' : ` (${cannot} of them cannot work)`;
};

const fates: Readonly<Record<Verdict, readonly [one: string, all: string, oneOf: string, manyOf: string]>> = {
  reachable: ['which works', 'which all work', 'works', 'work'],
  unreachable: ['which cannot work', 'none of which can work', 'cannot', 'cannot'],
  unknown: ['which is undecided', 'which are all undecided', 'undecided', 'undecided'],
};

const longFate = (some: readonly Change[]): string => {
  const present = (['reachable', 'unreachable', 'unknown'] as const).filter((verdict) => countOf(some, verdict) > 0);
  const [first] = present;
  if (first === undefined) return '';
  if (present.length === 1) return `, ${fates[first][some.length === 1 ? 0 : 1]}`;
  const parts = present.map((verdict) => {
    const count = countOf(some, verdict);
    return `${count} ${fates[verdict][count === 1 ? 2 : 3]}`;
  });
  return `: ${parts.join(', ')}`;
};
