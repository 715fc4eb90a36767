import type { Judgement, Subject } from '../model/judgement.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { judgeInVpc, judgeUse } from './client-network.ts';
import type { ClientFacts } from './clients.ts';
import type { JudgedConnection } from './connections.ts';
import { type UserDefinition, judgeDefinition, methodAt, methodMend } from './database-users.ts';
import { declaredMend } from './declared-users.ts';
import { findRecordUses } from './dns-records.ts';
import { inModuleOf } from './expressions.ts';
import type { HostUse } from './hosts.ts';
import { allOf, holds } from './judgement.ts';
import { step, steps } from './mend-blocks.ts';
import type { NetworkGap } from './network.ts';
import { networkMend } from './network-mend.ts';
import { findPortUses, portsOf } from './proxy-ports.ts';
import { judged, subjectOf, text, textLater } from './subject-attributes.ts';

/** What policies judge of clients, of the names and ports that they use, and of users inside databases. */
export const clientSubjects = (
  context: AnalysisContext,
  connections: readonly JudgedConnection[],
): readonly Subject[] => [
  ...portSubjects(context),
  ...networkSubjects(context),
  ...recordSubjects(context),
  ...userSubjects(context, connections),
];

const portSubjects = (context: AnalysisContext): readonly Subject[] =>
  findPortUses(context)
    .filter(({ proxy }) => proxy.judged)
    .map(({ address, proxy, port, mend, judgement }) =>
      subjectOf('proxyPort', address, {
        listens: judged(judgement),
        proxy: text(proxy.address),
        port: text(String(port)),
        portMend: text(mend),
      }),
    );

const networkSubjects = (context: AnalysisContext): readonly Subject[] =>
  context.clients.all
    .filter(({ client }) => client.judged && client.kind !== 'eks')
    .flatMap((facts) => facts.uses.filter(({ certain }) => certain).map((use) => networkSubject(context, facts, use)));

const networkSubject = (context: AnalysisContext, facts: ClientFacts, use: HostUse): Subject => {
  const { judgement, gap } = judgeUse(context.world, facts, use);
  const byGroups = isOpenOnOtherPort(context, facts, use) ? holds('') : judgement;
  return subjectOf('client', facts.client.address, {
    reachesEndpoint: judged(allOf([judgeInVpc(facts, use), byGroups])),
    groupsLetThrough: judged(byGroups),
    endpoint: text(use.endpoint.entity.address),
    networkMend: textLater(() => clientMend(context, facts, use, gap)),
  });
};

/** A function outside any VPC is put beside the proxy; elsewhere a rule is missing. */
const clientMend = (
  { world }: AnalysisContext,
  { client }: ClientFacts,
  { endpoint, proxyEndpoint }: HostUse,
  gap: NetworkGap | null,
): string => {
  const own = proxyEndpoint ?? endpoint.entity;
  if (client.inVpc === true) return networkMend(gap, client, own, world.model.standaloneRules);
  const expression = inModuleOf(client.address, own.address);
  return steps(
    step(`In ${client.address} write`, [
      'vpc_config {',
      `  subnet_ids         = ${expression}.vpc_subnet_ids`,
      `  security_group_ids = ${expression}.vpc_security_group_ids`,
      '}',
    ]),
    `and let these groups out to, and in from, each other on the port of ${own.address}.`,
  );
};

/** Where the groups open the port of the database instead of the proxy's, the rule that does has the fault. */
const isOpenOnOtherPort = (context: AnalysisContext, facts: ClientFacts, use: HostUse): boolean => {
  const [pair] = use.endpoint.kind === 'proxy' ? context.pairsOf(use.endpoint.entity.id) : [];
  const ports = pair === undefined ? null : portsOf(pair);
  return ports !== null && judgeUse(context.world, facts, use, ports.database).judgement.holds === true;
};

const recordSubjects = (context: AnalysisContext): readonly Subject[] =>
  findRecordUses(context).map(({ record, endpoint, standsForNoLogin, usedWithIam, hostExpression }) =>
    subjectOf('dnsRecord', record.address, {
      standsForNoLogin: judged(standsForNoLogin),
      usedWithIam: judged(usedWithIam),
      endpoint: text(endpoint.entity.address),
      hostExpression: text(hostExpression),
    }),
  );

const userSubjects = (context: AnalysisContext, connections: readonly JudgedConnection[]): readonly Subject[] => {
  const judgements = new Map<UserDefinition, Judgement[]>();
  for (const { draft } of connections) {
    const id = draft.database?.database.id ?? null;
    const definition = id === null ? undefined : context.definitions.find(id, draft.user);
    if (definition === undefined || !definition.at.judged) continue;
    const judgement = judgeDefinition(context.definitions, id, draft.user, methodAt(draft.path));
    if (judgement !== null) judgements.set(definition, [...(judgements.get(definition) ?? []), judgement]);
  }
  return [...judgements].map(([definition, all]) => ({
    ...subjectOf('databaseUser', definition.at.address, {
      usedAsDefined: judged(allOf(all)),
      user: text(definition.user),
      methodMend: textLater(() =>
        definition.declaredIn === undefined ? methodMend(definition) : declaredMend(definition),
      ),
    }),
    user: definition.user,
  }));
};
