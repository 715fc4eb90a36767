import { type Alias, type Document, LineCounter, type Node, Scalar, isMap, isScalar, parseDocument, visit } from 'yaml';
import type { DiagnosticCode } from '../../model/diagnostic.ts';
import type { Fault, Locate } from './fault.ts';
import { isNestedBeyond } from './nesting.ts';

export type PolicyDocument = {
  readonly source: string;
  readonly document: Document;
  readonly locate: Locate;
  readonly faults: readonly Fault[];
  /** Whether a key of the top level lies where the YAML is broken: then more faults of it would only repeat that. */
  readonly isBroken: (key: string) => boolean;
};

/** What a kind of file calls what is wrong with it. */
export type YamlKind = {
  readonly unparsable: DiagnosticCode;
  readonly invalid: DiagnosticCode;
  readonly noAliases: string;
  /** Why a tag may stand there by mistake. */
  readonly tagHint: string;
};

const policyKind: YamlKind = {
  unparsable: 'policy-unparsable',
  invalid: 'policy-invalid',
  noAliases: 'Policies take no YAML aliases: write the value out.',
  // `!proxy.tlsForIam` without quotes is a YAML tag: the commonest slip in a condition.
  tagHint: 'A value that begins with `!` needs quotes around it.',
};

export const parseYaml = (source: string, kind: YamlKind = policyKind): PolicyDocument => {
  const lines = new LineCounter();
  const isTooDeep = isNestedBeyond(source, deepest);
  const document = parseDocument(isTooDeep ? '' : source, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  });
  const problems = [...document.errors, ...document.warnings].map((problem) => toFault(problem, kind));
  const faults = isTooDeep ? [tooDeep(kind)] : [...problems, ...replaceAliases(document, kind)];
  return {
    source,
    document,
    locate: (offset) => lines.linePos(offset),
    faults,
    isBroken: (key) => faults.some(({ offset }) => covers(document, key, offset)),
  };
};

const deepest = 100;

const tooDeep = ({ unparsable }: YamlKind): Fault => ({
  code: unparsable,
  summary: `This is nested more than ${deepest} levels deep.`,
  offset: 0,
});

type YamlProblem = { readonly code: string; readonly message: string; readonly pos: readonly [number, number] };

const toFault = ({ code, message, pos }: YamlProblem, kind: YamlKind): Fault => {
  const detail = code === 'TAG_RESOLVE_FAILED' ? kind.tagHint : undefined;
  if (code === 'MULTIPLE_DOCS') {
    return { code: kind.unparsable, summary: 'There is more than one YAML document in this file.', offset: pos[0] };
  }
  const summary = `This is not YAML: ${message.endsWith('.') ? message : `${message}.`}`;
  return { code: kind.unparsable, summary, offset: pos[0], ...(detail === undefined ? {} : { detail }) };
};

/** There is nothing to repeat, and aliases can make a small file huge. */
const replaceAliases = (document: Document, kind: YamlKind): readonly Fault[] => {
  const faults: Fault[] = [];
  visit(document, {
    Alias: (_, alias: Alias) => {
      const offset = alias.range?.[0] ?? 0;
      faults.push({ code: kind.invalid, summary: kind.noAliases, offset });
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
