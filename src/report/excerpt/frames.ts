import { type Trust, isSecretName, trustAt } from './harmless.ts';
import type { Hidden } from './spans.ts';

/** What is open while a configuration is read. */
export type Frame = {
  readonly kind: 'body' | 'object' | 'list' | 'call' | 'within';
  /** Type of a block, name of a function. */
  readonly name: string;
  /** The argument or key whose value is being read. */
  key: string;
  /** The last name, which may turn out to be a key. */
  pending: string;
  /** What a line of a body begins with. */
  first: string;
};

export const frame = (kind: Frame['kind'], name = ''): Frame => ({ kind, name, key: '', pending: '', first: '' });

/** Nothing that is written by hand stands that deep. */
const deepest = 200;

/** How much may be read at the innermost frame. */
export const trustIn = (frames: readonly Frame[], isJson: boolean): Trust => {
  if (frames.length > deepest) return 'none';
  const names = frames.flatMap(({ kind, name, key }) => [
    ...(kind === 'body' && name !== '' ? [name] : []),
    ...(key === '' ? [] : [key]),
  ]);
  const calls = frames.flatMap(({ kind, name }) => (kind === 'call' && name !== '' ? [name] : []));
  // Where a brace is missing, a variable seems to stand in a resource.
  const closed = frames.find(({ kind, name }) => kind === 'body' && (name === 'variable' || name === 'output'));
  const root = closed?.name ?? names[0] ?? '';
  if (isJson && frames[0]?.kind === 'list') return trustInJson(root, names, calls);
  const body = frames.findLastIndex(({ kind }) => kind === 'body');
  const isBelow = frames.slice(body + 1).some(({ key }) => key !== '');
  return trustAt({ root, names, calls, argument: frames[body]?.key ?? '', isBelow });
};

/** Type and name of a resource are no arguments, and every block is an object. */
const trustInJson = (root: string, names: readonly string[], calls: readonly string[]): Trust => {
  const labels = root === 'resource' || root === 'data' ? 2 : root === 'terraform' || root === 'locals' ? 0 : 1;
  const own = names.slice(1 + labels);
  return trustAt({ root, names: [root, ...own], calls, argument: own[0] ?? '', isBelow: own.length > 1 });
};

// Whatever the tree of the text is taken for: what is assigned to a secret on this very line is never shown.
const assignment = /([\w-]+)[\\"']*\s*[=:][^=:,]{0,200}$/;

export const afterSecret = (text: string, { start }: Hidden): boolean => {
  const before = text.slice(Math.max(0, start - 300), start);
  const name = assignment.exec(before.slice(before.lastIndexOf('\n') + 1))?.[1];
  return name !== undefined && isSecretName(name);
};
