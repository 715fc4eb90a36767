import { type Alias, type Document, LineCounter, type Node, Scalar, isMap, isScalar, parseDocument, visit } from 'yaml';
import type { Fault, Locate } from './fault.ts';

export type PolicyDocument = {
  readonly source: string;
  readonly document: Document;
  readonly locate: Locate;
  readonly faults: readonly Fault[];
  /** Whether a key of the top level lies where the YAML is broken: then more faults of it would only repeat that. */
  readonly isBroken: (key: string) => boolean;
};

export const parseYaml = (source: string): PolicyDocument => {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const faults = [...[...document.errors, ...document.warnings].map(toFault), ...replaceAliases(document)];
  return {
    source,
    document,
    locate: (offset) => lines.linePos(offset),
    faults,
    isBroken: (key) => faults.some(({ offset }) => covers(document, key, offset)),
  };
};

type YamlProblem = { readonly code: string; readonly message: string; readonly pos: readonly [number, number] };

const toFault = ({ code, message, pos }: YamlProblem): Fault => {
  // `!proxy.tlsForIam` without quotes is a YAML tag: the commonest slip in a condition.
  const detail = code === 'TAG_RESOLVE_FAILED' ? 'A value that begins with `!` needs quotes around it.' : undefined;
  const summary = `This is not YAML: ${message.endsWith('.') ? message : `${message}.`}`;
  return { code: 'policy-unparsable', summary, offset: pos[0], ...(detail === undefined ? {} : { detail }) };
};

/** A policy has nothing to repeat, and aliases can make a small file huge. */
const replaceAliases = (document: Document): readonly Fault[] => {
  const faults: Fault[] = [];
  visit(document, {
    Alias: (_, alias: Alias) => {
      const offset = alias.range?.[0] ?? 0;
      faults.push({ code: 'policy-invalid', summary: 'Policies take no YAML aliases: write the value out.', offset });
      const placeholder = new Scalar(null);
      placeholder.range = alias.range ?? null;
      return placeholder;
    },
  });
  return faults;
};

const covers = (document: Document, key: string, offset: number): boolean => {
  const pair = pairOf(document.contents, key);
  const start = pair?.key.range?.[0];
  const end = pair?.value?.range?.[2] ?? pair?.key.range?.[2];
  return start !== undefined && end !== undefined && start <= offset && offset <= end;
};

type KeyedPair = { readonly key: Scalar; readonly value: Node | null };

/** The last pair of a mapping with this key. */
export const pairOf = (node: unknown, key: string): KeyedPair | undefined => {
  if (!isMap<unknown, Node | null>(node)) return undefined;
  const pair = node.items.findLast((item) => isScalar(item.key) && String(item.key.value) === key);
  return pair !== undefined && isScalar(pair.key) ? { key: pair.key, value: pair.value } : undefined;
};

/** The scalar under a key of a mapping. */
export const scalarOf = (node: unknown, key: string): Scalar | undefined => {
  const value = pairOf(node, key)?.value;
  return isScalar(value) ? value : undefined;
};

/** The text under a key of a mapping. */
export const textOf = (node: unknown, key: string): string | undefined => {
  const value = scalarOf(node, key)?.value;
  return typeof value === 'string' ? value : undefined;
};
