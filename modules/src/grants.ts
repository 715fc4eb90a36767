import {
  type Construct,
  type DataAwsIamGroup,
  type DataAwsIamRole,
  type DataAwsIamUser,
  type IamGroup,
  IamGroupPolicy,
  type IamRole,
  IamRolePolicy,
  type IamUser,
  IamUserPolicy,
  TerraformStack,
  Token,
} from './framework.ts';

/** Who is granted a login: a role, user or group that the stack makes or reads, or one that is known by its name. */
export type Principal =
  | IamRole
  | IamUser
  | IamGroup
  | DataAwsIamRole
  | DataAwsIamUser
  | DataAwsIamGroup
  | { readonly roleName: string }
  | { readonly userName: string }
  | { readonly groupName: string };

type Named = { readonly kind: 'role' | 'user' | 'group'; readonly name: string };

const nameOfRole = (role: IamRole | DataAwsIamRole): string => role.name;

const nameOfUser = (user: IamUser | DataAwsIamUser): string => ('userName' in user ? user.userName : user.name);

const nameOfGroup = (group: IamGroup | DataAwsIamGroup): string =>
  'groupName' in group ? group.groupName : group.name;

const namedOf = (principal: Principal): Named => {
  if (principal === null || typeof principal !== 'object') {
    throw new Error(
      'A principal is a resource of IAM or an object: write, for instance, { roleName: "service" } in the place of a text.',
    );
  }
  const named = kindAndNameOf(principal);
  if (named.kind === 'role' && literalNameOf(principal, named).startsWith('AWSReservedSSO_')) {
    throw new Error(
      `${literalNameOf(principal, named)} is the role of a permission set, and takes no inline policy. Let the permission set ` +
        'allow rds-db:connect on userArn(user) instead.',
    );
  }
  return named;
};

/** A data source is told the name as text, and gives it back as a token. */
const literalNameOf = (principal: Principal, { name }: Named): string => {
  const told = 'nameInput' in principal ? principal.nameInput : undefined;
  return told ?? name;
};

const kindAndNameOf = (principal: Principal): Named => {
  if (!('terraformResourceType' in principal)) {
    if ('roleName' in principal) return { kind: 'role', name: principal.roleName };
    if ('userName' in principal) return { kind: 'user', name: principal.userName };
    return { kind: 'group', name: principal.groupName };
  }
  switch (principal.terraformResourceType) {
    case 'aws_iam_role':
      return { kind: 'role', name: nameOfRole(principal as IamRole) };
    case 'aws_iam_user':
      return { kind: 'user', name: nameOfUser(principal as IamUser) };
    case 'aws_iam_group':
      return { kind: 'group', name: nameOfGroup(principal as IamGroup) };
    default:
      throw new Error(
        `${principal.terraformResourceType} is no principal. Hand over a role, a user or a group of IAM.`,
      );
  }
};

/** The id of a construct for a principal: its path in the stack where it is one, else its name. */
const idOf = (scope: Construct, principal: Principal, { kind, name }: Named): string => {
  if ('node' in principal) {
    // Without the stack, so that the addresses of two stacks of the same constructs agree.
    const own = `${TerraformStack.of(scope).node.path}/`;
    const { path } = principal.node;
    return (path.startsWith(own) ? path.slice(own.length) : path).replaceAll('/', '-');
  }
  if (Token.isUnresolved(name)) {
    throw new Error(
      `The name of the ${kind} is a token. Hand over the resource itself, or one that the stack reads by its name as text.`,
    );
  }
  return `${kind}-${name}`;
};

/** What is granted by each construct, by its id there. */
const granted = new WeakMap<Construct, Map<string, string>>();

/**
 * An id that nothing else has: `a-b` and `c` make the same one as `a` and `b-c`. Undefined where the same is granted
 * already.
 */
const freeId = (scope: Construct, wanted: string, same: string): string | undefined => {
  const ids = granted.get(scope) ?? new Map<string, string>();
  granted.set(scope, ids);
  let id = wanted;
  for (let other = 2; ids.has(id) && ids.get(id) !== same; other += 1) id = `${wanted}-${other}`;
  if (ids.has(id)) return undefined;
  ids.set(id, same);
  return id;
};

/**
 * Refuses what is no literal name of one database user.
 *
 * @throws Error for tokens, wildcards and what an ARN of a database user cannot hold.
 */
export const assertUser = (user: string): void => {
  if (Token.isUnresolved(user)) {
    throw new Error(
      'A database user is a token. Write the name as text, so that its grant and its secret can be compared.',
    );
  }
  if (/^[^\s*?:/\\"'`${}]{1,63}$/.test(user)) return;
  throw new Error(
    `"${user}" is not the name of one database user. A grant names one user, without wildcards, quotes, blanks and slashes.`,
  );
};

/** @throws Error where they are none, or one of them is there twice or no literal name. */
export const assertUsers = (users: readonly string[]): void => {
  if (users.length === 0) throw new Error('users is empty. Name at least one user as whom the proxy logs in.');
  users.forEach(assertUser);
  const twice = users.find((user, i) => users.indexOf(user) < i);
  if (twice !== undefined) throw new Error(`users names "${twice}" twice. Name each user once.`);
};

type GrantProps = {
  /** What it lets the principal do. */
  readonly verb: 'connect' | 'read-secret';
  /** Of what. */
  readonly object: string;
  readonly principal: Principal;
  readonly user: string;
  readonly policy: string;
};

/** An inline policy of the principal. To grant the same twice is to grant it once. */
export const grant = (scope: Construct, { verb, object, principal, user, policy }: GrantProps): void => {
  const named = namedOf(principal);
  const same = JSON.stringify([verb, user, 'node' in principal ? principal.node.path : named]);
  const id = freeId(scope, `${verb}-${user}-${idOf(scope, principal, named)}`, same);
  if (id === undefined) return;
  // IAM lets a policy's name have none of the other characters. It is only begun here: a role is known in all regions, and
  // the policy of a stack in another one is not to take the place of this one.
  const namePrefix = `${`${verb}-${object}-${user}`.replaceAll(/[^\w+=,.@-]/g, '-').slice(0, 101)}-`;
  const config = { namePrefix, policy };
  if (named.kind === 'role') new IamRolePolicy(scope, id, { ...config, role: named.name });
  else if (named.kind === 'user') new IamUserPolicy(scope, id, { ...config, user: named.name });
  else new IamGroupPolicy(scope, id, { ...config, group: named.name });
};
