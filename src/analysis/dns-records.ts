import { every, some } from '../iam/tri.ts';
import type { DnsRecord } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Tri, literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { ClientFacts } from './clients.ts';
import { takesIam } from './databases.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { isPrincipalAmong } from './holders.ts';
import type { HostUse } from './hosts.ts';
import { fails, holds, undecided } from './judgement.ts';

/** A DNS record that stands for an endpoint. */
export type RecordUse = {
  readonly record: DnsRecord;
  readonly endpoint: ConnectEndpoint;
  readonly standsForNoLogin: Judgement;
  readonly usedWithIam: Judgement;
  readonly hostExpression: string;
};

/**
 * A token is made for the endpoint's own name (fact 5.15), and the certificate of a proxy holds no other (fact 6.9): a
 * name of one's own before either breaks IAM, or the check of the host name.
 */
export const findRecordUses = (context: AnalysisContext): readonly RecordUse[] =>
  context.world.model.dnsRecords
    .filter(({ judged, managed }) => judged && managed)
    .flatMap((record) => {
      const uses = record.targets.items.flatMap((target) => context.world.findHost(target));
      const byEndpoint = new Map(uses.map((use) => [use.endpoint.entity.id, use]));
      return [...byEndpoint.values()].map((use) => recordUse(context, record, use));
    });

const recordUse = (context: AnalysisContext, record: DnsRecord, use: HostUse): RecordUse => {
  const { endpoint, by } = use;
  const attribute =
    endpoint.kind === 'database' && by.id === endpoint.entity.id && endpoint.entity.kind === 'instance'
      ? 'address'
      : 'endpoint';
  return {
    record,
    endpoint,
    standsForNoLogin: judgeLogin(context, record, use),
    usedWithIam: judgeClients(context, record, endpoint),
    hostExpression: `${by.address}.${attribute}`,
  };
};

const judgeLogin = (context: AnalysisContext, record: DnsRecord, { endpoint, certain }: HostUse): Judgement => {
  const { address } = endpoint.entity;
  const byIam = takesTokens(context, endpoint);
  const byTls: Tri =
    endpoint.kind !== 'proxy'
      ? false
      : endpoint.entity.requireTls.kind === 'unknown'
        ? 'unknown'
        : literal(endpoint.entity.requireTls) === true;
  const origins = [record.targets.origin, endpoint.entity.origin];
  const what =
    byIam === true
      ? 'takes IAM tokens, which are made for its own name alone'
      : 'requires TLS with a certificate for its own name alone';
  const answer = every([some([byIam, byTls]), certain ? true : 'unknown']);
  if (answer === false) return holds('', origins);
  return answer === true
    ? fails(`${record.address} is another name for ${address}, which ${what}`, origins)
    : undecided(
        `${record.address} may be another name for ${address}; whether that is reached by IAM is known after apply`,
        origins,
      );
};

const takesTokens = (context: AnalysisContext, endpoint: ConnectEndpoint): Tri => {
  if (endpoint.kind === 'database') {
    const facts = context.databases.get(endpoint.entity.id);
    return facts === undefined ? 'unknown' : takesIam(facts);
  }
  return some(
    context.pairsOf(endpoint.entity.id).flatMap(({ endToEnd, auth }) => [endToEnd, ...auth.map((own) => own.takesIam)]),
  );
};

const judgeClients = (context: AnalysisContext, record: DnsRecord, endpoint: ConnectEndpoint): Judgement => {
  const users = context.clients.of(endpoint.entity.id).filter((facts) => usesName(facts, record, endpoint));
  const origins = [record.origin];
  const client = users.find((facts) => holdsGrant(context, facts, endpoint));
  return client === undefined
    ? fails('no client in view uses the name with IAM', origins)
    : holds(`${client.client.address} uses the name, and its role may connect to ${endpoint.entity.address}`, [
        client.client.hosts.origin,
      ]);
};

const usesName = ({ uses }: ClientFacts, record: DnsRecord, { entity }: ConnectEndpoint): boolean =>
  uses.some((use) => use.certain && use.record?.id === record.id && use.endpoint.entity.id === entity.id);

/** A grant in view that means the endpoint, and that the client's role holds. */
const holdsGrant = ({ grants }: AnalysisContext, { role }: ClientFacts, { entity }: ConnectEndpoint): boolean =>
  role.kind === 'one' && grants.grantsFor(entity.id).some(({ holders }) => isPrincipalAmong(holders, role.entity.id));
