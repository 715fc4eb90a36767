import type { Location } from '../../model/auth-model.ts';
import { type Value, absent, known, literal, unknown } from '../../model/value.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import { accountOfRole } from '../../terraform/role-account.ts';
import { attribute, isSet, originOf, viewOf } from '../../terraform/values.ts';
import { knownArgument, providerKey } from './provider.ts';

/** Region and account of a resource: what it states, what its ARN says, what its provider is configured with. */
export const locationOf = (graph: ResourceGraph, resource: GraphResource, arn: Value<string>): Location => {
  const [, , , arnRegion, arnAccount] = (literal(arn) ?? '').split(':');
  return {
    region: regionOf(resource, arnRegion),
    account: accountOf(graph, resource, arnAccount),
  };
};

const regionOf = (resource: GraphResource, arnRegion: string | undefined): Value<string> => {
  const view = viewOf(resource);
  const own = attribute(view, 'region');
  if (own.kind === 'known' || isSet(view, 'region')) return own;
  const origin = originOf(view, 'region');
  const text = arnRegion || providerRegion(resource);
  return text === undefined ? unknown(origin) : known(text, origin);
};

const accountOf = (graph: ResourceGraph, resource: GraphResource, arnAccount: string | undefined): Value<string> => {
  const origin = originOf(viewOf(resource), 'arn');
  const text = arnAccount || callerAccount(graph, resource) || accountByProvider(graph, resource);
  // Nothing states it: that is an assumption, not something that apply will decide.
  return text === undefined ? absent(origin) : known(text, origin);
};

const regionName = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;

/** A variable may be only a part of the expression: what comes out of it counts where it is a region. */
const providerRegion = (resource: GraphResource): string | undefined => {
  const constant = knownArgument(resource, 'region');
  return typeof constant === 'string' && regionName.test(constant) ? constant : undefined;
};

/** The one account that the provider is allowed to work in, or that of the role that it assumes. */
const statedAccount = (resource: GraphResource): string | undefined => {
  const allowed = knownArgument(resource, 'allowed_account_ids');
  if (Array.isArray(allowed) && allowed.length === 1 && typeof allowed[0] === 'string') return allowed[0];
  const role = knownArgument(resource, 'assume_role.role_arn');
  return typeof role === 'string' ? accountOfRole(role) : undefined;
};

const callerAccount = (graph: ResourceGraph, resource: GraphResource): string | undefined => {
  const key = providerKey(resource);
  return key === undefined ? undefined : identityIn(graph, resource, (data) => providerKey(data) === key);
};

/** Two providers that state the same account use one account, whatever one of them is told that it is. */
const accountByProvider = (graph: ResourceGraph, resource: GraphResource): string | undefined => {
  const stated = statedAccount(resource);
  if (stated === undefined) return undefined;
  return identityIn(graph, resource, (data) => statedAccount(data) === stated) ?? stated;
};

const identityIn = (
  graph: ResourceGraph,
  { document }: GraphResource,
  isIts: (data: GraphResource) => boolean,
): string | undefined => {
  const identity = graph
    .ofType('aws_caller_identity', 'data')
    .find((data) => data.document === document && isIts(data));
  return identity === undefined ? undefined : literal(attribute(viewOf(identity), 'account_id'));
};
