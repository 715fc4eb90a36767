import type { ProxyEndpoint } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { DatabaseFacts } from './databases.ts';
import { inModuleOf } from './expressions.ts';
import { inRegion } from './join.ts';
import { allOf, fails, holds, undecided } from './judgement.ts';
import { addTo, lastName, step, steps } from './mend-blocks.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { World } from './world.ts';

/** READ_ONLY is for Aurora with a reader and for Multi-AZ clusters; never for SQL Server (fact 6.7). */
export const judgeReadOnly = (world: World, proxies: readonly ProxyFacts[], endpoint: ProxyEndpoint): Judgement => {
  const { targetRole, address } = endpoint;
  if (targetRole.kind === 'unknown')
    return undecided(`target_role of ${address} is known after apply`, [targetRole.origin]);
  if (literal(targetRole) !== 'READ_ONLY') return holds(`${address} is not read-only`, [targetRole.origin]);
  const join = inRegion(world.findProxy(endpoint.proxyName), endpoint.region);
  if (join.kind === 'outside')
    return holds('', [endpoint.proxyName.origin], [`${join.text} is not in view and is assumed to have a reader`]);
  if (join.kind !== 'one')
    return undecided(`which proxy ${address} belongs to is known after apply`, [endpoint.proxyName.origin]);
  const facts = proxies.filter(({ proxy }) => proxy.id === join.entity.id);
  return allOf(facts.map((pair) => judgeReader(endpoint, pair)));
};

const judgeReader = (endpoint: ProxyEndpoint, { proxy, target }: ProxyFacts): Judgement => {
  const origins = [endpoint.targetRole.origin, proxy.origin];
  const says = `${endpoint.address} is READ_ONLY`;
  if (literal(proxy.engineFamily) === 'SQLSERVER')
    return fails(`${says}, and a proxy for SQL Server has no read-only endpoints`, origins);
  if (target?.kind === 'database') return judgeDatabase(says, target.facts, origins);
  return target?.kind === 'unknown'
    ? undecided(`the target of ${proxy.address} is known after apply`, origins)
    : holds('', origins, ['the target is not in view and is assumed to have a reader']);
};

const judgeDatabase = (says: string, facts: DatabaseFacts, origins: Judgement['origins']): Judgement => {
  const { database, instances } = facts;
  if (database.kind === 'instance') {
    return fails(`${says}, and its target ${database.address} is a single instance, which has no reader`, origins);
  }
  const engine = literal(database.engine);
  if (engine === undefined) return undecided(`the engine of ${database.address} is known after apply`, origins);
  if (!engine.startsWith('aurora') || instances.length > 1) return holds(`${database.address} has a reader`, origins);
  return instances.length === 1 && facts.instancesComplete
    ? fails(`${says}, and its target ${database.address} has one instance, the writer`, origins)
    : undecided(`whether ${database.address} has a reader is not in view`, origins);
};

/** A writer serves whoever reads; an Aurora cluster can be given a reader instead. */
export const readOnlyMend = (world: World, proxies: readonly ProxyFacts[], endpoint: ProxyEndpoint): string => {
  const join = world.findProxy(endpoint.proxyName);
  const pair = join.kind === 'one' ? proxies.find(({ proxy }) => proxy.id === join.entity.id) : undefined;
  const facts = pair?.target?.kind === 'database' ? pair.target.facts : null;
  return steps(
    step(`In ${endpoint.address} write (Terraform then replaces the endpoint)`, ['target_role = "READ_WRITE"']),
    facts === null ? null : readerMend(facts),
  );
};

const readerMend = ({ database, instances }: DatabaseFacts): string | null => {
  const aurora = database.kind === 'cluster' && literal(database.engine)?.startsWith('aurora') === true;
  const [writer] = instances;
  if (!aurora || writer === undefined) return null;
  const cluster = inModuleOf(writer.address, database.address);
  return step(`Or give ${database.address} a reader; ${addTo(writer.address).toLowerCase()}`, [
    `resource "aws_rds_cluster_instance" "${lastName(writer.address)}_reader" {`,
    `  cluster_identifier = ${cluster}.cluster_identifier`,
    `  engine             = ${cluster}.engine`,
    `  instance_class     = ${inModuleOf(writer.address, writer.address)}.instance_class`,
    '}',
  ]);
};
