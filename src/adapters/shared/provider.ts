import { type Origin, type Value, known, unknown } from '../../model/value.ts';
import { valueFrom, wantedText } from '../../terraform/from-source.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import type { Symbolic } from '../../terraform/hcl/symbolic.ts';
import { isSensitive, toJson } from '../../terraform/hcl/values.ts';
import { type Json, type JsonObject, arrayAt, isObject, objectAt, stringAt } from '../../terraform/json.ts';
import { isConstant } from '../../terraform/plan/json-syntax.ts';
import { type Scope, constantOf, followExpression, scopeOf } from '../../terraform/plan/references.ts';
import { locationInSource } from '../../terraform/source-document.ts';
import { originOf, viewOf } from '../../terraform/values.ts';

export const providerKey = (resource: GraphResource): string | undefined =>
  stringAt(resource.config ?? undefined, 'provider_config_key');

const providerOf = (resource: GraphResource): JsonObject | undefined =>
  objectAt(resource.document.providers, providerKey(resource) ?? resource.type.split('_')[0] ?? '');

/** What the configuration of a resource's provider sets an argument to; of a block in it by `block.name`. */
const providerExpression = (resource: GraphResource, path: string): Json | undefined => {
  const [outer = '', inner] = path.split('.');
  const expressions = objectAt(providerOf(resource), 'expressions');
  if (inner === undefined) return expressions?.[outer];
  // Roles are assumed one after another: the last is what works.
  const block = arrayAt(expressions, outer).at(-1);
  return isObject(block) ? block[inner] : undefined;
};

/** The same as the text has it, where one was read. */
const writtenArgument = (resource: GraphResource, name: string): Symbolic | undefined =>
  resource.document.source?.providerArgument(locationInSource(resource), name);

/**
 * An argument of the provider that is known; undefined where it is not, or not set. Of what a variable gives only a part
 * the plan shows the variable: who reads it must know such a part from the whole.
 */
export const knownArgument = (resource: GraphResource, name: string): Json | undefined => {
  const written = writtenArgument(resource, name);
  const text = written === undefined || isSensitive(written) ? undefined : toJson(written);
  return text ?? constantOf(providerExpression(resource, name), providerScope(resource))?.value;
};

/** The module that configures the provider, which may be one above the resource's. */
const providerScope = (resource: GraphResource): Scope => {
  const { modules, root } = resource.document;
  const module = modules.get(stringAt(providerOf(resource), 'module_address') ?? '') ?? root;
  return { ...scopeOf(resource), module };
};

const rdsHost = /^(?:\w+:\/\/)?[\w.-]+\.rds\.amazonaws\.com(?:\.cn)?(?::\d+)?$/;

/**
 * An argument of the provider that names a host. A plan keeps no value of it, only what it refers to; a variable may be
 * only a part of the expression, and counts where it is the host of a database as a whole. Unset is unknown too: then
 * the environment says.
 */
export const providerHost = (resource: GraphResource, name: string): Value<string> => {
  const origin = originOf(viewOf(resource), 'provider');
  const written = writtenArgument(resource, name);
  if (written !== undefined) {
    const value = valueFrom(written, origin, wantedText);
    return value.kind === 'known' ? hostIn(value.value, origin) : value;
  }
  const expression = providerExpression(resource, name);
  const scope = providerScope(resource);
  const constant = constantOf(expression, scope)?.value;
  if (typeof constant === 'string' && (isConstant(expression) || rdsHost.test(constant)))
    return hostIn(constant, origin);
  const { references, trailEnds } = followExpression(expression, scope);
  return unknown(origin, references, trailEnds);
};

const hostIn = (text: string, origin: Origin): Value<string> => {
  const host = text.replace(/^\w+:\/\//, '').replace(/:\d+$/, '');
  return host === '' ? unknown(origin) : known(host, origin);
};
