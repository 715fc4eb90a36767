import type { Symbolic } from '../../symbolic.ts';
import { list, map, scalar } from '../../values.ts';

/** CSV with a header line, as `csvdecode` reads it; null where it is malformed. */
export const parseCsv = (text: string): Symbolic | null => {
  const rows = readRows(text);
  const [header, ...records] = rows ?? [];
  if (header === undefined || new Set(header).size < header.length) return null;
  if (records.some(({ length }) => length !== header.length)) return null;
  const objects = records.map((record) => map(new Map(header.map((name, at) => [name, scalar(record[at] ?? '')]))));
  return list(objects, 'list');
};

/** A field, quoted or bare, and what ends it. */
const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

const readRows = (text: string): readonly (readonly string[])[] | null => {
  const rows: string[][] = [];
  let row: string[] = [];
  field.lastIndex = 0;
  while (field.lastIndex < text.length || row.length > 0) {
    const found = field.exec(text);
    if (found === null) return null;
    const [, quoted, bare = '', end] = found;
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"').replaceAll('\r\n', '\n'));
    if (end === ',') continue;
    // Empty lines are none.
    if (row.length > 1 || row[0] !== '' || quoted !== undefined) rows.push(row);
    row = [];
  }
  return rows;
};
