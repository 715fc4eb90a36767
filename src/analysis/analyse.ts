import type { AuthModel } from '../model/auth-model.ts';
import type { Connection, MatrixRow } from '../model/connection.ts';
import type { Subject, SubjectKind } from '../model/judgement.ts';
import type { ReferencesAt } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { findClients } from './clients.ts';
import { type JudgedConnection, judgeConnections } from './connections.ts';
import { findDefinitions } from './database-users.ts';
import { databaseFacts } from './databases.ts';
import { withDeclaredUsers } from './declared-users.ts';
import { type Given, nothingGiven } from './given.ts';
import { findGrants } from './grants.ts';
import { masterUses } from './master-uses.ts';
import { buildMatrix } from './matrix.ts';
import { userSubjects } from './named-users.ts';
import { indexConnections, pathSubjects } from './path-subjects.ts';
import { findHoldings } from './principals.ts';
import { proxyFacts } from './proxies.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { proxyRoleTest } from './proxy-roles.ts';
import { push } from './push.ts';
import { buildSubjects } from './subjects.ts';
import { findUserMethods } from './users.ts';
import { buildWorld } from './world.ts';

/** What the analysis makes of the model. */
export type Analysis = {
  readonly matrix: readonly MatrixRow[];
  readonly connections: readonly Connection[];
  readonly subjects: readonly Subject[];
  /** Subjects of the kinds that only policies ask for which are off by default. */
  readonly later: ReadonlyMap<SubjectKind, () => readonly Subject[]>;
  /** Databases and proxies of the judged input. */
  readonly databases: number;
  readonly proxies: number;
  /** What guides are made from, where somebody asks for them. */
  readonly context: AnalysisContext;
  readonly judged: readonly JudgedConnection[];
};

/** Joins the model, judges every leg, and derives what policies read. */
export const analyse = (model: AuthModel, given: Given = nothingGiven, referencesAt?: ReferencesAt): Analysis => {
  const context = contextOf(model, given, referencesAt);
  const connections = judgeConnections(context);
  const matrix = buildMatrix(context);
  return {
    matrix,
    connections: connections.map(({ connection }) => connection),
    subjects: buildSubjects(context, connections),
    later: new Map([
      ['path', () => pathSubjects(context, matrix)],
      ['user', () => userSubjects(context, connections)],
      ['masterUse', () => masterUses(context, indexConnections(connections))],
    ]),
    databases: context.world.model.databases.filter(({ judged }) => judged).length,
    proxies: context.world.model.proxies.filter(({ judged }) => judged).length,
    context,
    judged: connections,
  };
};

/** What policies judge, with what only those of some kinds ask for. */
export const subjectsFor = ({ subjects, later }: Analysis, kinds: ReadonlySet<SubjectKind>): readonly Subject[] => [
  ...subjects,
  ...[...later].flatMap(([kind, make]) => (kinds.has(kind) ? make() : [])),
];

/** The connections alone, of a moment to which others are compared. */
export const analyseConnections = (
  model: AuthModel,
  given: Given = nothingGiven,
  referencesAt?: ReferencesAt,
): readonly Connection[] => judgeConnections(contextOf(model, given, referencesAt)).map(({ connection }) => connection);

const contextOf = (model: AuthModel, given: Given, referencesAt?: ReferencesAt): AnalysisContext => {
  const world = buildWorld(model, referencesAt);
  const holdings = findHoldings(world);
  const databases = new Map(world.model.databases.map((database) => [database.id, databaseFacts(world, database)]));
  const proxies = world.model.proxies.flatMap((proxy) => proxyFacts(world, holdings, databases, proxy));
  const pairs = new Map<string, ProxyFacts[]>();
  for (const facts of proxies) push(pairs, facts.proxy.id, facts);
  const pairsOf = (id: string): readonly ProxyFacts[] => pairs.get(id) ?? [];
  const proxyRole = proxyRoleTest(proxies);
  const grants = findGrants(world, holdings, proxyRole);
  const methods = findUserMethods(databases, proxies, pairsOf, grants);
  return {
    world,
    holdings,
    databases,
    proxies,
    pairsOf,
    proxyRole,
    grants,
    methods,
    clients: findClients(world),
    definitions: withDeclaredUsers(findDefinitions(world), world.model.databases, given.users),
    declared: given.users,
    assumed: given.assume,
  };
};
