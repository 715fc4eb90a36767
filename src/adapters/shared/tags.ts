import { literal } from '../../model/value.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import { mapArgument, rawValue, viewOf } from '../../terraform/values.ts';
import { flagAt } from '../../terraform/view.ts';

/** The tags of a resource; null stands for a value that is not in view. */
export type TagsInView = {
  readonly values: ReadonlyMap<string, string | null>;
  /** False where it may have tags that nobody can see. */
  readonly complete: boolean;
};

/**
 * The tags that the resource at an address will have: `tags_all`, which holds the provider's `default_tags` as well, and
 * where that is known after apply, those of `tags`, which win over the defaults.
 */
export const tagsIn =
  (graph: ResourceGraph) =>
  (address: string): TagsInView => {
    const resource = graph.byId(address);
    return resource === undefined ? { values: new Map(), complete: true } : tagsOf(resource);
  };

const tagsOf = (resource: GraphResource): TagsInView => {
  const view = viewOf(resource);
  const own = mapArgument(view, 'tags');
  const isOpen = flagAt(view.unknown, 'tags_all') === true;
  const hasAll = !isOpen && rawValue(view, 'tags_all') !== undefined;
  const entries = hasAll ? mapArgument(view, 'tags_all') : own;
  return {
    values: new Map(entries.flatMap(({ key, value }) => (key === null ? [] : [[key, literal(value) ?? null]]))),
    complete: !isOpen && entries.every(({ key }) => key !== null),
  };
};
