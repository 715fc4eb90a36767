import { type Node, type Scalar, isMap, isNode, isScalar, isSeq } from 'yaml';
import { didYouMean } from '../../model/suggest.ts';
import type { Fault } from '../loading/fault.ts';
import { pairOf } from '../loading/parse-yaml.ts';

/** Reads what people write by hand: what is wrong is noted with its place, and the rest is read all the same. */
export type FieldReader = {
  readonly faults: Fault[];
  readonly complain: (node: Node | null | undefined, summary: string) => null;
};

export const fieldReader = (): FieldReader => {
  const faults: Fault[] = [];
  const complain = (node: Node | null | undefined, summary: string): null => {
    faults.push({ code: 'case-invalid', summary, offset: node?.range?.[0] ?? 0 });
    return null;
  };
  return { faults, complain };
};

export type Field = { readonly name: string; readonly key: Scalar; readonly value: Node | null };

/** The keys of a mapping with their values; null where it is none. */
export const fieldsOf = (node: unknown, what: string, reader: FieldReader): readonly Field[] | null => {
  if (!isMap<unknown, Node | null>(node)) {
    return reader.complain(isNode(node) ? node : null, `${what} must be a mapping of keys to values.`);
  }
  return node.items.flatMap(({ key, value }) =>
    isScalar(key) ? [{ name: String(key.value), key, value: isNode(value) ? value : null }] : [],
  );
};

export const refuseOthers = (fields: readonly Field[], known: readonly string[], reader: FieldReader): void => {
  for (const { name, key } of fields) {
    if (!known.includes(name)) reader.complain(key, `Unknown key ${name}${didYouMean(name, known)}`);
  }
};

/** A text that may be left out. */
export const textIn = (node: unknown, name: string, reader: FieldReader): string | null => {
  const pair = pairOf(node, name);
  if (pair === undefined) return null;
  return textOf(pair.value ?? pair.key, name, reader);
};

/** One text, or a list of them; null where it is left out. */
export const textsIn = (node: unknown, name: string, reader: FieldReader): readonly string[] | null => {
  const value = pairOf(node, name)?.value;
  if (!isSeq(value)) {
    const text = textIn(node, name, reader);
    return text === null ? null : [text];
  }
  return value.items.flatMap((item) => (isNode(item) ? (textOf(item, name, reader) ?? []) : []));
};

const textOf = (node: Node, name: string, reader: FieldReader): string | null => {
  if (isScalar(node) && typeof node.value === 'string' && node.value.trim() !== '') return node.value;
  return reader.complain(node, `${name} must be text: put quotes around it.`);
};
