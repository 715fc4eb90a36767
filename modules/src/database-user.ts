import type { UserSecret } from './credentials.ts';
import type { Database } from './database.ts';
import type { Path, UserStatements } from './engine.ts';
import type { Engine, IamEngine } from './engines.ts';
import { Construct, TerraformOutput, type TerraformProvider } from './framework.ts';
import { assertUser } from './grants.ts';
import { type EndToEndIamProxy, IamProxy, PasswordProxy } from './proxies.ts';
import { type UserMethod, declareMethod } from './user-methods.ts';
import { makeUserResource } from './user-resource.ts';
import { userStatements } from './user-statements.ts';

type AnyProxy<U extends string> = PasswordProxy<U, Engine> | IamProxy<U, Engine> | EndToEndIamProxy<U, IamEngine>;

/** Of a database itself: by IAM where it takes tokens, unless `method` says otherwise. */
type DirectUser = (
  | { readonly database: Database<IamEngine, true>; readonly method?: UserMethod }
  | { readonly database: Database; readonly method?: 'password' }
) & { readonly user: string; readonly proxy?: never };

/** Of a proxy: as the proxy logs in to the database. */
type ProxiedUser<U extends string> = {
  readonly proxy: AnyProxy<U>;
  readonly user: NoInfer<U>;
  readonly database?: never;
  readonly method?: never;
};

export type DatabaseUserProps<U extends string = string> = (DirectUser | ProxiedUser<U>) & {
  /** Makes an output of the SQL. Default: false. */
  readonly output?: boolean;
  /**
   * The provider `postgresql` (cyrilgdn) or `mysql` (petoju) that the caller has set up for this database. It makes the
   * user, and there is no SQL to type. It has to reach the database from where Terraform runs.
   */
  readonly provider?: TerraformProvider;
};

type Subject = {
  readonly database: Database;
  readonly path: Path;
  readonly method: UserMethod;
  readonly secret?: UserSecret;
};

const ofProxy = <U extends string>(proxy: AnyProxy<U>, user: U): Subject => {
  const { database, path } = proxy;
  proxy.connection(user);
  return proxy instanceof PasswordProxy || proxy instanceof IamProxy
    ? { database, path, method: 'password', secret: proxy.secretOf(user) }
    : { database, path, method: 'iam' };
};

const ofDatabase = ({ database, method }: DirectUser): Subject => {
  const chosen = method ?? (database.iamAuthentication ? 'iam' : 'password');
  if (chosen === 'iam' && !database.iamAuthentication) {
    throw new Error(
      'method is "iam", and the database has iamAuthentication off. Use IamDatabase or IamCluster for it.',
    );
  }
  return { database, method: chosen, path: chosen === 'iam' ? 'iam-rds' : 'password-rds' };
};

/**
 * A user inside the database, as the way in that it takes needs it: the SQL for who administers the database, or the user
 * itself where the caller has a provider for it.
 */
export class DatabaseUser<const U extends string = string> extends Construct {
  readonly user: string;
  readonly method: UserMethod;

  private readonly subject: Subject;

  /** @throws Error where the same user has another method, or the provider cannot make this one. */
  constructor(scope: Construct, id: string, props: DatabaseUserProps<U>) {
    super(scope, id);
    assertUser(props.user);
    this.subject = props.proxy !== undefined ? ofProxy(props.proxy, props.user) : ofDatabase(props);
    this.user = props.user;
    this.method = this.subject.method;
    const { database, method } = this.subject;
    declareMethod(this, { database, user: this.user, method, by: `DatabaseUser ${this.node.path}` });
    if (props.output === true) {
      new TerraformOutput(this, 'sql', {
        value: this.sql,
        description: `What defines the user ${this.user} in the database`,
      });
    }
    if (props.provider !== undefined) {
      const { secret } = this.subject;
      makeUserResource(this, { provider: props.provider, database, user: this.user, method, secret });
    }
  }

  /** Statements to run as an administrator of the database. In the place of a password stands where it is kept. */
  get sql(): string {
    return this.statements().lines.join('\n');
  }

  /** What to know about the statements: what is different where the user exists. */
  get notes(): readonly string[] {
    return this.statements().notes;
  }

  private statements(): UserStatements {
    const { path, database, secret } = this.subject;
    const { lines, notes } = userStatements(path, database.engine, this.user);
    if (secret === undefined) return { lines, notes };
    return { lines: lines.map((line) => line.replace('in the secret>', `in the secret ${secret.name}>`)), notes };
  }
}
