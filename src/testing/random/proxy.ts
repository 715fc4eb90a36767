import { databaseRef, flag } from './database.ts';
import type { Statement } from './documents.ts';
import { type Draft, type Style, isAurora, moduleSource } from './draft.ts';
import type { Grant } from './facts.ts';
import { addPolicy, addRole, arnOf } from './iam.ts';
import { secretRef } from './secrets.ts';

const proxyRef = ({ style }: Draft, attribute: string): string => {
  switch (style.proxyIn) {
    case 'flat':
      return `aws_db_proxy.main.${attribute}`;
    case 'count':
      return `aws_db_proxy.main[0].${attribute}`;
    case 'for-each':
      return `aws_db_proxy.main["orders"].${attribute}`;
    case 'module':
      return `module.proxy.${attribute}`;
    case 'module-count':
      return `module.proxy[0].${attribute}`;
    case 'module-for-each':
      return `module.proxy["orders"].${attribute}`;
  }
};

/** The idioms that cut the id out of an ARN. */
const cut = (idiom: Style['idiom'], arn: string): string => {
  switch (idiom) {
    case 'element':
      return `element(split(":", ${arn}), 6)`;
    case 'index':
      return `split(":", ${arn})[6]`;
    case 'regex':
      return `regex("prx-[0-9a-z]+", ${arn})`;
    case 'reverse':
      return `reverse(split(":", ${arn}))[0]`;
    case 'one':
      return `element(split(":", one([${arn}])), length(split(":", ${arn})) - 1)`;
    case 'trim':
      return `replace(${arn}, "/^.*:/", "")`;
  }
};

export const grantedId = (draft: Draft, { endpoint, form }: Grant): string => {
  if (endpoint === 'database') return databaseRef(draft, form === 'resource-id' ? 'resource_id' : 'identifier');
  return form === 'resource-id' ? cut(draft.style.idiom, proxyRef(draft, 'arn')) : proxyRef(draft, form);
};

/** Mode and ARN are expressions. */
type AuthEntry = { readonly name: string; readonly mode: string; readonly arn: string };

const authBlock = (indent: string, mode: string, arn: string): string =>
  ['auth_scheme = "SECRETS"', `iam_auth = ${mode}`, `secret_arn = ${arn}`].map((line) => `${indent}${line}`).join('\n');

const dynamicAuth = (forEach: string): string =>
  `\n  dynamic "auth" {\n    for_each = ${forEach}\n    content {\n${authBlock('      ', 'auth.value.mode', 'auth.value.arn')}\n    }\n  }`;

const modeText = (mode: string | null): string => (mode === null ? 'null' : `"${mode}"`);
const entryText = ({ mode, arn }: AuthEntry): string => `{ mode = ${mode}, arn = ${arn} }`;

const authText = (
  style: Style['auth'],
  entries: readonly AuthEntry[],
): { readonly locals: string; readonly blocks: string } => {
  if (entries.length === 0) return { locals: '', blocks: '' };
  const map = `{ ${entries.map((entry) => `${entry.name} = ${entryText(entry)}`).join(', ')} }`;
  switch (style) {
    case 'static':
      return {
        locals: '',
        blocks: entries.map(({ mode, arn }) => `\n  auth {\n${authBlock('    ', mode, arn)}\n  }`).join(''),
      };
    case 'dynamic-map':
      return { locals: '', blocks: dynamicAuth(map) };
    case 'dynamic-list':
      return { locals: '', blocks: dynamicAuth(`[${entries.map(entryText).join(', ')}]`) };
    case 'dynamic-local':
      return { locals: `locals {\n  auth = ${map}\n}`, blocks: dynamicAuth('local.auth') };
    case 'dynamic-filter':
      return {
        locals: `locals {\n  auth = ${map}\n}`,
        blocks: dynamicAuth('{ for name, entry in local.auth : name => entry if name != "nobody" }'),
      };
  }
};

type ProxyInputs = {
  readonly meta: string;
  readonly index: string;
  readonly name: string;
  readonly role: string;
  readonly groups: string;
  readonly target: string;
  readonly entries: readonly AuthEntry[];
};

const proxyResources = (draft: Draft, inputs: ProxyInputs): readonly string[] => {
  const { facts, style, random } = draft;
  const { meta, index } = inputs;
  const auth = authText(style.auth, inputs.entries);
  const scheme = facts.endToEnd ? '\n  default_auth_scheme = "IAM_AUTH"' : '';
  const targetKind = isAurora(draft) ? 'db_cluster_identifier' : 'db_instance_identifier';
  return [
    ...(auth.locals === '' ? [] : [auth.locals]),
    `resource "aws_db_proxy" "main" {${meta}
  name = ${inputs.name}
  engine_family = "${facts.family}"${flag('require_tls', facts.tls)}${scheme}
  role_arn = ${inputs.role}
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ${inputs.groups}${auth.blocks}
}`,
    `resource "aws_db_proxy_default_target_group" "main" {${meta}\n  db_proxy_name = aws_db_proxy.main${index}.name\n}`,
    ...(facts.target
      ? [
          `resource "aws_db_proxy_target" "main" {${meta}\n  db_proxy_name = aws_db_proxy.main${index}.name\n  target_group_name = ${
            random.chance(0.7) ? `aws_db_proxy_default_target_group.main${index}.name` : '"default"'
          }\n  ${targetKind} = ${inputs.target}\n}`,
        ]
      : []),
  ];
};

const addProxyRole = (draft: Draft): void => {
  const { facts } = draft;
  addRole(draft, 'proxy', facts.trust);
  const statements: Statement[] = [];
  if (facts.reads.length > 0 && !facts.endToEnd)
    statements.push({
      effect: 'Allow',
      actions: [facts.readAction],
      resources: facts.reads.map((user) => secretRef(draft, user)),
    });
  if (facts.endToEnd)
    statements.push({
      effect: 'Allow',
      actions: ['rds-db:connect'],
      resources: facts.connects.map((user) => arnOf(draft, databaseRef(draft, 'resource_id'), user, 'us-east-1')),
    });
  if (statements.length > 0) addPolicy(draft, 'proxy_access', statements, { kind: 'role', name: 'proxy' });
};

const plainMeta: Readonly<Record<string, readonly [meta: string, index: string]>> = {
  flat: ['', ''],
  count: ['\n  count = 1', '[0]'],
  'for-each': ['\n  for_each = toset(["orders"])', '[each.key]'],
};

export const addProxy = (draft: Draft): void => {
  const { facts, style } = draft;
  if (!facts.proxy) return;
  addProxyRole(draft);
  const groups = facts.network === null ? '["sg-0aa00000000000002"]' : '[aws_security_group.proxy.id]';
  const own = facts.users.map(({ name, mode }) => ({ name, mode: modeText(mode), arn: secretRef(draft, name) }));
  const plain = plainMeta[style.proxyIn];
  if (plain !== undefined) {
    const [meta, index] = plain;
    draft.body.push(
      ...proxyResources(draft, {
        meta,
        index,
        name: '"orders-proxy"',
        role: 'aws_iam_role.proxy.arn',
        groups,
        target: databaseRef(draft, 'identifier'),
        entries: own,
      }),
    );
    return;
  }
  addProxyModule(draft, groups, own);
};

const addProxyModule = (draft: Draft, groups: string, own: readonly AuthEntry[]): void => {
  const { facts, style } = draft;
  const [meta, index] = style.innerCount ? ['\n  count = var.create ? 1 : 0', '[0]'] : ['', ''];
  const output = (name: string): string => {
    const value = style.innerCount ? `try(aws_db_proxy.main[0].${name}, null)` : `aws_db_proxy.main.${name}`;
    return `output "${name}" {\n  value = ${value}\n}`;
  };
  draft.modules.set('proxy', [
    'variable "create" {\n  type = bool\n  default = true\n}',
    'variable "role_arn" {\n  type = string\n}',
    'variable "security_group_ids" {\n  type = list(string)\n}',
    'variable "secrets" {\n  type = map(object({\n    arn = string\n    mode = optional(string)\n  }))\n  default = {}\n}',
    'variable "database" {\n  type = string\n}',
    ...proxyResources(draft, {
      meta,
      index,
      name: '"orders-proxy"',
      role: 'var.role_arn',
      groups: 'var.security_group_ids',
      target: 'var.database',
      entries: facts.users.map(({ name, mode }) => ({
        name,
        mode: style.auth === 'static' ? modeText(mode) : `var.secrets["${name}"].mode`,
        arn: `var.secrets["${name}"].arn`,
      })),
    }),
    ...['arn', 'id', 'name', 'endpoint'].map(output),
  ]);
  const moduleMeta =
    style.proxyIn === 'module-count'
      ? '\n  count = 1'
      : style.proxyIn === 'module-for-each'
        ? '\n  for_each = toset(["orders"])'
        : '';
  const secrets = own.map(({ name, mode, arn }) => `${name} = { arn = ${arn}, mode = ${mode} }`).join(', ');
  draft.body.push(
    `module "proxy" {\n  source = "${moduleSource(draft, 'proxy')}"${moduleMeta}\n  role_arn = aws_iam_role.proxy.arn\n  security_group_ids = ${groups}\n  secrets = { ${secrets} }\n  database = ${databaseRef(draft, 'identifier')}\n}`,
  );
};
