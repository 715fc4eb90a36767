import type { LegName, Path } from '../../model/connection.ts';
import { pages } from './pages.ts';

export type LegText = {
  readonly asks: string;
  readonly ok: string;
  readonly broken: string;
  readonly assumed: string;
  readonly unknown: string;
  /** Pages of AWS: about databases first, about proxies last. */
  readonly references: readonly string[];
};

export const legTexts: Readonly<Record<LegName, LegText>> = {
  grant: {
    asks: 'Does the principal hold rds-db:connect on the resource id of this endpoint, as this user?',
    ok: 'An Allow names db-ID, cluster-ID or prx-ID and the user, and no Deny, boundary or condition takes it back.',
    broken:
      'The action is misspelt; the resource names an identifier, a name or an ARN in place of the resource id, or another partition, region or account; a condition can never hold; a Deny or a permissions boundary takes the grant back; an exclusive list of policies takes it away; on ECS the execution role holds it in place of the task role.',
    assumed:
      'The principal, or somebody who is not in view, is managed elsewhere; service control policies are never in view.',
    unknown: 'The text of the policy is known after apply, and the plan keeps too little of what it refers to.',
    references: [pages.iamPolicy],
  },
  tls: {
    asks: 'Is the login encrypted, as IAM tokens require?',
    ok: 'The proxy requires TLS.',
    broken: 'iam_auth is REQUIRED and require_tls is not true: the API rejects such a proxy.',
    assumed:
      'The client connects with TLS and trusts the right authority: the RDS bundle for a database, the roots of Amazon for a proxy.',
    unknown: 'require_tls or iam_auth is known after apply.',
    references: [pages.tls, pages.connecting],
  },
  listener: {
    asks: 'Does the endpoint take this method, a token or a password, from this user?',
    ok: 'IAM authentication is on at the database; or the auth block of the user has iam_auth REQUIRED for tokens, DISABLED for passwords, ENABLED (SQL Server) for both; or default_auth_scheme is IAM_AUTH.',
    broken:
      'The method is off for this user, or the API rejects the proxy as it is written: a mode or a password type of another engine, auth.username with a secret, nothing to log in with.',
    assumed: 'Nothing is assumed at this leg.',
    unknown:
      'The setting is known after apply, or inherited from a snapshot or source; or the proxy has both secrets and IAM_AUTH, for which AWS documents no precedence.',
    references: [pages.enabling, pages.creating],
  },
  secret: {
    asks: 'Does the proxy have a secret for this user, a JSON object with username and password?',
    ok: 'The version of the secret in view has both keys, and its username is the user.',
    broken: 'No auth block has a secret for the user, or the secret is no such object.',
    assumed: 'The content is hidden from every plan: RDS makes it, it is write-only, or it is managed elsewhere.',
    unknown: 'The content, or which secret the block names, is known after apply.',
    references: [pages.troubleshooting, pages.proxySecrets],
  },
  'proxy-role': {
    asks: 'May RDS assume the role of the proxy, and may the role read the secret and decrypt it, or connect as the user?',
    ok: 'The trust policy names rds.amazonaws.com; the policies allow secretsmanager:GetSecretValue on the secret and, with a customer-managed key, kms:Decrypt. With end-to-end IAM they allow rds-db:connect on the resource id of the database in place of both.',
    broken: 'One of these is missing, or denied.',
    assumed: 'The role, the key or a part of a policy is not in view.',
    unknown: 'The text of a policy is known after apply.',
    references: [pages.proxyIam],
  },
  target: {
    asks: 'Is the database registered with the proxy, and of an engine, version and mode that the proxy serves?',
    ok: 'An aws_db_proxy_target names it, its engine is of the family of the proxy, and both are in one VPC.',
    broken:
      'There is no target, RDS Proxy does not serve the database, or the proxy is in another VPC than the database.',
    assumed: 'The target is registered elsewhere, or is not in view, or its VPC is not.',
    unknown: 'Engine, version, target or VPC is known after apply.',
    references: [pages.proxy, pages.proxyEngines],
  },
  network: {
    asks: 'Do the security groups let the proxy through to the port of the database, and the client to the endpoint?',
    ok: 'Rules in view let them through.',
    broken:
      'A security group in view has no rule for it; the client uses another port than the endpoint has; the client is outside of every VPC, where no proxy is reached. Terraform removes the egress rule that AWS gives a new group.',
    assumed:
      'A security group is not in view, or the client is not, or what joins its VPC to that of the endpoint is not.',
    unknown: 'A group, a rule or a port is known after apply.',
    references: [pages.securityGroups, pages.network],
  },
  'database-user': {
    asks: 'Is the user defined in the database as this path needs it, by IAM or with a password? One user has one method.',
    ok: 'It is the master user, or a resource in view defines it so: postgresql_role, mysql_user.',
    broken:
      'A resource in view defines the user for the other method, or without LOGIN; or the user is meant both for IAM and, behind a proxy, for a password: no single definition serves both.',
    assumed: 'Users are defined in SQL, and a plan shows no SQL.',
    unknown:
      'Which user a grant names is known after apply, and it may be one with the other method; or how a resource defines the user is.',
    references: [pages.accounts, pages.authentication],
  },
  engine: {
    asks: 'Do engine, version, class and mode of the database have IAM authentication, or does RDS Proxy serve them?',
    ok: 'AWS lists them.',
    broken: 'AWS lists them as without it.',
    assumed: 'The database is not in view.',
    unknown: 'Engine or version is known after apply, or AWS contradicts itself about it.',
    references: [pages.engines, pages.proxyEngines],
  },
};

/** The page on which to read about a leg of a path. */
export const pageOf = (leg: LegName, path: Path): string => {
  const { references } = legTexts[leg];
  const isDirect = path === 'password-rds' || path === 'iam-rds' || (leg === 'engine' && path === 'iam-proxy-iam-rds');
  return (isDirect ? references[0] : references.at(-1)) ?? pages.proxy;
};

export type PathText = {
  readonly route: string;
  readonly needs: readonly string[];
  readonly excludes: readonly string[];
  readonly references: readonly string[];
};

const proxyUser = 'The user is a password user in the database: without rds_iam, without AWSAuthenticationPlugin.';
const iamUser = 'The user is an IAM user in the database: GRANT rds_iam, or AWSAuthenticationPlugin.';
const token = 'The client connects with TLS, and with a token made for the host name of the endpoint.';

export const pathTexts: Readonly<Record<Path, PathText>> = {
  'password-rds': {
    route: 'client -- password --> database',
    needs: [
      'The user is a password user in the database. Of the plan it needs nothing: every database takes passwords.',
    ],
    excludes: ['iam-rds for the same user: with rds_iam or AWSAuthenticationPlugin its password is refused.'],
    references: [pages.authentication],
  },
  'iam-rds': {
    route: 'client -- IAM token --> database',
    needs: [
      'iam_database_authentication_enabled = true, for Aurora on the cluster.',
      'The client holds rds-db:connect on db-ID or cluster-ID and the user.',
      iamUser,
      token,
    ],
    excludes: ['password-rds, password-proxy-rds and iam-proxy-rds for the same user.'],
    references: [pages.iam, pages.iamConnecting],
  },
  'password-proxy-rds': {
    route: "client -- password --> proxy -- the secret's password --> database",
    needs: [
      'An auth block of the proxy has a secret for the user, with iam_auth DISABLED or not set (SQL Server: or ENABLED).',
      'The role of the proxy may read the secret and decrypt it.',
      proxyUser,
    ],
    excludes: ['iam-proxy-rds for the same secret, but on SQL Server with ENABLED.', 'iam-rds for the same user.'],
    references: [pages.connecting, pages.proxySecrets],
  },
  'iam-proxy-rds': {
    route: "client -- IAM token --> proxy -- the secret's password --> database (standard IAM)",
    needs: [
      'An auth block of the proxy has a secret for the user, with iam_auth = "REQUIRED" (SQL Server: or ENABLED).',
      'require_tls = true.',
      'The client holds rds-db:connect on prx-ID and the user. A proxy has no attribute for its resource id: it is the last part of its ARN.',
      'The role of the proxy may read the secret and decrypt it.',
      proxyUser,
      token,
    ],
    excludes: [
      'iam-rds for the same user: the database needs a password user here. Different users may use both.',
      'password-proxy-rds for the same secret, but on SQL Server with ENABLED.',
    ],
    references: [pages.connecting, pages.proxyIam],
  },
  'iam-proxy-iam-rds': {
    route: 'client -- IAM token --> proxy -- IAM token --> database (end-to-end IAM)',
    needs: [
      'default_auth_scheme = "IAM_AUTH" on the proxy (AWS provider 6.15.0 or later), and no secret for the user. Not for SQL Server.',
      'iam_database_authentication_enabled = true at the database.',
      'The role of the proxy holds rds-db:connect on db-ID or cluster-ID and the user.',
      'The client holds rds-db:connect on prx-ID and the user.',
      iamUser,
      token,
    ],
    excludes: ['password-rds, password-proxy-rds and iam-proxy-rds for the same user. It combines with iam-rds.'],
    references: [pages.proxyIam, pages.connecting],
  },
};
