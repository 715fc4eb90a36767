import { type LaidOut, layOut } from '../text.ts';
import { fenced, prose } from './escape.ts';

type Dress = {
  /** Opens the first sentence. */
  readonly label?: string;
  /** Of the code. */
  readonly language?: string;
};

/** A text of several lines as blocks: sentences, and the code to copy between fences. */
export const blocksOf = (text: string, { label, language = 'hcl' }: Dress = {}): readonly string[] => {
  const groups = groupsOf(layOut(text, Number.POSITIVE_INFINITY));
  const blocks = groups.map((group) => (isCodeGroup(group) ? codeBlock(group, language) : sentences(group)));
  if (label === undefined || groups.length === 0) return blocks;
  const [first = [], ...rest] = groups;
  return isCodeGroup(first)
    ? [label, ...blocks]
    : [`${label} ${sentences(first)}`, ...blocks.slice(blocks.length - rest.length)];
};

type Group = readonly LaidOut[];

export const isCodeGroup = (group: Group): boolean => group[0]?.isCode === true;

const sentences = (group: Group): string => group.map(({ line }) => prose(line)).join('\n');

/** Lines of one kind that follow one another; an empty one between sentences parts them. */
export const groupsOf = (lines: Group): readonly Group[] => {
  const groups: LaidOut[][] = [];
  let isApart = true;
  for (const line of lines) {
    const group = groups.at(-1);
    const isGap = !line.isCode && line.line === '';
    if (!isGap && group !== undefined && !isApart && isCodeGroup(group) === line.isCode) group.push(line);
    else if (!isGap) groups.push([line]);
    isApart = isGap;
  }
  return groups;
};

const codeBlock = (group: Group, language: string): string => {
  const lines = group.map(({ line }) => line);
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return fenced(
    lines.map((line) => line.slice(indent)),
    language,
  );
};
