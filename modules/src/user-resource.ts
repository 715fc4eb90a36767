import type { UserSecret } from './credentials.ts';
import type { Database } from './database.ts';
import { type EngineFamily, protocolOf } from './engines.ts';
import { type Construct, type TerraformProvider, TerraformResource, TerraformStack } from './framework.ts';
import { inStackOf } from './in-stack.ts';
import type { UserMethod } from './user-methods.ts';

export type UserResourceProps = {
  readonly provider: TerraformProvider;
  readonly database: Database;
  readonly user: string;
  readonly method: UserMethod;
  readonly secret: UserSecret | undefined;
};

type Arguments = Readonly<Record<string, unknown>>;

const makers = {
  POSTGRESQL: { provider: 'postgresql', type: 'postgresql_role' },
  MYSQL: { provider: 'mysql', type: 'mysql_user' },
} as const;

/**
 * The user, made by a provider of the caller's: its bindings are no peer of this package.
 *
 * @throws Error where the provider is not the one of the database's engine, or cannot keep a password out of the state.
 */
export const makeUserResource = (scope: Construct, props: UserResourceProps): void => {
  const { provider, database } = props;
  const { family } = protocolOf(database.engine);
  if (family === 'SQLSERVER')
    throw new Error('No provider is known here that makes users of SQL Server. Leave provider out, and run sql.');
  const maker = makers[family];
  if (provider.terraformResourceType !== maker.provider) {
    throw new Error(
      `provider is ${provider.terraformResourceType}, and users of ${database.engine} are made by ${maker.provider}. Hand over that one.`,
    );
  }
  const resource = new TerraformResource(scope, 'user', {
    terraformResourceType: maker.type,
    provider,
    dependsOn: inStackOf(scope, database.readyWhen),
  });
  for (const [key, value] of Object.entries(argumentsOf(family, resource, props))) resource.addOverride(key, value);
};

const argumentsOf = (
  family: Exclude<EngineFamily, 'SQLSERVER'>,
  resource: TerraformResource,
  { user, method, secret }: UserResourceProps,
): Arguments => {
  const byIam = method === 'iam';
  if (family === 'MYSQL') {
    if (byIam) return { user, host: '%', auth_plugin: 'AWSAuthenticationPlugin', tls_option: 'SSL' };
    throw new Error(
      'The provider mysql takes no password that stays out of plan and state. Leave provider out, and run sql.',
    );
  }
  // As an argument of the role: the provider takes back what is granted beside it.
  if (byIam) return { name: user, login: true, roles: ['rds_iam'] };
  if (secret === undefined) {
    throw new Error(
      'Nothing says what password the user has: only a proxy has secrets of its users. Leave provider out, and run sql.',
    );
  }
  return {
    name: user,
    login: true,
    password_wo: passwordIn(resource, secret),
    password_wo_version: String(secret.version),
  };
};

/** Read from the secret whenever it is needed, so that both have the same; the framework has no words for such a block. */
const passwordIn = (resource: TerraformResource, { valueArn }: UserSecret): string => {
  const type = 'aws_secretsmanager_secret_version';
  const id = resource.friendlyUniqueId;
  TerraformStack.of(resource).addOverride(`ephemeral.${type}.${id}`, { secret_id: valueArn });
  return `\${jsondecode(ephemeral.${type}.${id}.secret_string).password}`;
};
