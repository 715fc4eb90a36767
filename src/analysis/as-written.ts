import type { Reference, Value } from '../model/value.ts';
import type { NamedEndpoint } from './grant-endpoint.ts';
import { canonicalId } from './join.ts';
import type { World } from './world.ts';

/** Of several that are called the same, those whose attribute the text was put together from, where the source says. */
export const asWritten = (
  world: World,
  named: readonly NamedEndpoint[],
  pattern: Value<string>,
): readonly NamedEndpoint[] => {
  const references = referencesAsWritten(pattern);
  const meant = new Map(references.map((reference) => [canonicalId(reference.resource, world.aliases), reference]));
  const own = named.filter(({ endpoint }) => meant.has(endpoint.entity.id));
  return (own.length > 0 ? own : named).map((one) => placedAt(one, meant.get(one.endpoint.entity.id)?.place));
};

const referencesAsWritten = (pattern: Value<string>): readonly Reference[] => {
  if (pattern.kind === 'known') return pattern.references ?? [];
  if (pattern.kind === 'absent') return [];
  return (pattern.template ?? []).filter((part) => typeof part !== 'string' && !('computed' in part)) as Reference[];
};

/** What names the wrong attribute is the piece of the text that takes it in, and not the whole of it. */
const placedAt = (named: NamedEndpoint, place: Reference['place']): NamedEndpoint => {
  const { holds: right, origins } = named.namesResourceId;
  const [first, ...others] = origins;
  if (right !== false || place === undefined || first === undefined) return named;
  return { ...named, namesResourceId: { ...named.namesResourceId, origins: [{ ...first, ...place }, ...others] } };
};
