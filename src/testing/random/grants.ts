import type { Statement } from './documents.ts';
import type { Draft } from './draft.ts';
import type { Grant } from './facts.ts';
import { addPolicy, addRole, arnOf } from './iam.ts';
import { grantedId } from './proxy.ts';

export const addGrant = (draft: Draft, grant: Grant): void => {
  const { style, body } = draft;
  const { who, user, region, action, denied, condition } = grant;
  const raw = grantedId(draft, grant);
  const id = style.via === 'local' ? `local.${who}_endpoint` : raw;
  if (style.via === 'local') body.push(`locals {\n  ${who}_endpoint = ${raw}\n}`);
  const text = arnOf(draft, id, user, region);
  const arn = style.via === 'local-arn' ? `local.${who}_arn` : text;
  if (style.via === 'local-arn') body.push(`locals {\n  ${who}_arn = ${text}\n}`);
  const allow: Statement = { effect: 'Allow', actions: [action], resources: [arn] };
  const conditional = { test: 'StringEquals', variable: 'aws:SourceVpc', value: 'vpc-0123456789abcdef0' };
  const statements: readonly Statement[] = [
    condition ? { ...allow, condition: conditional } : allow,
    ...(denied ? [{ effect: 'Deny' as const, actions: [action], resources: [arn] }] : []),
  ];
  if (grant.holder === 'role') addRole(draft, who, 'ecs-tasks.amazonaws.com');
  else body.push(`resource "aws_iam_${grant.holder}" "${who}" {\n  name = "${who}"\n}`);
  addPolicy(draft, `${who}_connect`, statements, { kind: grant.holder, name: who });
};
