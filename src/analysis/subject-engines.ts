import type { Database } from '../model/auth-model.ts';
import type { Subject } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { JudgedConnection } from './connections.ts';
import { enginesOfFamily } from './engines.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { push } from './push.ts';

/** The engines that a database can have; null where nobody can see. */
export type Engines = readonly string[] | null;

/**
 * For each database that a subject is about the engines that it can have: of a proxy those of its targets, of its endpoints
 * and targets the same, of a grant or client those of its endpoint. Made where a configuration selects by engine, and nowhere else.
 */
export const enginesIn = (
  context: AnalysisContext,
  connections: readonly JudgedConnection[],
): ((subject: Subject) => readonly Engines[]) => {
  const known = new Map<string, Engines[]>();
  for (const { database } of context.databases.values()) known.set(database.address, [enginesOf(database)]);
  for (const facts of context.proxies) addProxy(known, facts);
  const { proxyEndpoints, proxyTargets } = context.world.model;
  for (const { address, proxyName } of [...proxyEndpoints, ...proxyTargets]) {
    const join = context.world.findProxy(proxyName);
    known.set(address, join.kind === 'one' ? (known.get(join.entity.address) ?? unseen) : unseen);
  }
  for (const { draft } of connections) {
    const definition = context.definitions.find(draft.database?.database.id ?? '', draft.user);
    if (definition !== undefined && draft.database !== null && !known.has(definition.at.address)) {
      push(known, definition.at.address, enginesOf(draft.database.database));
    }
  }
  return (subject) => known.get(endpointOf(subject)) ?? known.get(subject.address) ?? otherwise(subject);
};

const unseen: Engines[] = [null];

/** An exception to a policy is about no database. */
const otherwise = ({ kind }: Subject): readonly Engines[] => (kind === 'waiver' ? [] : unseen);

const enginesOf = ({ engine }: Database): Engines => {
  const name = literal(engine);
  return name === undefined ? null : [name];
};

/** The proxy itself, and the role and the secrets that it uses. */
const addProxy = (known: Map<string, Engines[]>, facts: ProxyFacts): void => {
  const { proxy, target, role, auth } = facts;
  const own = target?.kind === 'database' ? enginesOf(target.facts.database) : null;
  const engines = own ?? enginesOfFamily(literal(proxy.engineFamily));
  push(known, proxy.address, engines);
  if (role.kind === 'principal') push(known, role.principal.address, engines);
  for (const { link } of auth) if (link.kind === 'managed') push(known, link.secret.address, engines);
};

/** What a grant, a client, a record or a port is for. */
const endpointOf = ({ attributes }: Subject): string => {
  const attribute = attributes['endpoint'] ?? attributes['proxy'];
  return attribute?.kind === 'text' ? attribute.text : '';
};
