import { some } from '../../iam/tri.ts';
import type { PasswordSource } from '../../model/auth-model.ts';
import { type Tri, type Value, absent, known, unknown } from '../../model/value.ts';
import type { ResourceGraph } from '../../terraform/graph.ts';
import type { Symbolic } from '../../terraform/hcl/symbolic.ts';
import { originsOf } from '../../terraform/hcl/values.ts';
import type { Origins } from '../../terraform/origins.ts';
import {
  type View,
  attribute,
  isSet,
  isUnknown,
  isVisible,
  originOf,
  rawValue,
  structureAt,
  trailOf,
  viewOf,
} from '../../terraform/values.ts';

/** Generators whose result is never empty. */
const generator = /(?:^|\.)random_(?:password|string|id|uuid)\./;

const isGiven = (view: View, name: string): Tri => {
  if (!isUnknown(view, name)) return (rawValue(view, name) ?? '') !== '';
  const value = attribute(view, name);
  const references = value.kind === 'unknown' && value.trailEnds.length === 0 ? value.references : [];
  return (references.length > 0 && references.every(({ resource }) => generator.test(resource))) || 'unknown';
};

/** No plan shows a write-only argument; the version that comes with it says that there is one. */
const isWritten = (view: View): Tri => {
  if (rawValue(view, 'password_wo_version') !== undefined) return true;
  return isSet(view, 'password_wo') && 'unknown';
};

/** Whether a user is given a password by one of the arguments. What it is, is never read. */
export const hasPassword = (view: View, names: readonly string[]): Tri =>
  some([...names.map((name) => isGiven(view, name)), isWritten(view)]);

/** What makes a password that nobody has typed. */
const makesPasswords = /(?:^|\.)(?:random_(?:password|string|id|uuid|bytes)|aws_secretsmanager_random_password)\./;
const isData = /(?:^|[./])data\.[^.]+\.[^.]+$/;

/** Where the password in the first of the arguments that is set comes from. It is compared, and let go of. */
export const passwordSource = (graph: ResourceGraph, view: View, names: readonly string[]): Value<PasswordSource> => {
  for (const name of names) {
    const raw = rawValue(view, name);
    const origins = originsAt(view, name);
    if (typeof raw === 'string' && raw !== '') return sourceOfKnown(graph, view, name, { text: raw, origins });
    if (isUnknown(view, name)) return sourceOfUnknown(view, name, origins);
  }
  return absent(originOf(view, names[0]));
};

/** What an argument comes from, as the text or the configuration section says; null where neither is there. */
export const originsAt = (view: View, name: string): Origins | null => {
  const written = structureAt(view, name);
  if (written !== null) return originsOf(written);
  return isVisible(view) ? trailOf(view, name) : null;
};

type Typed = { readonly text: string; readonly origins: Origins | null };

export const sourceOfKnown = (
  graph: ResourceGraph,
  view: View,
  name: string,
  { text, origins }: Typed,
): Value<PasswordSource> => {
  const origin = originOf(view, name);
  if (isMadeOf(text, generatedTexts(graph))) return known('generated', origin);
  if (origins === null || origins.trailEnds.length > 0) return known('kept', origin);
  if (origins.references.length === 0) return known('given', origin);
  return known(isRead(origins) ? 'read' : 'kept', origin);
};

export const sourceOfUnknown = (view: View, name: string, origins: Origins | null): Value<PasswordSource> => {
  const origin = originOf(view, name);
  if (isGenerated(origins)) return known('generated', origin);
  const { references = [], trailEnds = [] } = origins ?? {};
  if (references.length > 0 && trailEnds.length === 0 && isRead({ references, trailEnds }))
    return known('read', origin);
  const isVariable = references.length === 0 && trailEnds.length > 0 && trailEnds.every((end) => /^var\./.test(end));
  return isVariable ? known('given', origin) : unknown(origin, references, trailEnds);
};

/** The same of a part of a text, where the source shows the part by itself. */
export const sourceOfPart = (view: View, name: string, part: Symbolic): Value<PasswordSource> => {
  const origins = originsOf(part);
  const isKnown = part.kind === 'known' || (part.kind === 'text' && origins.references.length === 0);
  return isKnown && origins.trailEnds.length === 0
    ? known('given', originOf(view, name))
    : sourceOfUnknown(view, name, origins);
};

/** What may be something else too, by `coalesce` or a condition, is not taken for generated. */
const isGenerated = (origins: Origins | null): boolean =>
  origins !== null &&
  origins.references.length > 0 &&
  origins.trailEnds.length === 0 &&
  origins.references.every(({ resource }) => makesPasswords.test(resource));

const isRead = ({ references }: Origins): boolean => references.every(({ resource }) => isData.test(resource));

/** As it stands, with something around it, or a part of it. */
const isMadeOf = (text: string, generated: ReadonlySet<string>): boolean =>
  [...generated].some(
    (part) => part.length >= shortest && (text.includes(part) || (text.length >= shortest && part.includes(text))),
  );

const shortest = 8;

const textsOfGraph = new WeakMap<ResourceGraph, ReadonlySet<string>>();

/** Whatever a known password refers to: that it is what a generator has made, its value says. */
const generatedTexts = (graph: ResourceGraph): ReadonlySet<string> => {
  const found = textsOfGraph.get(graph) ?? new Set(collectGenerated(graph));
  textsOfGraph.set(graph, found);
  return found;
};

const collectGenerated = (graph: ResourceGraph): readonly string[] =>
  [...results].flatMap(([type, names]) =>
    [...graph.ofType(type), ...graph.ofType(type, 'data')].flatMap((resource) =>
      names.flatMap((name) => {
        const value = rawValue(viewOf(resource), name);
        return typeof value === 'string' && value !== '' ? [value] : [];
      }),
    ),
  );

/** What the generators make, by their type. */
const results: ReadonlyMap<string, readonly string[]> = new Map([
  ['random_password', ['result']],
  ['random_string', ['result']],
  ['random_uuid', ['result']],
  ['random_id', ['hex', 'b64_std', 'b64_url', 'dec']],
  ['random_bytes', ['hex', 'base64']],
  ['aws_secretsmanager_random_password', ['random_password']],
]);
