import { hasWildcard } from '../iam/shape.ts';
import type { SubjectAttributes } from '../model/judgement.ts';
import { suggest } from '../model/suggest.ts';
import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { blocksIn } from './auth-blocks.ts';
import { giveSecrets, iamMode, secretsOf } from './credentials-mend.ts';
import { familyOf } from './engines.ts';
import {
  accountIn,
  connectResource,
  dataSourceStep,
  reachNote,
  resourceIdExpression,
  sharedNote,
} from './expressions.ts';
import { blocksFor, userHasSecret } from './grant-judgements.ts';
import { userText } from './grant-user.ts';
import type { Grant } from './grants.ts';
import { judgeHolderAccounts } from './holder-account.ts';
import { unique } from './judgement.ts';
import { nameOf, step, steps } from './mend-blocks.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { textLater } from './subject-attributes.ts';

/** The edits of a statement that grants a login, with the user's addresses. */
export const grantMends = (context: AnalysisContext, grant: Grant): SubjectAttributes => {
  const user = userText(grant.user);
  const [pair] = grant.endpoint.kind === 'proxy' ? context.pairsOf(grant.endpoint.entity.id) : [];
  return {
    action: textLater(() => actionOf(grant)),
    connectResource: textLater(() => resourceFor(grant, user ?? '*')),
    resourceIdExpression: textLater(() => `\${${resourceIdExpression(grant.endpoint, grant.carrier.address)}}`),
    resourceMend: textLater(() => resourceMend(grant, user ?? onlyUser(grant, pair))),
    scopeMend: textLater(() => steps(resourceMend(grant, user ?? onlyUser(grant, pair)), accountStep(grant))),
    conditionMend: textLater(() => conditionMend(grant)),
    endpointSettingMend: textLater(() => endpointMend(context, grant, pair, user)),
    secretMend: textLater(() => (pair === undefined ? '' : secretMend(context, grant, pair, user))),
    methodMend: textLater(() => methodMend(context, grant, user)),
  };
};

const actionOf = ({ action }: Grant): string => action.text || 'rds-db:connect';

const statementOf = (grant: Grant): string =>
  `the statement of ${grant.carrier.address} that allows ${actionOf(grant)} on ${grant.endpoint.entity.address}`;

const noteOf = ({ carrier, endpoint }: Grant): string =>
  `${reachNote(carrier.address, endpoint.entity.address)}${sharedNote(carrier.address)}`;

/** The ARN to grant, in the account that the statement itself names. */
export const resourceFor = ({ carrier, endpoint, statement }: Grant, user: string): string => {
  const account = statement.resources.patterns.map(accountIn).find((found) => found !== undefined);
  return connectResource(endpoint, user, { address: carrier.address, account });
};

export const writeResource = (grant: Grant, user: string, start: string): string => {
  const arn = resourceFor(grant, user);
  return steps(
    step(`${start} ${statementOf(grant)}, write as resource${noteOf(grant)}`, [`"${arn}"`]),
    ...dataSourceStep(arn),
  );
};

/** Who is meant where nobody is named, and the proxy has the secret of one user alone. */
const onlyUser = ({ user }: Grant, pair: ProxyFacts | undefined): string | null => {
  const [only = null, ...others] = user.kind === 'none' ? unique((pair?.auth ?? []).map((auth) => auth.user)) : [];
  return others.length === 0 ? only : null;
};

/** Where the plan has dropped the user, what stands before the user is all that can be said. */
const resourceMend = (grant: Grant, user: string | null): string => {
  if (user !== null) return writeResource(grant, user, 'In');
  const arn = resourceFor(grant, '');
  return steps(
    step(
      `In ${statementOf(grant)}, write as resource, with the name of the database user behind its last slash${noteOf(grant)}`,
      [`"${arn}"`],
    ),
    ...dataSourceStep(arn),
  );
};

/** Where the account is wrong, in the resource or of who holds it, another resource alone may not be the mend. */
const accountStep = (grant: Grant): string => {
  const { entity } = grant.endpoint;
  const own = literal(entity.account);
  const named = grant.statement.resources.patterns.flatMap((pattern) => accountIn(pattern) ?? []);
  const isOther = own !== undefined && named.some((account) => account !== own);
  return isOther || judgeHolderAccounts(grant).holds === false
    ? `A principal of another account must first assume a role in the account of ${entity.address}; grant that role.`
    : '';
};

const conditionMend = (grant: Grant): string => {
  const keys = unique((grant.statement.conditions ?? []).map(({ operator, key }) => `${operator} of ${key}`));
  const named = keys.length === 0 ? '' : ` (${keys.join(', ')})`;
  return `In ${statementOf(grant)}, delete the condition${named}.`;
};

/** Whether the engine has it at all: if not, nothing but to delete the grant is left. */
const iamSupported = ({ databases }: AnalysisContext, { endpoint }: Grant): boolean =>
  databases.get(endpoint.entity.id)?.supportsIam.holds !== false;

const endpointMend = (
  context: AnalysisContext,
  grant: Grant,
  pair: ProxyFacts | undefined,
  user: string | null,
): string => {
  const { carrier, endpoint } = grant;
  if (!iamSupported(context, grant))
    return `${endpoint.entity.address} has no IAM database authentication: in ${carrier.address} delete the statement, and let clients log in by password.`;
  return steps(
    settingMend(grant, pair, user),
    throughProxies(context, grant, user),
    `Or, if ${user ?? 'the user'} is meant to log in by password, delete the grant from ${carrier.address}.`,
  );
};

/** The proxies in front of a database that take the user by IAM: who connects there is granted the wrong one of two. */
const throughProxies = (context: AnalysisContext, grant: Grant, user: string | null): string => {
  const { endpoint } = grant;
  if (endpoint.kind === 'proxy' || user === null) return '';
  const fronts = context.proxies.filter(
    ({ target, auth }) =>
      target?.kind === 'database' &&
      target.facts.database.id === endpoint.entity.id &&
      auth.some((linked) => linked.user === user && linked.takesIam === true),
  );
  return steps(
    ...fronts.map(({ proxy }) => {
      const moved: Grant = { ...grant, endpoint: { kind: 'proxy', entity: proxy } };
      const arn = resourceFor(moved, user);
      return steps(
        step(
          `Or, where the client connects to ${proxy.address}, write as resource in ${statementOf(grant)}${noteOf(moved)}`,
          [`"${arn}"`],
        ),
        ...dataSourceStep(arn),
      );
    }),
  );
};

const settingMend = (grant: Grant, pair: ProxyFacts | undefined, user: string | null): string => {
  const { address } = grant.endpoint.entity;
  if (grant.endpoint.kind === 'database' || pair === undefined) {
    return step(`In ${address} write`, [
      'iam_database_authentication_enabled = true',
      'apply_immediately                   = true   # otherwise it waits for the maintenance window',
    ]);
  }
  const where = blocksIn(pair, blocksFor(pair, user));
  const mode = step(`n ${where} write`, [`iam_auth = "${iamMode(pair)}"`]);
  return literal(pair.proxy.requireTls) === true
    ? `I${mode}`
    : steps(step(`In ${address} write`, ['require_tls = true']), `and i${mode}`);
};

/** A slip of the pen is mended in the grant; anyone else needs a secret. */
const secretMend = (context: AnalysisContext, grant: Grant, pair: ProxyFacts, user: string | null): string => {
  if (user === null) return `In ${statementOf(grant)}, name a user whose secret the proxy has.`;
  if (userHasSecret(context.world, pair, user).holds === true) return '';
  const users = pair.auth.flatMap((auth) => auth.user ?? []);
  const slip = suggest(user, users);
  const [other] = users;
  const instead = (start: string): string | null => {
    const meant = slip ?? other;
    return meant === undefined ? null : writeResource(grant, meant, start);
  };
  if (hasWildcard(user)) return instead('In') ?? `In ${statementOf(grant)}, name a user whose secret the proxy has.`;
  const known = secretsOf(context.world, [user]);
  const give = giveSecrets(pair, context.world, known, user, iamMode(pair));
  return slip === undefined
    ? steps(give, instead(`Or, if ${user} is a slip, in`))
    : steps(instead('In'), `Or, if ${user} is right, give the proxy the secret of ${user}.`, give);
};

const createUser = (user: string, engine: string | undefined): readonly string[] => {
  const family = familyOf(engine ?? '');
  const postgres = `CREATE USER "${user}"; GRANT rds_iam TO "${user}";`;
  const mysql = `CREATE USER '${user}' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';`;
  if (family === 'POSTGRESQL') return [postgres];
  return family === 'MYSQL' ? [mysql] : [`${postgres}   -- PostgreSQL`, `${mysql}   -- MySQL, MariaDB`];
};

const methodMend = (context: AnalysisContext, grant: Grant, user: string | null): string => {
  const { carrier, endpoint } = grant;
  if (user === null) return `In ${carrier.address} grant a user as whom no proxy logs in by password.`;
  const target = context.pairsOf(endpoint.entity.id)[0]?.target;
  const seen = target?.kind === 'database' ? target.facts.database : null;
  const database = endpoint.kind === 'database' ? endpoint.entity : seen;
  const own = `${nameOf(user)}_iam`;
  return steps(
    'Give the IAM logins a user of their own.',
    writeResource(grant, own, 'In'),
    step(
      'and create that user in the database, with SQL',
      createUser(own, database === null ? undefined : literal(database.engine)),
    ),
    `Or keep one method for ${user}: delete that statement, or take the auth block of ${user} out of the proxy.`,
  );
};
