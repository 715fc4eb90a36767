import type { Tri } from '../model/value.ts';
import type { ClientIndex } from './clients.ts';
import type { UserDefinitions } from './database-users.ts';
import type { DatabaseFacts } from './databases.ts';
import type { Given } from './given.ts';
import type { GrantSet } from './grants.ts';
import type { Holder } from './holders.ts';
import type { Holdings } from './principals.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { UserMethods } from './users.ts';
import type { World } from './world.ts';

/** Everything that legs, matrix and subjects are read from. */
export type AnalysisContext = {
  readonly world: World;
  readonly holdings: Holdings;
  readonly databases: ReadonlyMap<string, DatabaseFacts>;
  readonly proxies: readonly ProxyFacts[];
  /** A proxy with each of its targets, by the id of the proxy. */
  readonly pairsOf: (proxyId: string) => readonly ProxyFacts[];
  /** Whether a holder is the role of a proxy. */
  readonly proxyRole: (holder: Holder) => Tri;
  readonly grants: GrantSet;
  readonly methods: UserMethods;
  readonly clients: ClientIndex;
  readonly definitions: UserDefinitions;
  /** Users that a configuration of this program declares. */
  readonly declared: Given['users'];
  /** Legs that a configuration of this program takes as given. */
  readonly assumed: Given['assume'];
};
