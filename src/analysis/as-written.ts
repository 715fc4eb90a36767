import { textReferencesOf } from '../iam/connect-resource.ts';
import type { Origin, Reference, Value } from '../model/value.ts';
import { type Form, formsOf } from './endpoint-forms.ts';
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
  return isAmbiguous(named) && pattern.origin.file === undefined ? asPlanned(world, named, pattern.origin) : named;
};

const isAmbiguous = (named: readonly NamedEndpoint[]): boolean =>
  named.some(({ endpoint }) => endpoint.entity.id !== named[0]?.endpoint.entity.id);

/**
 * A plan keeps what the expression of all of a policy refers to. One that takes in what some of them are called by, and
 * nothing of the others, means those.
 */
const asPlanned = (world: World, named: readonly NamedEndpoint[], origin: Origin): readonly NamedEndpoint[] => {
  const references = world.referencesAt(origin);
  if (references === undefined) return named;
  const forms = references.flatMap((reference) => formsOf(world, reference));
  const touched = new Set([
    ...references.map(({ resource }) => canonicalId(resource, world.aliases)),
    ...forms.map(({ endpoint }) => endpoint.entity.id),
  ]);
  const own = named.filter(({ endpoint }) => touched.has(endpoint.entity.id));
  const isMeant = own.some(({ endpoint: { entity } }) =>
    forms.some(({ endpoint, form }) => endpoint.entity.id === entity.id && isOfName(form)),
  );
  return isMeant ? own : named;
};

const isOfName = (form: Form): boolean => form.startsWith('name') || form.startsWith('identifier');

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
