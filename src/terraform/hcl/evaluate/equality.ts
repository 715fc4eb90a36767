import type { Tri } from '../../../model/value.ts';
import type { Hole, Symbolic, SymbolicList, SymbolicMap, SymbolicText } from '../symbolic.ts';

/** Terraform's `==`, three-valued. */

const deepest = 64;

/** Types take part, as in Terraform: `1 == "1"` is false. */
export const equals = (left: Symbolic, right: Symbolic, depth = 0): Tri => {
  if (left.kind === 'unknown' || right.kind === 'unknown' || depth > deepest) {
    return sameUnknown(left, right) ? true : 'unknown';
  }
  if (left.kind === 'known' && right.kind === 'known') return left.value === right.value;
  if (left.kind === 'text' || right.kind === 'text') return equalTexts(left, right);
  return equalCollections(left, right, depth + 1);
};

const equalCollections = (left: Symbolic, right: Symbolic, depth: number): Tri => {
  if (left.kind === 'instance' || right.kind === 'instance') return equalInstances(left, right);
  if (left.kind === 'list' && right.kind === 'list') return equalLists(left, right, depth);
  return left.kind === 'map' && right.kind === 'map' ? equalMaps(left, right, depth) : false;
};

const sameUnknown = (left: Symbolic, right: Symbolic): boolean =>
  left.kind === 'unknown' && right.kind === 'unknown' && sameHole(left, right);

/** The same attribute of the same resource; one of several may be another one each time. */
const sameHole = (left: Pick<Hole, 'exactly'>, right: Pick<Hole, 'exactly'>): boolean =>
  left.exactly !== undefined &&
  right.exactly !== undefined &&
  left.exactly.oneOf === undefined &&
  right.exactly.oneOf === undefined &&
  left.exactly.resource === right.exactly.resource &&
  left.exactly.path === right.exactly.path;

/** An instance is never null, a text or a list; whether it equals an object is not known. */
const equalInstances = (left: Symbolic, right: Symbolic): Tri =>
  [left, right].every(({ kind }) => kind === 'instance' || kind === 'map') ? 'unknown' : false;

const equalTexts = (left: Symbolic, right: Symbolic): Tri => {
  if (left.kind === 'known') return equalTexts(right, left);
  if (left.kind !== 'text') return false;
  if (right.kind === 'known') {
    return typeof right.value === 'string' && mayBe(left.parts, right.value) ? 'unknown' : false;
  }
  if (right.kind !== 'text') return false;
  if (sameParts(left, right)) return true;
  return endsMeet(left.parts, right.parts) ? 'unknown' : false;
};

const sameParts = (left: SymbolicText, right: SymbolicText): boolean =>
  left.parts.length === right.parts.length &&
  left.parts.every((part, at) => {
    const other = right.parts[at];
    if (typeof part === 'string' || typeof other === 'string' || other === undefined) return part === other;
    return sameHole(part, other);
  });

/** Whether what is known at the beginnings and at the ends agrees. */
const endsMeet = (left: SymbolicText['parts'], right: SymbolicText['parts']): boolean => {
  const [prefix, other] = [edge(left, 0), edge(right, 0)];
  const [suffix, otherSuffix] = [edge(left, -1), edge(right, -1)];
  return (
    (prefix.startsWith(other) || other.startsWith(prefix)) &&
    (suffix.endsWith(otherSuffix) || otherSuffix.endsWith(suffix))
  );
};

const edge = (parts: SymbolicText['parts'], at: 0 | -1): string => {
  const part = parts.at(at);
  return typeof part === 'string' ? part : '';
};

/** Whether the holes can be filled so that the text comes out. */
export const mayBe = (parts: readonly (string | Hole)[], text: string): boolean => {
  let reached: readonly number[] = [0];
  for (const part of parts) {
    reached = typeof part === 'string' ? afterText(text, part, reached) : afterHole(text, part, reached);
    if (reached.length === 0) return false;
  }
  return reached.at(-1) === text.length;
};

const afterText = (text: string, part: string, reached: readonly number[]): readonly number[] =>
  reached.filter((at) => text.startsWith(part, at)).map((at) => at + part.length);

/** A hole takes as much as it likes, up to a character that it cannot hold. */
const afterHole = (text: string, hole: Hole, reached: readonly number[]): readonly number[] => {
  const ends: number[] = [];
  let next = 0;
  for (const start of reached) {
    if (start < next) continue;
    for (let at = start; at <= text.length; at++) {
      ends.push(at);
      next = at + 1;
      if (hole.without?.includes(text.charAt(at)) && at < text.length) break;
    }
  }
  return ends;
};

const equalLists = (left: SymbolicList, right: SymbolicList, depth: number): Tri => {
  if (left.open !== undefined || right.open !== undefined) return 'unknown';
  if (left.type === 'set' && right.type === 'set') return equalSets(left, right);
  if (left.type === 'set' || right.type === 'set') return false;
  if (left.items.length !== right.items.length) return false;
  const same = allOf(left.items.map((item, at) => equals(item, right.items[at] ?? item, depth)));
  return left.type === right.type ? same : unlessFalse(same);
};

/** Elements of sets have no place: what is unknown in one may be anything in the other. */
const equalSets = (left: SymbolicList, right: SymbolicList): Tri => {
  const known = [...left.items, ...right.items].every(({ kind }) => kind === 'known');
  if (!known) return 'unknown';
  const has = (set: SymbolicList, item: Symbolic) => set.items.some((other) => equals(item, other) === true);
  return left.items.every((item) => has(right, item)) && right.items.every((item) => has(left, item));
};

const equalMaps = (left: SymbolicMap, right: SymbolicMap, depth: number): Tri => {
  if (left.open !== undefined || right.open !== undefined) return 'unknown';
  const keys = [...left.entries.keys()];
  if (left.entries.size !== right.entries.size || keys.some((key) => !right.entries.has(key))) return false;
  const same = allOf([...left.entries].map(([key, item]) => equals(item, right.entries.get(key) ?? item, depth)));
  return left.type === right.type ? same : unlessFalse(same);
};

/** A tuple is no list and an object no map, to Terraform; which of them a value is, is not always known here. */
const unlessFalse = (same: Tri): Tri => (same === false ? false : 'unknown');

const allOf = (all: readonly Tri[]): Tri => {
  if (all.includes(false)) return false;
  return all.every((one) => one === true) ? true : 'unknown';
};
