import type { Client, Principal } from '../model/auth-model.ts';
import { type Value, literal } from '../model/value.ts';
import { type HostUse, usesOfHosts } from './hosts.ts';
import type { Join } from './join.ts';
import { push } from './push.ts';
import type { World } from './world.ts';

/** A client with what it runs as, and what its environment tells it to connect to. */
export type ClientFacts = {
  readonly client: Client;
  readonly role: Join<Principal>;
  readonly executionRole: Join<Principal>;
  readonly uses: readonly HostUse[];
  /** False where it may be told of an endpoint that nobody can see. */
  readonly usesComplete: boolean;
};

export type ClientIndex = {
  readonly all: readonly ClientFacts[];
  /** Clients that run as a role, by its id; of several roles that it may be, under each. */
  readonly withRole: (principalId: string) => readonly ClientFacts[];
  /** ECS tasks that are started with a role, and do not run as it. */
  readonly startedWith: (principalId: string) => readonly ClientFacts[];
  /** Clients that use an endpoint for certain, by its id. */
  readonly of: (endpointId: string) => readonly ClientFacts[];
  /** Clients whose role is known after apply: any of them may be any. */
  readonly astray: readonly ClientFacts[];
};

export const findClients = (world: World): ClientIndex => {
  const all = world.model.clients.map((client) => clientFacts(world, client));
  const withRole = new Map<string, ClientFacts[]>();
  const startedWith = new Map<string, ClientFacts[]>();
  const byEndpoint = new Map<string, ClientFacts[]>();
  for (const facts of all) {
    for (const id of idsOf(facts.role)) push(withRole, id, facts);
    for (const id of idsOf(facts.executionRole)) push(startedWith, id, facts);
    const used = facts.uses.filter(({ certain }) => certain).map(({ endpoint }) => endpoint.entity.id);
    for (const id of new Set(used)) push(byEndpoint, id, facts);
  }
  return {
    all,
    withRole: (id) => withRole.get(id) ?? [],
    startedWith: (id) => startedWith.get(id) ?? [],
    of: (id) => byEndpoint.get(id) ?? [],
    astray: all.filter(({ role }) => role.kind === 'unknown'),
  };
};

const idsOf = (join: Join<Principal>): readonly string[] => {
  if (join.kind === 'one') return [join.entity.id];
  return join.kind === 'some' ? join.entities.map(({ id }) => id) : [];
};

const clientFacts = (world: World, client: Client): ClientFacts => {
  const { uses, complete } = usesOfHosts(client.hosts, world.findHost);
  return {
    client,
    role: findRole(world, client.role),
    executionRole: findRole(world, client.executionRole),
    uses,
    usesComplete: complete,
  };
};

/** Some clients name their role by its ARN, others by its name. */
const findRole = (world: World, value: Value<string>): Join<Principal> => {
  const byArn = world.findRoleByArn(value);
  if (byArn.kind === 'one' || byArn.kind === 'some' || literal(value)?.startsWith('arn:') === true) return byArn;
  const byName = world.findPrincipal(value, 'role');
  return byName.kind === 'one' || byName.kind === 'some' ? byName : byArn;
};
