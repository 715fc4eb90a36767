import { allow } from './arns.ts';
import {
  type Construct,
  type ITerraformDependable,
  KmsKey,
  SecretsmanagerSecret,
  SecretsmanagerSecretRotation,
  SecretsmanagerSecretVersion,
  TerraformStack,
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
  readonly rotation?: { readonly lambdaArn: string; readonly automaticallyAfterDays: number };
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
  readonly users: ProxyUsers<string>;
  readonly secretsKey: SecretsKey | undefined;
  readonly tags: Tags | undefined;
};

const entriesOf = (users: ProxyUsers<string>): readonly (readonly [string, ProxyUser])[] =>
  Array.isArray(users) ? users.map((user) => [user, {}]) : Object.entries(users);

/** RDS takes no more secrets on one proxy. */
const MOST_USERS = 200;

const assertEntries = (entries: readonly (readonly [string, ProxyUser])[]): void => {
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
export const credentialsOf = (scope: Construct, { name, users, secretsKey, tags }: CredentialsProps): Credentials => {
  const entries = entriesOf(users);
  assertEntries(entries);
  const madeKeyArn = entries.every(([, { secret }]) => secret) ? undefined : keyOf(scope, name, secretsKey, tags);
  const secretOf = (user: string, props: ProxyUser): UserSecret =>
    props.secret === undefined
      ? makeSecret(scope, { name: secretName(name, user), user, props, kmsKeyArn: madeKeyArn, tags })
      : takeSecret(scope, { user, props, secret: props.secret });
  return { secrets: new Map(entries.map(([user, props]) => [user, secretOf(user, props)])) };
};

type TakenProps = { readonly user: string; readonly props: ProxyUser; readonly secret: Secret };

const takeSecret = (scope: Construct, { user, props, secret }: TakenProps): UserSecret => ({
  ...secret,
  name: secret.arn,
  valueArn: secret.arn,
  version: props.passwordVersion ?? 1,
  readyWhen: rotate(scope, user, secret.arn, props),
});

/** What somebody needs who reads these secrets, and no more. */
export const readStatements = (secrets: readonly Secret[]): readonly object[] => [
  allow(
    'secretsmanager:GetSecretValue',
    secrets.map(({ arn }) => arn),
  ),
  ...[...new Set(secrets.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? []))].map(decrypt),
];

/** Only through Secrets Manager; the region is that of the key anyway. */
const decrypt = (keyArn: string): object => ({
  ...allow('kms:Decrypt', keyArn),
  Condition: { StringLike: { 'kms:ViaService': 'secretsmanager.*.amazonaws.com' } },
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

type SecretProps = {
  readonly name: string;
  readonly user: string;
  readonly props: ProxyUser;
  readonly kmsKeyArn: string | undefined;
  readonly tags: Tags | undefined;
};

const makeSecret = (scope: Construct, { name, user, props, kmsKeyArn, tags }: SecretProps): UserSecret => {
  const { passwordVersion = 1 } = props;
  const secret = new SecretsmanagerSecret(scope, `secret-${user}`, {
    name,
    description: `Login of the database user ${user}`,
    ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
    tags: tagsOf(name, tags),
  });
  const version = new SecretsmanagerSecretVersion(scope, `secret-${user}-version`, {
    secretId: secret.id,
    secretStringWo: `\${jsonencode({ username = "${user}", password = ${randomPassword(scope, secret)} })}`,
    secretStringWoVersion: passwordVersion,
  });
  return {
    name,
    version: passwordVersion,
    valueArn: version.arn,
    arn: secret.arn,
    ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }),
    readyWhen: [version, ...rotate(scope, user, secret.arn, props)],
  };
};

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
): readonly ITerraformDependable[] => {
  if (rotation === undefined) return [];
  const { lambdaArn, automaticallyAfterDays } = rotation;
  return [
    new SecretsmanagerSecretRotation(scope, `secret-${user}-rotation`, {
      secretId: secretArn,
      rotationLambdaArn: lambdaArn,
      rotationRules: { automaticallyAfterDays },
    }),
  ];
};
