import type { Principal } from '../model/auth-model.ts';
import type { Tri } from '../model/value.ts';
import type { Holder } from './principals.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { assumableByRds } from './trust.ts';

/**
 * The role of a proxy, in view or not: then by the name in its ARN, by which policies in view name it too.
 * Where the plan does not say which role a proxy has (a local value stands between), every role that RDS may
 * assume may be it, and none of those is taken for a client.
 */
export const proxyRoleTest = (proxies: readonly ProxyFacts[]): ((holder: Holder) => Tri) => {
  const roles = proxies.map(({ role }) => role);
  const ids = new Set(roles.flatMap((role) => (role.kind === 'principal' ? [role.principal.id] : [])));
  const names = new Set(
    roles.flatMap((role) => (role.kind === 'outside' ? [role.text.slice(role.text.lastIndexOf('/') + 1)] : [])),
  );
  const open = roles.flatMap((role) => (role.kind === 'unknown' ? [role.among] : []));
  const mayBe = (principal: Principal): boolean =>
    open.some((among) => among === null || among.some(({ id }) => id === principal.id)) &&
    assumableByRds(principal).holds !== false;
  return (holder) => {
    if (holder.kind === 'outside') return holder.of === 'role' && names.has(holder.name);
    if (holder.kind !== 'principal' || holder.principal.kind !== 'role') return false;
    if (ids.has(holder.principal.id)) return true;
    return mayBe(holder.principal) ? 'unknown' : false;
  };
};

/** Who holds a policy, as far as a client may be meant. */
export type HeldBy = {
  readonly clients: readonly Holder[];
  /** Only roles of proxies hold it, or roles that may be one. */
  readonly forProxy: boolean;
  readonly mayBeClient: boolean;
};

export const splitHolders = (holders: readonly Holder[], proxyRole: (holder: Holder) => Tri): HeldBy => {
  const clients = holders.filter((holder) => proxyRole(holder) === false);
  return {
    clients,
    forProxy: holders.length > 0 && clients.length === 0,
    mayBeClient: holders.some((holder) => proxyRole(holder) !== true),
  };
};
