import type { Entity, EntityLists } from '../../model/auth-model.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import { originOf, viewOf } from '../../terraform/values.ts';

/** What adapters share: the graph, and where they say what they could not read. */
export type AdapterContext = { readonly graph: ResourceGraph; readonly report: (diagnostic: Diagnostic) => void };

/** Maps resources of some types into the model. It never skips one: what cannot be read becomes unknown. */
export type Adapter = {
  /** Resource types, managed and data alike, that the reader must keep. */
  readonly types: readonly string[];
  readonly adapt: (context: AdapterContext) => Partial<EntityLists>;
};

/** Set where nobody can say whether the resource is there. */
export const doubtOf = ({ mayBeMissing }: GraphResource): { readonly mayBeMissing?: true } =>
  mayBeMissing === true ? { mayBeMissing } : {};

export const entityOf = (resource: GraphResource): Entity => ({
  id: resource.id,
  address: resource.address,
  judged: resource.document.judged,
  managed: resource.mode === 'managed',
  origin: originOf(viewOf(resource)),
});
