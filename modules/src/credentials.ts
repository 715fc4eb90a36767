import type { Database } from './database.ts';
import { rotatedEngineOf } from './engines.ts';
import {
  type Construct,
  Fn,
  type ITerraformDependable,
  KmsKey,
  SecretsmanagerSecret,
  SecretsmanagerSecretRotation,
  SecretsmanagerSecretVersion,
  TerraformStack,
  Token,
} from './framework.ts';
import { assertUsers } from './grants.ts';
import { type Tags, tagsOf } from './tags.ts';

/** A secret of one user: JSON with `username` and `password`, which are those of the database's user. */
export type Secret = {
  readonly arn: string;
  /** The customer-managed key that it is encrypted with, by its ARN; absent for `aws/secretsmanager`. */
  readonly kmsKeyArn?: string;
};

/** A secret of a proxy's user, as the stack knows it. */
export type UserSecret = Secret & {
  /** Its name where it is made here, else its ARN. */
  readonly name: string;
  /** Another number stands for another password. */
  readonly version: number;
  /** Its ARN again, which is there when its value is. */
  readonly valueArn: string;
  /** What has to be there before a proxy can use it. */
  readonly readyWhen: readonly ITerraformDependable[];
};

export type ProxyUser = {
  /** Without it a secret is made, with a password that no plan and no state holds. */
  readonly secret?: Secret;
  /** A Lambda function that rotates for this one user; one that lets two users take turns breaks logins by IAM. */
  readonly rotation?: {
    readonly lambdaArn: string;
    readonly automaticallyAfterDays: number;
    /** At once as well, which needs the user in the database. Default: false. */
    readonly rotateImmediately?: boolean;
  };
  /** Another number makes another password. Default: 1. */
  readonly passwordVersion?: number;
};

/** The database users who log in through a proxy: their names, or what there is to say of each. */
export type ProxyUsers<U extends string> = readonly U[] | Readonly<Record<U, ProxyUser>>;

/** The key of the secrets that are made: an existing one by its ARN, or one of their own. Default: `aws/secretsmanager`. */
export type SecretsKey = { readonly arn: string } | 'create';

export type Credentials = {
  /** By user. */
  readonly secrets: ReadonlyMap<string, UserSecret>;
};

type CredentialsProps = {
  readonly name: string;
  readonly database: Database;
  readonly users: ProxyUsers<string>;
  readonly secretsKey: SecretsKey | undefined;
  readonly secretRecoveryWindowInDays: number | undefined;
  readonly tags: Tags | undefined;
};

const entriesOf = (users: ProxyUsers<string>): readonly (readonly [string, ProxyUser])[] =>
  Array.isArray(users) ? users.map((user) => [user, {}]) : Object.entries(users);

/** RDS takes no more secrets on one proxy. */
const MOST_USERS = 200;

const assertSecretArn = (user: string, arn: string): void => {
  if (Token.isUnresolved(arn) || arn.startsWith('arn:')) return;
  throw new Error(
    `The secret of "${user}" is given as "${arn}". Write its ARN, for instance that of the resource: secret.arn.`,
  );
};

const assertEntries = (entries: readonly (readonly [string, ProxyUser])[]): void => {
  for (const [user, { secret }] of entries) if (secret !== undefined) assertSecretArn(user, secret.arn);
  assertUsers(entries.map(([user]) => user));
  if (entries.length > MOST_USERS) {
    throw new Error(
      `users names ${entries.length} users, and a proxy takes at most ${MOST_USERS}. Make another proxy for the rest.`,
    );
  }
  const arns = new Map<string, string>();
  for (const [user, { secret }] of entries) {
    if (secret === undefined) continue;
    const other = arns.get(secret.arn);
    if (other !== undefined) {
      throw new Error(`The users "${other}" and "${user}" have one secret, which holds one login. Name one for each.`);
    }
    arns.set(secret.arn, user);
  }
};

/** One secret for each user, read or made. */
export const credentialsOf = (scope: Construct, props: CredentialsProps): Credentials => {
  const { name, database, users, secretsKey, secretRecoveryWindowInDays: recoveryWindowInDays, tags } = props;
  const entries = entriesOf(users);
  assertEntries(entries);
  assertNames(
    name,
    entries.flatMap(([user, { secret }]) => (secret === undefined ? [user] : [])),
  );
  const madeKeyArn = entries.every(([, { secret }]) => secret) ? undefined : keyOf(scope, name, secretsKey, tags);
  const secretOf = (user: string, own: ProxyUser): UserSecret =>
    own.secret === undefined
      ? makeSecret(scope, {
          ...{ name: secretName(name, user), database, user, props: own, tags },
          ...{ kmsKeyArn: madeKeyArn, recoveryWindowInDays },
        })
      : takeSecret(scope, { user, props: own, secret: own.secret });
  return { secrets: new Map(entries.map(([user, own]) => [user, secretOf(user, own)])) };
};

type TakenProps = { readonly user: string; readonly props: ProxyUser; readonly secret: Secret };

const takeSecret = (scope: Construct, { user, props, secret }: TakenProps): UserSecret => ({
  ...secret,
  name: secret.arn,
  valueArn: secret.arn,
  version: props.passwordVersion ?? 1,
  readyWhen: rotate(scope, user, secret.arn, props, []),
});

const keyOf = (
  scope: Construct,
  name: string,
  key: SecretsKey | undefined,
  tags: Tags | undefined,
): string | undefined => {
  if (key !== 'create') return key?.arn;
  return new KmsKey(scope, 'key', {
    description: `Secrets of the users of ${name}`,
    enableKeyRotation: true,
    tags: tagsOf(name, tags),
  }).arn;
};

/** Secrets Manager takes no other characters. */
const secretName = (name: string, user: string): string => `${name}/${user}`.replaceAll(/[^\w/+=.@-]/g, '-');

const assertNames = (name: string, users: readonly string[]): void => {
  const others = new Map<string, string>();
  for (const user of users) {
    const made = secretName(name, user);
    const other = others.get(made);
    if (other !== undefined) {
      throw new Error(
        `The secrets of "${other}" and "${user}" would both be called ${made}: Secrets Manager takes no other characters. ` +
          'Make one of them yourself, and name it as secret.',
      );
    }
    others.set(made, user);
  }
};

type SecretProps = {
  readonly name: string;
  readonly database: Database;
  readonly user: string;
  readonly props: ProxyUser;
  readonly kmsKeyArn: string | undefined;
  readonly recoveryWindowInDays: number | undefined;
  readonly tags: Tags | undefined;
};

const makeSecret = (scope: Construct, secretProps: SecretProps): UserSecret => {
  const { name, database, user, props, kmsKeyArn, recoveryWindowInDays, tags } = secretProps;
  const { passwordVersion = 1 } = props;
  const secret = new SecretsmanagerSecret(scope, `secret-${user}`, {
    name,
    description: `Login of the database user ${user}`,
    ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
    ...(recoveryWindowInDays === undefined ? {} : { recoveryWindowInDays }),
    tags: tagsOf(name, tags),
  });
  const version = new SecretsmanagerSecretVersion(scope, `version-${user}`, {
    secretId: secret.id,
    secretStringWo: contentOf(database, user, randomPassword(scope, secret)),
    secretStringWoVersion: passwordVersion,
  });
  return {
    name,
    version: passwordVersion,
    valueArn: version.arn,
    arn: secret.arn,
    ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }),
    readyWhen: [version, ...rotate(scope, user, secret.arn, props, [version])],
  };
};

/** A proxy reads who logs in and how; the functions of AWS that rotate want to know of what engine, and where, as well. */
const contentOf = (database: Database, user: string, password: string): string =>
  `\${jsonencode({ username = "${user}", password = ${password}, engine = "${rotatedEngineOf(database.engine)}", ` +
  `host = ${expressionOf(database.endpoint)}, port = ${Token.asString(database.port)} })}`;

/** Inside of an expression, where a text has quotes and a token has none. */
const expressionOf = (text: string): string =>
  Token.isUnresolved(text) ? (Fn.join('', [text]) as string) : JSON.stringify(text);

/** A password that exists while Terraform runs and nowhere after; the framework has no words for such a block. */
const randomPassword = (scope: Construct, secret: SecretsmanagerSecret): string => {
  const id = secret.friendlyUniqueId;
  const type = 'aws_secretsmanager_random_password';
  TerraformStack.of(scope).addOverride(`ephemeral.${type}.${id}`, { password_length: 32, exclude_punctuation: true });
  return `ephemeral.${type}.${id}.random_password`;
};

const rotate = (
  scope: Construct,
  user: string,
  secretArn: string,
  { rotation }: ProxyUser,
  /** It reads the secret and changes the password in it. */
  dependsOn: ITerraformDependable[],
): readonly ITerraformDependable[] => {
  if (rotation === undefined) return [];
  const { lambdaArn, automaticallyAfterDays, rotateImmediately = false } = rotation;
  return [
    new SecretsmanagerSecretRotation(scope, `rotation-${user}`, {
      secretId: secretArn,
      rotationLambdaArn: lambdaArn,
      rotateImmediately,
      rotationRules: { automaticallyAfterDays },
      dependsOn,
    }),
  ];
};
