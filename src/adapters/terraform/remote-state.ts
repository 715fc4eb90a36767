import type { Alias } from '../../model/auth-model.ts';
import { type Origin, type Value, known, unknown } from '../../model/value.ts';
import { joinPath, renderKey } from '../../terraform/address.ts';
import type { GraphDocument, ResourceGraph } from '../../terraform/graph.ts';
import { type Json, type JsonObject, isObject, objectAt } from '../../terraform/json.ts';
import { followExpression } from '../../terraform/plan/references.ts';
import { isUnknown, viewOf } from '../../terraform/values.ts';
import type { Adapter } from '../shared/adapter.ts';

/** A text, and the path that a reference to it has. */
type Leaf = Pick<Alias, 'path' | 'value'>;

/** References keep the way in which they are written: `.app` or `["app"]`. */
const below = (paths: readonly string[], key: string): readonly string[] =>
  paths.flatMap((path) => [joinPath(path, key), `${path}${renderKey(key)}`]);

/** The texts in an output: `outputs.secrets.app`. */
const leavesOf = (value: Json | undefined, paths: readonly string[], origin: Origin): readonly Leaf[] => {
  if (typeof value === 'string') return leavesAt(paths, known(value, origin));
  if (Array.isArray(value)) {
    return value.flatMap((item, i) =>
      leavesOf(
        item,
        paths.map((path) => `${path}${renderKey(i)}`),
        origin,
      ),
    );
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, below(paths, key), origin));
};

const leavesAt = (paths: readonly string[], value: Value<string>): readonly Leaf[] =>
  paths.map((path) => ({ path, value }));

/** What an output is, or what it will be made of. The value of a sensitive one is not read. */
const outputLeaves = (document: GraphDocument, name: string, node: JsonObject): readonly Leaf[] => {
  const paths = below(['outputs'], name);
  const origin = { address: `output.${name}`, path: '', document: document.index };
  if (node['value'] !== undefined) return node['sensitive'] === true ? [] : leavesOf(node['value'], paths, origin);
  const expression = objectAt(document.root.config?.outputs, name)?.['expression'];
  const trail = followExpression(expression, { document, module: document.root, key: null, forEach: undefined });
  return trail.references.length === 0 ? [] : leavesAt(paths, unknown(origin, trail.references, trail.trailEnds));
};

/**
 * No plan says which state a data source will read: an output of a name that exactly one context input has is taken to
 * be the one.
 */
const contextLeaves = ({ documents }: ResourceGraph, own: GraphDocument): readonly Leaf[] => {
  const others = documents.filter((document) => !document.judged && document !== own);
  const names = new Set(others.flatMap((document) => Object.keys(document.outputs)));
  return [...names].flatMap((name) => {
    const [only, more] = others.filter((document) => document.outputs[name] !== undefined);
    const node = objectAt(only?.outputs, name);
    return only === undefined || more !== undefined || node === undefined ? [] : outputLeaves(only, name, node);
  });
};

/**
 * The outputs of another workspace: a way from what the judged one says to what a context input shows. Of a data source
 * that was read while planning the plan shows the values wherever they are used.
 */
export const remoteState: Adapter = {
  types: ['terraform_remote_state'],
  adapt: ({ graph }) => ({
    aliases: graph
      .ofType('terraform_remote_state', 'data')
      .filter((resource) => isUnknown(viewOf(resource), 'outputs'))
      .flatMap(({ id, document }) => contextLeaves(graph, document).map((leaf) => ({ resource: id, ...leaf }))),
  }),
};
