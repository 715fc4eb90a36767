import { isOfOtherService, parseConnectResource, referencesInPart } from '../iam/connect-resource.ts';
import { hasEffect } from '../iam/evaluate.ts';
import type { Entity, PolicyCarrier } from '../model/auth-model.ts';
import type { IamStatement } from '../model/iam.ts';
import type { Origin, Unknown } from '../model/value.ts';
import { classifyActions } from './connect-action.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { endpointsInReferences } from './grant-endpoint.ts';
import type { Holder } from './principals.ts';
import type { HeldBy } from './proxy-roles.ts';
import type { World } from './world.ts';

/** A policy that nobody can read and that refers to an endpoint: it may grant a login. */
export type OpaqueGrant = {
  readonly carrier: Entity;
  readonly endpoint: ConnectEndpoint;
  readonly holders: readonly Holder[];
  /** Another instance of the policy may mean it instead. */
  readonly oneOfSeveral: boolean;
  readonly origin: Origin;
};

/** `astray` where a policy might grant a login at any endpoint. */
type Undecoded = { readonly opaque: readonly OpaqueGrant[]; readonly astray: boolean };

/**
 * What a policy may grant that the plan does not keep. A role that may be a proxy's makes no connection; but as it
 * may be a client's too, all that it holds suppresses guesses at who logs in.
 */
export const undecodedOf = (world: World, carrier: PolicyCarrier, held: HeldBy, decoded: number): Undecoded => {
  if (held.forProxy && !held.mayBeClient) return { opaque: [], astray: false };
  const found = findUndecoded(world, carrier, held.clients);
  return held.forProxy ? { opaque: [], astray: found.astray || decoded + found.opaque.length > 0 } : found;
};

const findUndecoded = (world: World, carrier: PolicyCarrier, holders: readonly Holder[]): Undecoded => {
  const loses = carrier.document.statements.some((statement) => losesEndpoint(world, statement));
  if (carrier.document.complete) return { opaque: [], astray: loses };
  const named = opaqueGrants(world, carrier, holders);
  const opaque = named.filter(({ oneOfSeveral }) => !oneOfSeveral);
  const lost = opaque.length < named.length || (named.length === 0 && mayNameAnything(carrier));
  return { opaque, astray: loses || lost };
};

/** A login grant whose resource the plan does not keep may be for any endpoint. */
const losesEndpoint = (world: World, statement: IamStatement): boolean => {
  const { kind } = classifyActions(statement.actions);
  if ((kind !== 'connect' && kind !== 'unknown') || hasEffect(statement, 'Allow') === false) return false;
  const open = statement.resources.patterns.filter((pattern) => pattern.kind === 'unknown');
  return (
    !statement.resources.complete || open.some((pattern) => !isOfOtherService(pattern) && mayMeanAny(world, pattern))
  );
};

/** In a template the id alone tells the endpoint: a literal names one, or none in view. */
const mayMeanAny = (world: World, pattern: Unknown): boolean => {
  const resource = parseConnectResource(pattern);
  const isNamed = resource.kind === 'arn' && resource.id.every((part) => typeof part === 'string');
  const id = resource.kind === 'arn' ? resource.id : null;
  const references = id === null ? pattern.references : id.flatMap(referencesInPart);
  return !isNamed && endpointsInReferences(world, references).length === 0;
};

const mayNameAnything = ({ document }: PolicyCarrier): boolean =>
  document.references.length === 0 || document.trailEnds.length > 0;

/** References that almost only a login needs: a database's resource id, or anything that names a proxy. */
const opaqueGrants = (world: World, carrier: PolicyCarrier, holders: readonly Holder[]): readonly OpaqueGrant[] =>
  endpointsInReferences(world, carrier.document.references)
    .filter(({ endpoint, namesResourceId }) => endpoint.kind === 'proxy' || namesResourceId.holds !== false)
    .map(({ endpoint, oneOfSeveral = false }) => ({
      carrier,
      endpoint,
      holders,
      oneOfSeveral,
      origin: carrier.document.origin,
    }));
