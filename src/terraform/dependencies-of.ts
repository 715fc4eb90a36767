import type { Dependencies } from './dependencies.ts';
import type { GraphResource } from './graph.ts';
import { plannedDependencies } from './plan/dependencies.ts';
import { locationInSource } from './source-document.ts';

const unseen: Dependencies = { resources: new Set(), complete: false };

/** What a resource waits for: as the plan tells, and what the plan does not keep as the text tells. */
export const dependenciesOf = (resource: GraphResource): Dependencies => {
  const { isSourceAlone, source } = resource.document;
  const planned = isSourceAlone ? unseen : plannedDependencies(resource);
  if (planned.complete || source === null) return planned;
  const written = source.dependencies(locationInSource(resource));
  return { resources: new Set([...planned.resources, ...written.resources]), complete: written.complete };
};
