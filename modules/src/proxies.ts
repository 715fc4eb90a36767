import { allow, databaseUserArn, policyOf } from './arns.ts';
import { assertTakesTokens } from './assertions.ts';
import type { ConnectionFacts } from './connection.ts';
import { type Credentials, type ProxyUsers, type SecretsKey, type UserSecret, credentialsOf } from './credentials.ts';
import { type Authentication, DatabaseProxy, type ProxyProps } from './database-proxy.ts';
import type { Engine, IamEngine } from './engines.ts';
import type { Construct } from './framework.ts';
import { type Principal, assertUsers, grant } from './grants.ts';
import { readStatements } from './read-statements.ts';
import { declareMethod } from './user-methods.ts';

export type StandardProxyProps<U extends string, E extends Engine = Engine> = ProxyProps<E> & {
  /** Who logs in through it; each is a password user in the database. */
  readonly users: ProxyUsers<U>;
  /** For the secrets that are made. Default: `aws/secretsmanager`. */
  readonly secretsKey?: SecretsKey;
  /** For how long a secret that is made can be restored, and its name is taken: 0, or 7 to 30. Default: 30. */
  readonly secretRecoveryWindowInDays?: number;
};

/** A proxy that logs in to the database with the secrets of its users. */
abstract class StandardProxy<U extends string, E extends Engine> extends DatabaseProxy<E> {
  private readonly secrets: Credentials['secrets'];

  protected constructor(
    scope: Construct,
    id: string,
    props: StandardProxyProps<U, E>,
    iamAuth: 'DISABLED' | 'REQUIRED',
  ) {
    let secrets: Credentials['secrets'] = new Map();
    super(scope, id, props, (proxy) => {
      const { name, database, users, secretsKey, secretRecoveryWindowInDays, tags } = props;
      const credentials = credentialsOf(proxy, {
        ...{ name, database, users, tags },
        ...{ secretsKey, secretRecoveryWindowInDays },
      });
      secrets = credentials.secrets;
      return standard(credentials, iamAuth, database.engine);
    });
    this.secrets = secrets;
    for (const user of secrets.keys())
      declareMethod(this, { database: props.database, user, method: 'password', by: `the proxy ${props.name}` });
  }

  /** @throws Error where the proxy has no secret for the user. */
  secretArn(user: U): string {
    return this.secretOf(user).arn;
  }

  /** @throws Error where the proxy has no secret for the user. */
  secretOf(user: U): UserSecret {
    const secret = this.secrets.get(user);
    if (secret !== undefined) return secret;
    throw new Error(
      `Proxy ${this.name} has no secret for the user "${user}", only for ${[...this.secrets.keys()].join(', ')}. Name the user in users.`,
    );
  }
}

/** MariaDB has none of the password type that RDS takes for this family (fact 1.7). */
const passwordTypeOf = (iamAuth: string, engine: Engine) =>
  iamAuth === 'DISABLED' && engine === 'mariadb' ? { clientPasswordAuthType: 'MYSQL_NATIVE_PASSWORD' } : {};

const standard = ({ secrets }: Credentials, iamAuth: string, engine: Engine): Authentication => ({
  auth: [...secrets.values()].map(({ arn }) => ({
    authScheme: 'SECRETS',
    iamAuth,
    secretArn: arn,
    ...passwordTypeOf(iamAuth, engine),
  })),
  defaultAuthScheme: 'NONE',
  statements: readStatements([...secrets.values()]),
  readyWhen: [...secrets.values()].flatMap(({ readyWhen }) => readyWhen),
});

/** Clients come with the password of a database user. */
export class PasswordProxy<const U extends string = string, E extends Engine = Engine> extends StandardProxy<U, E> {
  readonly path = 'password-proxy-rds';

  constructor(scope: Construct, id: string, props: StandardProxyProps<U, E>) {
    super(scope, id, props, 'DISABLED');
  }

  /**
   * Lets a principal read the password of one of the proxy's users.
   *
   * @throws Error where the proxy has no secret for the user.
   */
  grantReadSecret(principal: Principal, user: U): void {
    const policy = policyOf(readStatements([this.secretOf(user)]));
    grant(this, { verb: 'read-secret', object: `proxy-${this.name}`, principal, user, policy });
  }

  /** How a user logs in. */
  connection(user: U): ConnectionFacts {
    const secretArn = this.secretArn(user);
    return { ...connectionOf(this, user), authentication: 'password', secretArn };
  }
}

/** Clients come with an IAM token; the proxy logs in to the database with the password of the user's secret. */
export class IamProxy<const U extends string = string, E extends Engine = Engine> extends StandardProxy<U, E> {
  readonly path = 'iam-proxy-rds';

  constructor(scope: Construct, id: string, props: StandardProxyProps<U, E>) {
    super(scope, id, props, 'REQUIRED');
  }

  /**
   * Lets a principal log in through the proxy as one of its users.
   *
   * @throws Error where the proxy has no secret for the user.
   */
  grantConnect(principal: Principal, user: U): void {
    grantThrough(this, principal, user, this.userArn(user));
  }

  /**
   * What a policy of one's own allows `rds-db:connect` on, such as that of a permission set.
   *
   * @throws Error where the proxy has no secret for the user.
   */
  userArn(user: U): string {
    this.secretOf(user);
    return databaseUserArn(this.arn, this.resourceId, user);
  }

  /** How a user logs in. */
  connection(user: U): ConnectionFacts {
    this.secretOf(user);
    return { ...connectionOf(this, user), authentication: 'iam' };
  }
}

export type EndToEndIamProxyProps<U extends string, E extends IamEngine = IamEngine> = ProxyProps<E, true> & {
  /** Who logs in through it; each is an IAM user in the database. */
  readonly users: readonly U[];
};

/** Clients come with an IAM token, and the proxy logs in to the database with one of its own: there are no secrets. */
export class EndToEndIamProxy<
  const U extends string = string,
  E extends IamEngine = IamEngine,
> extends DatabaseProxy<E> {
  readonly path = 'iam-proxy-iam-rds';
  private readonly users: readonly U[];

  constructor(scope: Construct, id: string, props: EndToEndIamProxyProps<U, E>) {
    const { database, users } = props;
    assertTakesTokens(database);
    assertUsers(users);
    const { arn, resourceId } = database;
    super(scope, id, props, () => ({
      auth: [],
      defaultAuthScheme: 'IAM_AUTH',
      statements: [
        allow(
          'rds-db:connect',
          users.map((user) => databaseUserArn(arn, resourceId, user)),
        ),
      ],
      readyWhen: [],
    }));
    this.users = users;
    for (const user of users) declareMethod(this, { database, user, method: 'iam', by: `the proxy ${props.name}` });
  }

  /**
   * Lets a principal log in through the proxy as one of its users.
   *
   * @throws Error where the proxy's role may not log in as the user.
   */
  grantConnect(principal: Principal, user: U): void {
    grantThrough(this, principal, user, this.userArn(user));
  }

  /**
   * What a policy of one's own allows `rds-db:connect` on, such as that of a permission set.
   *
   * @throws Error where the proxy's role may not log in as the user.
   */
  userArn(user: U): string {
    this.assertKnown(user);
    return databaseUserArn(this.arn, this.resourceId, user);
  }

  /** How a user logs in. */
  connection(user: U): ConnectionFacts {
    this.assertKnown(user);
    return { ...connectionOf(this, user), authentication: 'iam' };
  }

  private assertKnown(user: U): void {
    if (this.users.includes(user)) return;
    throw new Error(
      `Proxy ${this.name} may not log in as "${user}", only as ${this.users.join(', ')}. Name the user in users.`,
    );
  }
}

const connectionOf = ({ endpoint, port, engine }: DatabaseProxy<Engine>, user: string) =>
  ({ host: endpoint, port, user, engine, certificateAuthority: 'amazon-trust-services' }) as const;

const grantThrough = (proxy: DatabaseProxy<Engine>, principal: Principal, user: string, userArn: string): void => {
  const policy = policyOf([allow('rds-db:connect', userArn)]);
  grant(proxy, { verb: 'connect', object: `proxy-${proxy.name}`, principal, user, policy });
};
