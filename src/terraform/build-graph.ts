import type { GraphDocument, GraphResource, ResourceGraph } from './graph.ts';
import { type DocumentInput, type Moment, readDocument } from './plan/read-document.ts';

/**
 * Reads the judged document and its context into one graph, with only the resource types that are wanted. `moment` is of
 * the judged one: what its context will be is what the whole rests on, before and after.
 */
export const buildGraph = (
  inputs: readonly DocumentInput[],
  wanted: ReadonlySet<string>,
  moment: Moment = 'after',
): ResourceGraph => {
  const documents = inputs.map((input) => readDocument(input, wanted, input.index === 0 ? moment : 'after'));
  return graphOf(documents);
};

const graphOf = (documents: readonly GraphDocument[]): ResourceGraph => {
  const byType = new Map<string, GraphResource[]>();
  const byId = new Map<string, GraphResource>();
  for (const resource of documents.flatMap((document) => [...document.instances.values()].flat())) {
    byId.set(resource.id, resource);
    const key = `${resource.mode} ${resource.type}`;
    const group = byType.get(key);
    if (group === undefined) byType.set(key, [resource]);
    else group.push(resource);
  }
  return {
    documents,
    ofType: (type, mode = 'managed') => byType.get(`${mode} ${type}`) ?? [],
    byId: (id) => byId.get(id),
  };
};
