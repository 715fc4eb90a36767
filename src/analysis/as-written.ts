import { textReferencesOf } from '../iam/connect-resource.ts';
import type { Reference, Value } from '../model/value.ts';
import type { NamedEndpoint } from './grant-endpoint.ts';
import { canonicalId } from './join.ts';
import type { World } from './world.ts';

/**
 * Of several that are called the same, those whose attribute the text was made from, where the source says: the part that
 * names them, or else all of the text.
 */
export const asWritten = (
  world: World,
  named: readonly NamedEndpoint[],
  pattern: Value<string>,
  inName: readonly Reference[] = [],
): readonly NamedEndpoint[] => {
  const byId = (references: readonly Reference[]): ReadonlyMap<string, Reference> =>
    new Map(references.map((reference) => [canonicalId(reference.resource, world.aliases), reference]));
  const meant = [byId(inName), byId(referencesAsWritten(pattern))];
  for (const references of meant) {
    const own = named.filter(({ endpoint }) => references.has(endpoint.entity.id));
    if (own.length > 0) return own.map((one) => placedAt(one, references.get(one.endpoint.entity.id)?.place));
  }
  return named;
};

const referencesAsWritten = (pattern: Value<string>): readonly Reference[] => [
  ...textReferencesOf(pattern),
  ...(pattern.kind === 'unknown' ? (pattern.template ?? []) : []).filter(isReference),
];

const isReference = (part: unknown): part is Reference =>
  typeof part === 'object' && part !== null && !('computed' in part);

/**
 * What names the wrong attribute is the piece of the text that takes it in, and not the whole of it. One that stands in a
 * file of its own, which `templatefile` reads, is found from the resource.
 */
const placedAt = (named: NamedEndpoint, place: Reference['place']): NamedEndpoint => {
  const { holds: right, origins } = named.namesResourceId;
  const [first, ...others] = origins;
  if (right !== false || place === undefined || first === undefined || place.file !== first.file) return named;
  return { ...named, namesResourceId: { ...named.namesResourceId, origins: [{ ...first, ...place }, ...others] } };
};
