import type { Symbolic } from '../../../symbolic.ts';
import { failure, list, lost, map, nothing, piecesOf, scalar } from '../../../values.ts';
import { computedFrom, knownText } from '../../scalars.ts';
import { at } from '../arguments.ts';
import { type FunctionContext, type FunctionTable, whole } from '../context.ts';
import { obstaclesFrom, overlaps } from '../fillings.ts';
import { withTextsOrHoles } from '../lift.ts';
import { Budget, type Match, type Program, compile, search } from './match.ts';
import { parseRegex } from './parse.ts';
import { obstaclesOf } from './samples.ts';
import type { ParsedRegex } from './syntax.ts';

type Use = (program: Program, text: readonly number[], budget: Budget) => Symbolic;

/** Asks with the pattern compiled; texts with holes are tried with fillings that the pattern matches, or almost. */
const withRegex = (
  args: readonly Symbolic[],
  context: FunctionContext,
  pattern: string,
  use: (...args: readonly [...Parameters<Use>, readonly string[]]) => Symbolic,
): Symbolic => {
  const parsed = parseRegex(pattern);
  const program = parsed === null ? null : compile(parsed);
  if (parsed === null || isMixed(parsed)) return failure('regex()');
  if (program === null) return computedFrom(args);
  const budget = new Budget();
  // In what is put in place of a match, groups are named.
  const obstacles = [...(args.length > 1 ? ['$1', '$0', '$'] : []), ...obstaclesOf(parsed.node)];
  return withTextsOrHoles(args, context, obstaclesFrom(obstacles), (text = '', ...others) => {
    const result = use(program, codePointsOf(text), budget, others);
    return budget.isSpent() ? lost('regex()') : result;
  });
};

/** Terraform takes groups with names, or without, but not both. */
const isMixed = ({ names }: ParsedRegex): boolean => names.includes(null) && names.some((name) => name !== null);

const codePointsOf = (text: string): readonly number[] => Array.from(text, (one) => one.codePointAt(0) ?? 0);

const textOf = (codePoints: readonly number[], start: number, end: number): string =>
  codePoints.slice(start, end).reduce((text, one) => text + String.fromCodePoint(one), '');

/** The match; with groups, their texts by number or name. */
const resultOf = ({ names }: Program, text: readonly number[], match: Match): Symbolic => {
  const groups = Array.from({ length: names.length + 1 }, (_, group) => {
    const [start = -1, end = -1] = match.slice(2 * group, 2 * group + 2);
    return start < 0 || end < 0 ? nothing : scalar(textOf(text, start, end));
  });
  const [all = nothing, ...inner] = groups;
  if (names.length === 0) return all;
  if (names[0] === null) return list(inner);
  return map(new Map(names.map((name, index) => [name ?? '', inner[index] ?? nothing])));
};

const first: Use = (program, text, budget) => {
  const match = search(program, text, 0, budget);
  return match === null ? failure('regex()') : resultOf(program, text, match);
};

/** All that do not overlap; an empty one not right behind another. */
const allMatches = (program: Program, text: readonly number[], budget: Budget): readonly Match[] => {
  const matches: Match[] = [];
  let previousEnd = -1;
  for (let from = 0; from <= text.length; ) {
    const match = search(program, text, from, budget);
    if (match === null) break;
    const [start = 0, end = 0] = match;
    if (start !== end || start !== previousEnd) matches.push(match);
    previousEnd = end;
    from = end > from ? end : from + 1;
  }
  return matches;
};

const every: Use = (program, text, budget) =>
  list(
    allMatches(program, text, budget).map((match) => resultOf(program, text, match)),
    'list',
  );

const matching = (use: Use) =>
  whole(2, 2, (args, context) => {
    const pattern = patternOf(at(args, 0));
    return pattern === null ? computedFrom(args) : withRegex(args.slice(1), context, pattern, use);
  });

const patternOf = (value: Symbolic): string | null => knownText(piecesOf(value) ?? []) ?? null;

/** Between slashes it is a regular expression. */
export const replace = (args: readonly Symbolic[], context: FunctionContext): Symbolic => {
  const [text, needle, other] = [at(args, 0), patternOf(at(args, 1)), at(args, 2)];
  if (needle === null) return computedFrom(args);
  if (needle.length > 1 && needle.startsWith('/') && needle.endsWith('/')) {
    return withRegex([text, other], context, needle.slice(1, -1), replaceMatches);
  }
  return withTextsOrHoles([text, other], context, overlaps(needle), (all = '', by = '') =>
    scalar(replaceLiteral(all, needle, by)),
  );
};

/** Nothing stands between all characters. */
const replaceLiteral = (text: string, needle: string, other: string): string =>
  needle === ''
    ? [other, ...[...text].flatMap((character) => [character, other])].join('')
    : text.replaceAll(needle, () => other);

const replaceMatches = (
  program: Program,
  text: readonly number[],
  budget: Budget,
  [template = '']: readonly string[],
): Symbolic => {
  let result = '';
  let end = 0;
  for (const match of allMatches(program, text, budget)) {
    const [start = 0, next = 0] = match;
    result += textOf(text, end, start) + expand(template, program, text, match);
    end = next;
  }
  return scalar(result + textOf(text, end, text.length));
};

/** `$1`, `${name}`; a name is as long as it can be, and one that no group has is nothing. */
const expand = (template: string, { names }: Program, text: readonly number[], match: Match): string =>
  template.replaceAll(/\$(?:\$|([A-Za-z0-9_]+)|\{([A-Za-z0-9_]+)\})/g, (_, bare?: string, braced?: string) => {
    const name = bare ?? braced;
    return name === undefined ? '$' : groupText(numberOf(name, names), text, match);
  });

const numberOf = (name: string, names: Program['names']): number =>
  /^\d+$/.test(name) ? Number(name) : names.indexOf(name) + 1 || -1;

const groupText = (group: number, text: readonly number[], match: Match): string => {
  const [start = -1, end = -1] = group < 0 ? [] : match.slice(2 * group, 2 * group + 2);
  return start < 0 ? '' : textOf(text, start, end);
};

export const regexFunctions: FunctionTable = {
  regex: matching(first),
  regexall: matching(every),
};
