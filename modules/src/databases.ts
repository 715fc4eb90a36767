import { allow, databaseUserArn, policyOf } from './arns.ts';
import { ClusterDatabase, type ClusterProps } from './cluster-database.ts';
import type { ConnectionFacts } from './connection.ts';
import {
  type ClusterEngine,
  type Engine,
  type IamInstanceEngine,
  type InstanceEngine,
  assertClassTakesIam,
  assertTakesIam,
} from './engines.ts';
import type { Construct } from './framework.ts';
import { type Principal, assertUser, grant } from './grants.ts';
import { InstanceDatabase, type InstanceProps } from './instance-database.ts';
import type { ManagedDatabase } from './managed-database.ts';
import { declareMethod } from './user-methods.ts';

const byPassword = { iamAuthentication: false, logs: [] } as const;

/** Without this log nobody learns why a token was refused. */
const byIam = { iamAuthentication: true, logs: ['iam-db-auth-error'] } as const;

const userArn = (database: ManagedDatabase<Engine, true>, user: string): string => {
  assertUser(user);
  declareMethod(database, { database, user, method: 'iam', by: 'a grant' });
  return databaseUserArn(database.arn, database.resourceId, user);
};

const grantLogin = (database: ManagedDatabase<Engine, true>, principal: Principal, user: string): void => {
  const { kind, name } = database;
  const policy = policyOf([allow('rds-db:connect', userArn(database, user))]);
  grant(database, { verb: 'connect', object: `${kind}-${name}`, principal, user, policy });
};

/** An RDS instance whose users log in by password, over TLS. IAM authentication is off. */
export class PasswordDatabase<E extends InstanceEngine = InstanceEngine> extends InstanceDatabase<E, false> {
  constructor(scope: Construct, id: string, props: InstanceProps<E>) {
    super(scope, id, props, byPassword);
  }
}

/** An Aurora cluster whose users log in by password, over TLS. IAM authentication is off. */
export class PasswordCluster<E extends ClusterEngine = ClusterEngine> extends ClusterDatabase<E, false> {
  constructor(scope: Construct, id: string, props: ClusterProps<E>) {
    super(scope, id, props, byPassword);
  }
}

/** An RDS instance that takes IAM tokens beside passwords: each of its users logs in by one of them. */
export class IamDatabase<E extends IamInstanceEngine = IamInstanceEngine> extends InstanceDatabase<E, true> {
  constructor(scope: Construct, id: string, props: InstanceProps<E>) {
    assertTakesIam(props.engine, props.engineVersion);
    super(scope, id, props, byIam);
  }

  /**
   * Lets a principal log in as a user who is defined for IAM (`DatabaseUser`).
   *
   * @throws Error where the user is no literal name.
   */
  grantConnect(principal: Principal, user: string): void {
    grantLogin(this, principal, user);
  }

  /**
   * What a policy of one's own allows `rds-db:connect` on, such as that of a permission set.
   *
   * @throws Error where the user is no literal name.
   */
  userArn(user: string): string {
    return userArn(this, user);
  }

  /** How a user logs in by IAM. */
  iamConnection(user: string): ConnectionFacts {
    return { ...this.passwordConnection(user), authentication: 'iam' };
  }
}

/** An Aurora cluster that takes IAM tokens beside passwords: each of its users logs in by one of them. */
export class IamCluster<E extends ClusterEngine = ClusterEngine> extends ClusterDatabase<E, true> {
  constructor(scope: Construct, id: string, props: ClusterProps<E>) {
    assertClassTakesIam(props.engine, props.instanceClass);
    super(scope, id, props, byIam);
  }

  /**
   * Lets a principal log in as a user who is defined for IAM (`DatabaseUser`).
   *
   * @throws Error where the user is no literal name.
   */
  grantConnect(principal: Principal, user: string): void {
    grantLogin(this, principal, user);
  }

  /**
   * What a policy of one's own allows `rds-db:connect` on, such as that of a permission set.
   *
   * @throws Error where the user is no literal name.
   */
  userArn(user: string): string {
    return userArn(this, user);
  }

  /** How a user logs in by IAM. */
  iamConnection(user: string): ConnectionFacts {
    return { ...this.passwordConnection(user), authentication: 'iam' };
  }
}
