import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { parseFile } from './terraform/hcl/parse/parse.ts';
import type { Block, Span } from './terraform/hcl/syntax.ts';
import { checkFiles } from './testing/check-text.ts';
import { mandatoryFailures } from './testing/expected.ts';
import { moduleTexts } from './testing/hcl-modules.ts';

// Every block and argument of a module is taken out by itself, and the checker judges what is left. These break a way in
// that is meant, and are found. What is not in the lists leaves it undecided, closes it for one client by taking its grant
// away, is refused by Terraform (a required argument, a block that others refer to), or is not needed to log in: names,
// tags, capacity, the rules for clients, none of whom is in view, and what the configuration does not ask for.

const texts = moduleTexts('modules/hcl');

const judge = (name: string, changed: Readonly<Record<string, string>>): Report => {
  const text = readFileSync(`testdata/hcl-modules/${name}-postgres/main.tf`, 'utf8');
  return checkFiles({ 'main.tf': text.replaceAll('"../../../modules', '"./modules'), ...texts, ...changed });
};

type Cut = readonly [what: string, span: Span];

const labelOf = ({ type, labels }: Block): string => {
  const name = labels.map(({ text }) => text).join('.');
  return type === 'resource' ? name : [type, name].filter((part) => part !== '').join('.');
};

const cutsIn = (block: Block, path: string): readonly Cut[] => [
  [path, block.span],
  ...[...block.body.attributes.values()].map(({ name, span }): Cut => [`${path} ${name}`, span]),
  ...block.body.blocks.flatMap((inner) => cutsIn(inner, `${path} ${labelOf(inner)}`)),
];

const breaking = (name: string): readonly string[] => {
  const path = `modules/hcl/${name}/main.tf`;
  const text = texts[path] ?? '';
  const blocks = parseFile({ path, text }).body.blocks.filter(({ type }) => type !== 'locals');
  return blocks
    .flatMap((block) => cutsIn(block, labelOf(block)))
    .filter(([, { start, end }]) => {
      const report = judge(name, { [path]: `${text.slice(0, start)}${text.slice(end)}` });
      return mandatoryFailures(report).length > 0;
    })
    .map(([what]) => what)
    .sort();
};

const network = [
  'aws_vpc_security_group_egress_rule.database',
  'aws_vpc_security_group_egress_rule.database referenced_security_group_id',
  'aws_vpc_security_group_egress_rule.database security_group_id',
  'aws_vpc_security_group_ingress_rule.database',
  'aws_vpc_security_group_ingress_rule.database referenced_security_group_id',
  'aws_vpc_security_group_ingress_rule.database security_group_id',
];

const proxy = [
  'aws_db_proxy.this engine_family',
  'aws_db_proxy.this vpc_security_group_ids',
  'aws_db_proxy.this vpc_subnet_ids',
  'aws_db_proxy_target.this',
  'aws_db_proxy_target.this db_proxy_name',
];

const role = [
  'aws_iam_role.this assume_role_policy',
  'data.aws_iam_policy_document.assume_role statement',
  'data.aws_iam_policy_document.assume_role statement actions',
  'data.aws_iam_policy_document.assume_role statement principals',
  'data.aws_iam_policy_document.assume_role statement principals identifiers',
];

const policy = (name: string): readonly string[] => [
  `aws_iam_role_policy.${name}`,
  `aws_iam_role_policy.${name} role`,
  `data.aws_iam_policy_document.${name} statement`,
  `data.aws_iam_policy_document.${name} statement actions`,
  `data.aws_iam_policy_document.${name} statement resources`,
];

const secrets = [
  'aws_db_proxy.this dynamic.auth',
  'aws_db_proxy.this dynamic.auth content secret_arn',
  'aws_secretsmanager_secret_version.this secret_string_wo',
];

describe('what the way in of a module cannot do without', () => {
  test.each([
    ['iam-database', ['aws_db_instance.this iam_database_authentication_enabled']],
    ['password-proxy', [...network, ...proxy, ...role, ...policy('secrets'), ...secrets]],
    [
      'iam-proxy',
      [
        ...network,
        ...proxy,
        ...role,
        ...policy('secrets'),
        ...secrets,
        'aws_db_proxy.this dynamic.auth content iam_auth',
        'aws_db_proxy.this require_tls',
      ],
    ],
    [
      'end-to-end-iam-proxy',
      [...network, ...proxy, ...role, ...policy('database'), 'aws_db_proxy.this default_auth_scheme'],
    ],
  ])('%s', (name, expected) => expect(breaking(name)).toEqual([...expected].sort()));
});
