import { type Origin, type Unknown, unknown } from '../model/value.ts';
import { joinPath } from './address.ts';
import { isWritten, placed } from './from-source.ts';
import type { GraphResource } from './graph.ts';
import { type Json, type JsonObject, arrayAt, isObject, objectAt } from './json.ts';
import { type Origins, joinOrigins } from './origins.ts';
import { isConstant } from './plan/json-syntax.ts';
import { followExpression, scopeOf } from './plan/references.ts';
import type { SourceBody } from './source.ts';

/** A resource, or one of its nested blocks, with what the configuration says of it. */
export type View = {
  readonly resource: GraphResource;
  /** Attribute path of the block; empty for the resource itself. */
  readonly path: string;
  readonly values: JsonObject;
  readonly unknown: Json;
  readonly sensitive: Json;
  /** The configuration blocks that may have made it; empty where the plan keeps none (`dynamic`, states). */
  readonly nodes: readonly JsonObject[];
  /** The text that made it; null where none was read, or nobody can say which part of it did. */
  readonly source: SourceBody | null;
};

export const viewOf = (resource: GraphResource): View => ({
  resource,
  path: '',
  values: resource.values,
  unknown: resource.unknown,
  sensitive: resource.sensitive,
  // A resource without any argument has a node, and no expressions in it.
  nodes: resource.config === null ? [] : [objectAt(resource.config, 'expressions') ?? {}],
  source: resource.source,
});

export const originOf = (view: View, name = ''): Origin => {
  const { resource, path, source } = view;
  const origin = {
    address: resource.address,
    path: name === '' ? path : joinPath(path, name),
    ...(resource.document.index === 0 ? {} : { document: resource.document.index }),
  };
  if (source === null) return origin;
  const attribute = name === '' ? undefined : source.attribute(name);
  const at = placed(origin, attribute?.place ?? source.place, source.calls);
  const given = attribute?.given;
  return given === undefined ? at : { ...at, given };
};

/** A flag that is no flag may hide anything: it is read as set. */
export const flagAt = (tree: Json, name: string): Json | undefined => {
  if (typeof tree === 'boolean') return tree;
  if (!isObject(tree)) return true;
  const flag = tree[name];
  return flag === undefined || typeof flag === 'boolean' || (typeof flag === 'object' && flag !== null) ? flag : true;
};

const isExpression = (value: Json | undefined): boolean =>
  value === undefined || (isObject(value) && (value['references'] === undefined || Array.isArray(value['references'])));

export const trailOf = (view: View, name: string): Origins => {
  if (!view.nodes.every((node) => isExpression(node[name]))) misread(view, name);
  return joinOrigins(view.nodes.map((node) => followExpression(node[name], scopeOf(view.resource))));
};

/** Not what the provider's schema has there, so nobody can say what it means. */
export const misread = (view: View, name: string): Unknown => {
  const origin = originOf(view, name);
  view.resource.document.faults.add({ place: origin.path, address: origin.address, problem: 'type' });
  return unknown(origin);
};

/**
 * False also for `x = null`, and for `x = var.x` where the variable is null: an expression of which everything is known,
 * and whose value is not, leaves the choice to the provider.
 */
export const isSetToSomething = (view: View, name: string): boolean => {
  if (view.source === null) return isSetInPlan(view, name);
  const attribute = view.source.attribute(name);
  const [node, more] = view.nodes;
  const isKept = node !== undefined && more === undefined && !view.resource.document.isSourceAlone;
  // A text that was changed since: the plan keeps what it was made of.
  if (isKept && (attribute === undefined) !== (node[name] === undefined)) return isSetInPlan(view, name);
  return isWritten(attribute);
};

const isSetInPlan = (view: View, name: string): boolean =>
  view.nodes.some((node) => {
    const expression = node[name];
    if (expression === undefined || isConstant(expression)) return false;
    const { references, trailEnds } = followExpression(expression, scopeOf(view.resource));
    return arrayAt(expression, 'references').length === 0 || references.length > 0 || trailEnds.length > 0;
  });

/** Only a create takes the default for what is unset; later the value is what the object has. */
const isCreated = ({ resource }: View): boolean =>
  resource.mode === 'managed' && (resource.action === 'create' || resource.action === 'replace');

/** In a block that neither the text nor the configuration section shows, nobody can tell unset from unknown. */
export const isVisible = (view: View): boolean => view.source !== null || view.nodes.length > 0;

export const isUnset = (view: View, name: string): boolean =>
  (isCreated(view) || isNewBlock(view) || isReadFromText(view, name)) &&
  isVisible(view) &&
  !isSetToSomething(view, name);

/** In an object that exists, only a block that the plan adds has something unknown in it that nothing sets. */
const isNewBlock = ({ resource, path }: View): boolean => resource.mode === 'managed' && path !== '';

/** What a data source is asked for; what it answers is another matter. */
const isReadFromText = (view: View, name: string): boolean => isOfText(view) && !isComputed(view, name);

/** Whether the text alone says anything: there is no plan, or it calls the block unknown as a whole. */
export const isOfText = ({ resource, path, unknown: flags, source }: View): boolean =>
  resource.document.isSourceAlone || (path !== '' && flags === true && source !== null);

/** Whether the provider fills an argument, or block, that is not written. Asked only where there is no plan to tell. */
export const isComputed = ({ resource, path }: View, name: string): boolean =>
  path === '' && resource.document.computes(resource.mode, resource.type, name);
