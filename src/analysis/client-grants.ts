import { every, not } from '../iam/tri.ts';
import type { Database, Principal } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Origin, literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { ClientFacts } from './clients.ts';
import { takesIam } from './databases.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import type { Grant } from './grants.ts';
import { isPrincipalAmong } from './holders.ts';
import { fails, holds, listWords, undecided } from './judgement.ts';
import { askIdentity } from './permissions.ts';
import { connectRequest } from './targets.ts';

/** The roles among those who hold a grant. */
const rolesOf = ({ holders }: Grant): readonly Principal[] =>
  holders.flatMap((holder) =>
    holder.kind === 'principal' && holder.principal.kind === 'role' ? [holder.principal] : [],
  );

/** A client that uses another endpoint than the one that its role is granted. */
export type OtherEndpoint = { readonly judgement: Judgement; readonly endpoint: ConnectEndpoint | null };

const nothingElse: OtherEndpoint = { judgement: holds(''), endpoint: null };

/**
 * Whether what a grant names is what the clients in view use that hold it. It fails for certain alone: they use the proxy
 * of that database (or the database behind that proxy, or its replica), which takes IAM tokens, and their role may connect
 * there as nobody. Into another database they may log in with a password.
 */
export const judgeClientEndpoint = (context: AnalysisContext, grant: Grant): OtherEndpoint => {
  if (!grant.certain) return nothingElse;
  for (const role of rolesOf(grant)) {
    const found = otherEndpointOf(context, grant, role);
    if (found !== null) return found;
  }
  return nothingElse;
};

const otherEndpointOf = (context: AnalysisContext, grant: Grant, role: Principal): OtherEndpoint | null => {
  const clients = context.clients.withRole(role.id).filter((facts) => facts.role.kind === 'one');
  const mayUse = clients.some(
    ({ uses, usesComplete }) => !usesComplete || uses.some((use) => isOf(grant.endpoint, use)),
  );
  if (clients.length === 0 || mayUse) return null;
  for (const facts of clients) {
    const used = facts.uses.filter(({ certain }) => certain).map(({ endpoint }) => endpoint);
    const sameData = used.find((endpoint) => isOtherWay(context, grant.endpoint, endpoint));
    const use = sameData ?? used.find((endpoint) => isOtherDatabase(context, grant.endpoint, endpoint));
    if (use === undefined) continue;
    const judgement = judgeHeld(context, grant, role, { facts, endpoint: use });
    if (judgement.holds === true) continue;
    return { judgement: sameData === undefined ? perhapsByPassword(judgement) : judgement, endpoint: use };
  }
  return null;
};

const perhapsByPassword = (judgement: Judgement): Judgement =>
  judgement.holds === false
    ? undecided(
        `${judgement.reason}; whether it logs in there with a password instead is not in view`,
        judgement.origins,
      )
    : judgement;

const isOtherDatabase = (context: AnalysisContext, granted: ConnectEndpoint, used: ConnectEndpoint): boolean => {
  const facts = context.databases.get(used.entity.id);
  return granted.kind === 'database' && used.kind === 'database' && facts !== undefined && takesIam(facts) === true;
};

const isOf = (endpoint: ConnectEndpoint, use: { readonly endpoint: ConnectEndpoint }): boolean =>
  use.endpoint.entity.id === endpoint.entity.id;

/** The proxy of a database, or the database of a proxy, or one that copies it, where it takes IAM tokens at all. */
const isOtherWay = (context: AnalysisContext, granted: ConnectEndpoint, used: ConnectEndpoint): boolean => {
  if (granted.kind === 'database' && used.kind === 'database')
    return isOtherDatabase(context, granted, used) && areCopies(context, granted.entity, used.entity);
  if (granted.kind === used.kind) return false;
  const [proxy, database] = granted.kind === 'proxy' ? [granted, used] : [used, granted];
  const pairs = context
    .pairsOf(proxy.entity.id)
    .filter(({ target }) => target?.kind === 'database' && target.facts.database.id === database.entity.id);
  if (used.kind === 'proxy') {
    return pairs.some(({ endToEnd, auth }) => endToEnd === true || auth.some((own) => own.takesIam === true));
  }
  const facts = context.databases.get(used.entity.id);
  return pairs.length > 0 && facts !== undefined && takesIam(facts) === true;
};

/** A replica has a resource id of its own (fact 4.13). */
const areCopies = ({ world }: AnalysisContext, one: Database, other: Database): boolean => {
  const copies = (copy: Database, of: Database): boolean => {
    const join = world.findDatabase(copy.replicaOf, of.kind);
    return join.kind === 'one' && join.entity.id === of.id;
  };
  return copies(one, other) || copies(other, one);
};

type Used = { readonly facts: ClientFacts; readonly endpoint: ConnectEndpoint };

/** A grant that means the endpoint, however it is written, is judged by itself. */
const mayHold = ({ grants }: AnalysisContext, role: Principal, { entity }: ConnectEndpoint): boolean =>
  [...grants.grantsFor(entity.id), ...grants.opaqueFor(entity.id)].some(({ holders }) =>
    isPrincipalAmong(holders, role.id),
  );

const judgeHeld = (context: AnalysisContext, grant: Grant, role: Principal, { facts, endpoint }: Used): Judgement => {
  if (mayHold(context, role, endpoint)) return holds('');
  const answer = askIdentity(context.holdings.policiesOf(role), connectRequest(context.world, endpoint, null));
  const may = every([answer.allow, not(answer.deny)]);
  if (may === true && answer.assumedOf.length === 0) return holds('');
  const origins: readonly Origin[] = [grant.statement.origin, facts.client.hosts.origin, endpoint.entity.origin];
  const words = `${facts.client.address}, which runs as ${role.address}, connects to ${endpoint.entity.address}, and ${grant.carrier.address} allows rds-db:connect on ${grant.endpoint.entity.address}`;
  if (may === false) return fails(`${words} alone`, origins);
  return answer.assumedOf.length > 0
    ? undecided(`${words}; whether ${listWords(answer.assumedOf)} allows the other is not in view`, origins)
    : undecided(`${words}; whether another policy allows the other is known after apply`, origins);
};

/** Whether a role is one that nothing in view runs as: ECS starts tasks with it, and the program in them never has it. */
export const judgeRunsAs = (context: AnalysisContext, role: Principal): Judgement => {
  const { clients } = context;
  const [task] = clients.startedWith(role.id);
  if (task === undefined || clients.withRole(role.id).length > 0) return holds('');
  const words = `${role.address} is the execution role of ${task.client.address}: ECS starts the task with it, and the program in the task never has it`;
  const origins = [task.client.executionRole.origin, role.origin];
  if (clients.astray.length > 0) {
    return undecided(
      `${words}; who runs as ${clients.astray[0]?.client.role.origin.address} is known after apply`,
      origins,
    );
  }
  if (!role.managed) return holds('', origins, [`something out of view is assumed to run as ${role.address}`]);
  const alone = trustsTasksAlone(role);
  if (alone === false) return holds('', origins, [`something out of view is assumed to run as ${role.address}`]);
  return alone === true ? fails(words, origins) : undecided(`${words}; its trust policy is known after apply`, origins);
};

const tasks = 'ecs-tasks.amazonaws.com';

/** Whoever else the trust policy names may run as the role, in view or not. */
const trustsTasksAlone = ({ trust }: Principal): boolean | 'unknown' => {
  if (trust === null || !trust.complete) return 'unknown';
  const entries = trust.statements
    .filter(({ effect }) => literal(effect) !== 'Deny')
    .flatMap(({ principals }) => principals?.entries ?? []);
  const names = entries.map(({ id }) => literal(id));
  if (names.some((name) => name !== undefined && name !== tasks)) return false;
  return names.length > 0 && !names.includes(undefined) ? true : 'unknown';
};

export const judgeHolders = (context: AnalysisContext, grant: Grant): Judgement => {
  const judgements = rolesOf(grant).map((role) => judgeRunsAs(context, role));
  return (
    judgements.find(({ holds: answer }) => answer === false) ??
    judgements.find(({ holds: answer }) => answer === 'unknown') ??
    holds('')
  );
};

/** Where to attach the statement instead: to the role that the task runs as. */
export const holderMend = (context: AnalysisContext, grant: Grant): string => {
  const role = rolesOf(grant).find((candidate) => judgeRunsAs(context, candidate).holds !== true);
  const [task] = role === undefined ? [] : context.clients.startedWith(role.id);
  if (task === undefined) return 'Attach the statement to the task role.';
  const own = task.role.kind === 'one' ? task.role.entity.address : null;
  const lines =
    own === null
      ? [
          `In ${task.client.address} give the task a role of its own:`,
          '  task_role_arn = aws_iam_role.task.arn   # a role that trusts ecs-tasks.amazonaws.com',
          `and in ${grant.carrier.address}, or in what attaches it:`,
          '  role = aws_iam_role.task.name',
        ]
      : [`In ${grant.carrier.address}, or in what attaches it, write:`, `  role = ${own}.name`];
  return lines.join('\n');
};
