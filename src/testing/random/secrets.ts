import { type Draft, moduleSource } from './draft.ts';
import type { Facts } from './facts.ts';

export const secretRef = ({ facts, style }: Draft, user: string): string => {
  const index = facts.users.findIndex(({ name }) => name === user);
  switch (style.secrets) {
    case 'plain':
      return `aws_secretsmanager_secret.${user}.arn`;
    case 'count':
      return `aws_secretsmanager_secret.user[${index}].arn`;
    case 'module':
      return `module.secret["${user}"].arn`;
    default:
      return `aws_secretsmanager_secret.user["${user}"].arn`;
  }
};

const secretBlocks = (name: string, meta: string, key: string, secret: string, content: string): readonly string[] => [
  `resource "aws_secretsmanager_secret" "${name}" {${meta}\n  name = ${secret}${key}\n}`,
  `resource "aws_secretsmanager_secret_version" "${name}" {${meta}\n  secret_id = aws_secretsmanager_secret.${name}${
    meta.includes('for_each') ? '[each.key]' : meta.includes('count') ? '[count.index]' : ''
  }.id\n  secret_string = ${content}\n}`,
];

const contentOf = ({ name, password }: Facts['users'][number]): string =>
  `{ username = "${name}"${password ? `, password = "canary-${name}-71aa"` : ''} }`;

export const addSecrets = (draft: Draft): void => {
  const { facts, style } = draft;
  if (facts.users.length === 0) return;
  const key = facts.key ? '\n  kms_key_id = aws_kms_key.main.arn' : '';
  if (facts.key) draft.body.push('resource "aws_kms_key" "main" {\n  description = "secrets"\n}');
  const contents = `{ ${facts.users.map((user) => `${user.name} = ${contentOf(user)}`).join(', ')} }`;
  const names = `[${facts.users.map(({ name }) => `"${name}"`).join(', ')}]`;
  switch (style.secrets) {
    case 'plain':
      for (const user of facts.users)
        draft.body.push(...secretBlocks(user.name, '', key, `"orders/${user.name}"`, `jsonencode(${contentOf(user)})`));
      return;
    case 'for-each':
      draft.body.push(`locals {\n  credentials = ${contents}\n}`);
      draft.body.push(
        ...secretBlocks(
          'user',
          '\n  for_each = local.credentials',
          key,
          '"orders/${each.key}"',
          'jsonencode(each.value)',
        ),
      );
      return;
    case 'for-each-set':
      draft.body.push(`locals {\n  credentials = ${contents}\n}`);
      draft.body.push(
        ...secretBlocks(
          'user',
          `\n  for_each = toset(${names})`,
          key,
          'format("orders/%s", each.value)',
          'jsonencode(local.credentials[each.key])',
        ),
      );
      return;
    case 'count':
      draft.body.push(`locals {\n  users = ${names}\n  credentials = ${contents}\n}`);
      draft.body.push(
        ...secretBlocks(
          'user',
          '\n  count = length(local.users)',
          key,
          '"orders/${local.users[count.index]}"',
          'jsonencode(local.credentials[local.users[count.index]])',
        ),
      );
      return;
    case 'module':
      draft.modules.set('secret', [
        'variable "name" {\n  type = string\n}',
        'variable "content" {\n  type = map(string)\n}',
        'variable "key" {\n  type = string\n  default = null\n}',
        ...secretBlocks('this', '', '\n  kms_key_id = var.key', '"orders/${var.name}"', 'jsonencode(var.content)'),
        'output "arn" {\n  value = try(aws_secretsmanager_secret.this.arn, null)\n}',
      ]);
      draft.body.push(
        `module "secret" {\n  source = "${moduleSource(draft, 'secret')}"\n  for_each = ${contents}\n  name = each.key\n  content = each.value${
          facts.key ? '\n  key = aws_kms_key.main.arn' : ''
        }\n}`,
      );
  }
};
