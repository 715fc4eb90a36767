import type { Database } from '../model/auth-model.ts';
import type { SubjectAttributes } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import { type EngineFamily, familyOf, passwordTypes } from './engines.ts';
import { targetExpression } from './expressions.ts';
import { networkMend } from './network-mend.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { text } from './subject-attributes.ts';

/** The edits of a proxy's own arguments, with the user's addresses. */
export const mendTexts = (facts: ProxyFacts, databases: readonly Database[]): SubjectAttributes => ({
  allowedPasswordTypes: text(allowedTypes(facts).join(', ')),
  iamModeMend: text(iamModeMend(facts)),
  servesTargetMend: text(servesTargetMend(facts)),
  targetExpression: text(anyTarget(facts, databases)),
  networkMend: text(networkMend(facts.networkGap)),
});

const targetOf = ({ target }: ProxyFacts): Database | null =>
  target?.kind === 'database' ? target.facts.database : null;

const engineOf = (facts: ProxyFacts): string => {
  const database = targetOf(facts);
  return database === null ? '' : (literal(database.engine) ?? '');
};

const families = new Set<string>(['MYSQL', 'POSTGRESQL', 'SQLSERVER']);
const isFamily = (value: string | undefined): value is EngineFamily => value !== undefined && families.has(value);

/** MariaDB does not know caching_sha2 (fact 1.7). */
const allowedTypes = (facts: ProxyFacts): readonly string[] => {
  const own = literal(facts.proxy.engineFamily);
  const family = familyOf(engineOf(facts)) ?? (isFamily(own) ? own : undefined);
  const types = family === undefined ? [] : (passwordTypes.get(family) ?? []);
  return engineOf(facts) === 'mariadb' ? types.filter((type) => type !== 'MYSQL_CACHING_SHA2_PASSWORD') : types;
};

const iamModeMend = ({ proxy }: ProxyFacts): string =>
  literal(proxy.engineFamily) === 'SQLSERVER'
    ? [
        `In ${proxy.address} delete default_auth_scheme = "IAM_AUTH", and give each database user an auth block:`,
        '  auth {',
        '    auth_scheme = "SECRETS"',
        '    iam_auth    = "ENABLED"',
        '    secret_arn  = aws_secretsmanager_secret.app.arn   # the secret of the database user',
        '  }',
      ].join('\n')
    : [
        `In the auth block of ${proxy.address} write, for clients with IAM tokens (require_tls = true):`,
        '  iam_auth = "REQUIRED"',
        'or, for clients with passwords:',
        '  iam_auth = "DISABLED"',
      ].join('\n');

const servesTargetMend = (facts: ProxyFacts): string => {
  const { proxy } = facts;
  const database = targetOf(facts);
  const family = familyOf(engineOf(facts));
  if (family !== undefined && literal(proxy.engineFamily) !== family) {
    return `In ${proxy.address} write (Terraform then replaces the proxy):\n  engine_family = "${family}"`;
  }
  if (database === null) return `Take auth blocks out of ${proxy.address}, or share them with a second proxy.`;
  return `Upgrade ${database.address} to a version that RDS Proxy serves, or delete ${proxy.address} with its target and let clients connect to ${database.address} directly.`;
};

/** A database in view that the proxy may be meant for: one of its family, if there is any. */
const anyTarget = ({ proxy }: ProxyFacts, databases: readonly Database[]): string => {
  const family = literal(proxy.engineFamily);
  const fitting = databases.find(({ engine }) => familyOf(literal(engine) ?? '') === family) ?? databases[0];
  return fitting === undefined
    ? 'db_instance_identifier = aws_db_instance.main.identifier   # your database'
    : targetExpression(fitting);
};
