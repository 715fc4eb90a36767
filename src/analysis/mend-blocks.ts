import { inModuleOf, moduleOf, reachNote } from './expressions.ts';

/** Where a new block goes: "Add", or "Add to module.proxy". */
export const addTo = (place: string): string => (moduleOf(place) === '' ? 'Add' : `Add to ${moduleOf(place)}`);

/** A name in Terraform out of any text: letters, digits and underscores. */
export const nameOf = (text: string): string => {
  const name = text.replaceAll(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[A-Za-z_]/.test(name) ? name : `user_${name}`;
};

/** Type and name of the block that makes an address. */
const blockOf = (address: string): string => inModuleOf(address, address).replace(/\[.*\]$/, '');

/** The last name of an address: `proxy` of `module.a.aws_iam_role.proxy["x"]`. */
export const lastName = (address: string): string => nameOf(blockOf(address).split('.').at(-1) ?? '');

/** A name for one instance of a block: `main_eu` of `aws_db_proxy.main["eu"]`. */
export const instanceName = (address: string): string =>
  nameOf(inModuleOf(address, address).replace(/^(?:data\.)?\w+\./, ''));

/** A text between quotes of HCL. */
export const quoted = (text: string): string => JSON.stringify(text).replaceAll(/[$%](?=\{)/g, '$&$&');

/** One step of an edit: a sentence without its colon, and the lines to type. */
export const step = (sentence: string, lines: readonly string[]): string =>
  [`${sentence}:`, ...lines.map((line) => `  ${line}`)].join('\n');

/** Steps of one edit; those after the first are told by "and" or "Or". */
export const steps = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join('\n');

type Addressed = readonly { readonly address: string }[];

/** Blocks by the list that they were read from: many edits ask of the same one. */
const blocksIn = new WeakMap<Addressed, ReadonlySet<string>>();

const blocksOf = (there: Addressed): ReadonlySet<string> => {
  const blocks = blocksIn.get(there) ?? new Set(there.map(({ address }) => blockOf(address)));
  blocksIn.set(there, blocks);
  return blocks;
};

/** A name that no resource of the type has yet; beside those that are there it gets a number. */
export const freeName = (there: Addressed, type: string, name: string): string => {
  const taken = blocksOf(there);
  let candidate = name;
  for (let number = 2; taken.has(`${type}.${candidate}`); number++) candidate = `${name}_${number}`;
  return candidate;
};

/** A role as lines in its own module name it. */
export type RolePlace = {
  /** Address of what decides the module that the lines stand in. */
  readonly place: string;
  /** What resources are called after. */
  readonly name: string;
  readonly nameExpression: string;
  readonly arnExpression: string;
  /** What has a policy of a role already. */
  readonly carriers: Addressed;
};

export const managedRole = (address: string, carriers: RolePlace['carriers']): RolePlace => ({
  place: address,
  name: lastName(address),
  nameExpression: `${inModuleOf(address, address)}.name`,
  arnExpression: `${inModuleOf(address, address)}.arn`,
  carriers,
});

/** A role that is not in view is known by the ARN that the proxy has. */
export const roleOfProxy = (proxy: string, carriers: RolePlace['carriers']): RolePlace => {
  const arn = `${inModuleOf(proxy, proxy)}.role_arn`;
  return {
    place: proxy,
    name: lastName(proxy),
    nameExpression: `reverse(split("/", ${arn}))[0]`,
    arnExpression: arn,
    carriers,
  };
};

/**
 * An inline policy as a resource of its own: right in every writing style, for the policies that a role has already
 * stay as they are.
 */
export const rolePolicy = (
  role: RolePlace,
  purpose: string,
  action: string,
  resources: readonly string[],
): readonly string[] => {
  const name = freeName(role.carriers, 'aws_iam_role_policy', `${role.name}_${purpose}`);
  const list = `[${resources.join(', ')}]`;
  return [
    `resource "aws_iam_role_policy" "${name}" {`,
    `  name = "${name}"`,
    `  role = ${role.nameExpression}`,
    '  policy = jsonencode({',
    '    Version = "2012-10-17"',
    '    Statement = [{',
    '      Effect   = "Allow"',
    `      Action   = "${action}"`,
    `      Resource = ${list.includes('[*]') ? `flatten(${list})` : list}`,
    '    }]',
    '  })',
    '}',
  ];
};

export const passwordVariable = (name: string): readonly string[] => [
  `variable "${name}_password" {`,
  '  type      = string',
  '  sensitive = true',
  '}',
];

export const credentials = (user: string, name: string): string =>
  `jsonencode({ username = ${quoted(user)}, password = var.${name}_password })`;

/** A secret for a database user, whose password only the reader knows. */
export const secretBlocks = (user: string, name: string): readonly string[] => [
  ...passwordVariable(name),
  `resource "aws_secretsmanager_secret" "${name}" {`,
  `  name = "${name}"`,
  '}',
  `resource "aws_secretsmanager_secret_version" "${name}" {`,
  `  secret_id     = aws_secretsmanager_secret.${name}.id`,
  `  secret_string = ${credentials(user, name)}`,
  '}',
];

/** A secret for a database user who is yet to be made, with a password that nobody has typed. */
export const generatedSecret = (user: string, name: string): readonly string[] => [
  `resource "random_password" "${name}" {`,
  '  length  = 32',
  '  special = false',
  '}',
  `resource "aws_secretsmanager_secret" "${name}" {`,
  `  name = "${name}"`,
  '}',
  `resource "aws_secretsmanager_secret_version" "${name}" {`,
  `  secret_id     = aws_secretsmanager_secret.${name}.id`,
  `  secret_string = jsonencode({ username = ${quoted(user)}, password = random_password.${name}.result })`,
  '}',
];

/** An `auth` block of a proxy. */
export const authBlock = (mode: string, secretArn: string): readonly string[] => [
  'auth {',
  '  auth_scheme = "SECRETS"',
  `  iam_auth    = "${mode}"`,
  `  secret_arn  = ${secretArn}`,
  '}',
];

/** What must be said once for expressions that stand in other modules than the line. */
export const notesFor = (place: string, addresses: readonly string[], what: string): string =>
  [...new Set(addresses.map((address) => reachNote(place, address, what)))].join('');
