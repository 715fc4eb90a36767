import { readFileSync } from 'node:fs';
import { replaceAt } from './touched-places.ts';

/** A genuine document, and the places in it by what people call them. */
export type Genuine = {
  readonly text: string;
  readonly json: unknown;
  /** The text with the value at a path replaced: `change aws_db_proxy.main: after.name`. */
  readonly put: (path: string, value: unknown) => string;
  /** The same with JSON text, which may nest deeper than JSON can be written. */
  readonly putText: (path: string, json: string) => string;
  readonly get: (path: string) => unknown;
};

export const genuine = (file: string): Genuine => {
  const text = readFileSync(file, 'utf8');
  const json: unknown = JSON.parse(text);
  const get = (path: string): unknown => placeOf(json, path).reduce(childAt, json);
  const put = (path: string, value: unknown): string => JSON.stringify(replaceAt(json, placeOf(json, path), value));
  const putText = (path: string, inserted: string): string =>
    put(path, 'TO INSERT').replace('"TO INSERT"', () => inserted);
  return { text, json, get, put, putText };
};

type Key = string | number;

const childAt = (value: unknown, key: Key): unknown => (value as Record<Key, unknown> | undefined)?.[key];

const lists: Readonly<Record<string, readonly Key[]>> = {
  change: ['resource_changes'],
  config: ['configuration', 'root_module', 'resources'],
  proxy: ['configuration', 'root_module', 'module_calls', 'proxy', 'module', 'resources'],
  state: ['values', 'root_module', 'resources'],
};

/** `change ADDRESS: PATH`, `config ADDRESS: PATH`, `state ADDRESS: PATH`, or a path from the root. */
const placeOf = (json: unknown, path: string): readonly Key[] => {
  const [, kind = '', address, rest = ''] = /^(\w+) (\S+): ?(.*)$/.exec(path) ?? [];
  const list = lists[kind];
  if (list === undefined) return keysOf(path);
  const index = (list.reduce(childAt, json) as readonly { address: string }[]).findIndex((r) => r.address === address);
  if (index < 0) throw new Error(`There is no ${path}.`);
  return [...list, index, ...(kind === 'change' && rest !== '' ? ['change'] : []), ...keysOf(rest)];
};

const keysOf = (path: string): readonly Key[] =>
  path.split('.').flatMap((key) => (key === '' ? [] : [/^\d+$/.test(key) ? Number(key) : key]));
