import type { Alias } from '../model/auth-model.ts';
import { type Known, type Reference, type TemplatePart, type Unknown, type Value, known } from '../model/value.ts';
import { providerPlace } from './provider-place.ts';
import { push } from './push.ts';

/** Something that values may name, and the attributes by which they do. */
export type Candidate<T> = {
  readonly id: string;
  readonly entity: T;
  /** Attribute paths whose reference means this entity. */
  readonly paths: readonly string[];
  /** Texts that mean it, as far as they are known. */
  readonly texts: readonly Value<string>[];
};

/** What a value names. */
export type Join<T> =
  | { readonly kind: 'one'; readonly entity: T }
  /** One of several, and the plan does not say which. */
  | { readonly kind: 'some'; readonly entities: readonly T[] }
  /** A text that names nothing in view. */
  | { readonly kind: 'outside'; readonly text: string }
  | { readonly kind: 'unknown'; readonly references: readonly Reference[]; readonly trailEnds: readonly string[] }
  | { readonly kind: 'absent' };

/** Resolves attributes that stand for others: a version's `secret_id`, a data source's `arn`. */
export type Aliases = {
  readonly values: ReadonlyMap<string, Value<string>>;
  /** Data sources that read what is managed here, by id. */
  readonly same: ReadonlyMap<string, string>;
};

export const aliasMap = (aliases: readonly Alias[]): ReadonlyMap<string, Value<string>> =>
  new Map(aliases.map((alias) => [`${alias.resource} ${alias.path}`, alias.value]));

const maximumHops = 16;

/** Follows aliases of an unknown value until it is known, or refers to nothing that stands for something else. */
export const throughAliases = (value: Value<string>, aliases: Aliases, hops = 0): readonly Value<string>[] => {
  if (value.kind !== 'unknown' || hops > maximumHops) return [value];
  const targets = value.references.map((reference) => aliases.values.get(`${reference.resource} ${reference.path}`));
  if (targets.every((target) => target === undefined)) return [value];
  const rest = value.references.filter((_, i) => targets[i] === undefined);
  const followed = targets.flatMap((target) => (target === undefined ? [] : throughAliases(target, aliases, hops + 1)));
  return rest.length === 0 ? followed : [...followed, { ...value, references: rest }];
};

/** Of several entities of one name, those in a region: names of databases and proxies are unique in one region. */
export const inRegion = <T extends { readonly region: Value<string> }>(
  join: Join<T>,
  region: Value<string>,
): Join<T> => {
  if (join.kind !== 'some' || region.kind !== 'known') return join;
  const here = join.entities.filter((entity) => entity.region.kind === 'known' && entity.region.value === region.value);
  const [only, more] = here;
  return only !== undefined && more === undefined ? { kind: 'one', entity: only } : join;
};

/** Candidates by what names them, so that a join costs no scan. */
export type CandidateIndex<T> = {
  readonly byId: ReadonlyMap<string, Candidate<T>>;
  readonly byText: ReadonlyMap<string, readonly Candidate<T>[]>;
  /** By texts that are not known yet: two are equal when their templates are. */
  readonly byTemplate: ReadonlyMap<string, readonly Candidate<T>[]>;
  /** The end of a text by which a candidate that does not exist yet is recognised; undefined for exact texts only. */
  readonly tailOf: (text: string) => string | undefined;
};

export const indexCandidates = <T>(
  candidates: readonly Candidate<T>[],
  tailOf: (text: string) => string | undefined = () => undefined,
): CandidateIndex<T> => {
  const byText = new Map<string, Candidate<T>[]>();
  const byTemplate = new Map<string, Candidate<T>[]>();
  for (const candidate of candidates) {
    for (const text of candidate.texts) {
      const template = templateKey(text);
      if (text.kind === 'known' && text.value !== '') push(byText, text.value, candidate);
      else if (template !== undefined) push(byTemplate, template, candidate);
    }
  }
  return { byId: new Map(candidates.map((candidate) => [candidate.id, candidate])), byText, byTemplate, tailOf };
};

/** What two texts that are known after apply have in common when they are equal; undefined where nobody can say. */
const templateKey = (value: Value<string>): string | undefined => {
  const template = value.kind === 'unknown' ? value.template : undefined;
  return template === undefined || template.some(isComputed) ? undefined : JSON.stringify(template.map(partKey));
};

const isComputed = (part: TemplatePart): boolean => typeof part !== 'string' && 'computed' in part;

const partKey = (part: TemplatePart): unknown =>
  typeof part === 'string' || 'computed' in part ? part : [part.resource, part.path];

export const joinValue = <T>(value: Value<string>, index: CandidateIndex<T>, aliases: Aliases): Join<T> => {
  const values = throughAliases(withoutPartition(value), aliases);
  const found = [...new Set(values.flatMap((item) => candidatesFor(item, index, aliases)))];
  if (found.length === 1 && found[0] !== undefined) return { kind: 'one', entity: found[0].entity };
  if (found.length > 1) return { kind: 'some', entities: found.map((candidate) => candidate.entity) };
  const [first] = values;
  if (first === undefined || first.kind === 'absent') return { kind: 'absent' };
  if (first.kind === 'known') return { kind: 'outside', text: first.value };
  return { kind: 'unknown', references: first.references, trailEnds: first.trailEnds };
};

/** Nothing is told apart by its partition, so that a template of which that alone is unknown is as good as a text. */
const withoutPartition = (value: Value<string>): Value<string> => {
  if (value.kind !== 'unknown' || value.template === undefined || value.template.length < 2) return value;
  const texts = value.template.map((part) => (typeof part === 'string' ? part : isPartition(part) ? 'aws' : null));
  return texts.includes(null) ? value : known(texts.join(''), value.origin);
};

const isPartition = (part: Exclude<TemplatePart, string>): boolean =>
  !('computed' in part) && providerPlace(part) === 'partition';

const candidatesFor = <T>(
  value: Value<string>,
  index: CandidateIndex<T>,
  aliases: Aliases,
): readonly Candidate<T>[] => {
  if (value.kind === 'absent') return [];
  if (value.kind === 'known') return namedByText(value, index);
  const found = namedIn(value).flatMap((reference) => namedBy(reference, index, aliases));
  if (found.length > 0 || value.template === undefined) return found;
  const equal = nearest(index.byTemplate.get(templateKey(value) ?? '') ?? [], value.origin.document ?? 0);
  return equal.length > 0 ? equal : byTail(value.template, value, index, aliases);
};

const namedByText = <T>({ value, origin }: Known<string>, index: CandidateIndex<T>): readonly Candidate<T>[] => {
  const tail = index.tailOf(value);
  const named = index.byText.get(value) ?? (tail === undefined ? [] : (index.byText.get(tail) ?? []));
  return nearest(named, origin.document ?? 0);
};

const namedBy = <T>(reference: Reference, index: CandidateIndex<T>, aliases: Aliases): readonly Candidate<T>[] => {
  const candidate = index.byId.get(canonicalId(reference.resource, aliases));
  const path = reference.path.replace(elementOfIds, '');
  const named = candidate !== undefined && (path === '' || candidate.paths.includes(path));
  return named ? [candidate] : [];
};

/** A text that only holds an attribute does not name what the attribute names, unless it is an ARN that ends in it. */
const namedIn = ({ references, template }: Unknown): readonly Reference[] => {
  if (template === undefined || template.length === 1) return references;
  const [first, last] = [template[0], template.at(-1)];
  const isArn = typeof first === 'string' && first.startsWith('arn:');
  return isArn && last !== undefined && typeof last !== 'string' && !('computed' in last) ? [last] : [];
};

/** An element of a list of ids means the same as the list; `arn[6]` is no element, but a piece of a text. */
const elementOfIds = /(?<=_ids)\[\d+\]$/;

/** An ARN whose account or partition is not known is recognised by the name that it ends in, as one that is known. */
const byTail = <T>(
  template: readonly TemplatePart[],
  { origin }: Value<string>,
  index: CandidateIndex<T>,
  aliases: Aliases,
): readonly Candidate<T>[] => {
  const tail = index.tailOf(template.map((part) => (typeof part === 'string' ? part : hole)).join(''));
  if (tail === undefined) return [];
  if (!tail.includes(hole)) return nearest(index.byText.get(tail) ?? [], origin.document ?? 0);
  const last = template.at(-1);
  if (last === undefined || typeof last === 'string' || 'computed' in last || tail !== `…/${hole}`) return [];
  const candidate = last.path === 'name' ? index.byId.get(canonicalId(last.resource, aliases)) : undefined;
  return candidate === undefined ? [] : [candidate];
};

const hole = '\ue000';

/** Names are unique in one input; another may hold the same once more. */
const nearest = <T>(candidates: readonly Candidate<T>[], document: number): readonly Candidate<T>[] => {
  const own = candidates.filter(({ id }) => documentOf(id) === document);
  if (own.length > 0) return own;
  const judged = candidates.filter(({ id }) => documentOf(id) === 0);
  return judged.length > 0 ? judged : candidates;
};

/** The number of the input that an id belongs to; 0 is the judged one. */
export const documentOf = (id: string): number => Number(/^@(\d+)\//.exec(id)?.[1] ?? 0);

export const canonicalId = (id: string, aliases: Aliases): string => aliases.same.get(id) ?? id;
