import { type DocumentStyle, type Statement, documentStyles, writeDocument, writeTrust } from './documents.ts';
import { type Draft, moduleSource } from './draft.ts';
import type { Grant } from './facts.ts';

/** How a policy gets to whom it is for. */
export const addPolicy = (
  draft: Draft,
  name: string,
  statements: readonly Statement[],
  holder: { readonly kind: Grant['holder']; readonly name: string },
): void => {
  const { style, random } = draft;
  const documentStyle: DocumentStyle = random.pick(documentStyles);
  draft.documents.push(documentStyle);
  const { blocks, expression } = writeDocument(documentStyle, name, statements);
  draft.body.push(...blocks);
  const { kind } = holder;
  const ref = `aws_iam_${kind}.${holder.name}`;
  const attachment = (meta: string, index: string): string =>
    `resource "aws_iam_${kind}_policy_attachment" "${name}" {${meta}\n  ${kind} = ${ref}.name\n  policy_arn = aws_iam_policy.${name}${index}.arn\n}`;
  const policy = `resource "aws_iam_policy" "${name}" {\n  name = "${name}"\n  policy = ${expression}\n}`;
  switch (random.chance(0.3) ? 'inline' : style.attach) {
    case 'inline':
      draft.body.push(
        `resource "aws_iam_${kind}_policy" "${name}" {\n  name = "${name}"\n  ${kind} = ${ref}.${random.pick(['name', 'id'])}\n  policy = ${expression}\n}`,
      );
      return;
    case 'managed':
      draft.body.push(policy, attachment('', ''));
      return;
    case 'managed-for-each':
      draft.body.push(
        policy,
        `resource "aws_iam_${kind}_policy_attachment" "${name}" {\n  for_each = { own = aws_iam_policy.${name}.arn }\n  ${kind} = ${ref}.name\n  policy_arn = each.value\n}`,
      );
      return;
    case 'policy-attachment':
      draft.body.push(
        policy,
        `resource "aws_iam_policy_attachment" "${name}" {\n  name = "${name}"\n  ${kind}s = [${ref}.name]\n  policy_arn = aws_iam_policy.${name}.arn\n}`,
      );
      return;
    case 'module':
      draft.modules.set('policy', [
        'variable "name" {\n  type = string\n}',
        'variable "policy" {\n  type = string\n}',
        'resource "aws_iam_policy" "this" {\n  count = var.name == "" ? 0 : 1\n  name = var.name\n  policy = var.policy\n}',
        'output "arn" {\n  value = try(aws_iam_policy.this[0].arn, "")\n}',
      ]);
      draft.body.push(
        `module "${name}" {\n  source = "${moduleSource(draft, 'policy')}"\n  name = "${name}"\n  policy = ${expression}\n}`,
        `resource "aws_iam_${kind}_policy_attachment" "${name}" {\n  ${kind} = ${ref}.name\n  policy_arn = module.${name}.arn\n}`,
      );
  }
};

export const addRole = (draft: Draft, name: string, service: string): void => {
  const { blocks, expression } = writeTrust(draft.random, name, { service });
  draft.body.push(
    ...blocks,
    `resource "aws_iam_role" "${name}" {\n  name = "${name}"\n  assume_role_policy = ${expression}\n}`,
  );
};

/** `arn:aws:rds-db:REGION:ACCOUNT:dbuser:ID/USER`, as an expression. */
export const arnOf = ({ style, facts }: Draft, id: string, user: string, region: string): string => {
  const own = region === 'us-east-1';
  switch (style.scope) {
    case 'literal':
      return `"arn:aws:rds-db:${region}:123456789012:dbuser:\${${id}}/${user}"`;
    case 'local':
      return `"arn:aws:rds-db:${own ? '${local.region}' : region}:\${local.account_id}:dbuser:\${${id}}/${user}"`;
    case 'variable':
      return `"arn:aws:rds-db:${own ? '${var.region}' : region}:\${var.account_id}:dbuser:\${${id}}/${user}"`;
    case 'data':
      return `"arn:\${data.aws_partition.current.partition}:rds-db:${own ? '${data.aws_region.current.region}' : region}:\${data.aws_caller_identity.current.account_id}:dbuser:\${${id}}/${user}"`;
    case 'format':
      return `format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "${region}", "123456789012", ${id}, "${user}")`;
    case 'join':
      return `join(":", ["arn", "aws", "rds-db", "${region}", "123456789012", "dbuser", "\${${id}}/${facts.users.length > 5 ? '' : user}"])`;
  }
};

/** Given in a file beside the root module, where the variable is the root's. */
export const readsFile = ({ style }: Draft): boolean =>
  style.scope === 'variable' && style.wrap === 'none' && style.innerCount;

export const addScope = (draft: Draft): void => {
  const { style, body } = draft;
  if (style.scope === 'local') body.push('locals {\n  region = "us-east-1"\n  account_id = "123456789012"\n}');
  if (style.scope === 'variable')
    body.push(
      'variable "region" {\n  type = string\n  default = "us-east-1"\n}',
      `variable "account_id" {\n  type = string${readsFile(draft) ? '' : '\n  default = "123456789012"'}\n}`,
    );
  if (style.scope === 'data')
    body.push(
      'data "aws_partition" "current" {}',
      'data "aws_region" "current" {}',
      'data "aws_caller_identity" "current" {}',
    );
};
