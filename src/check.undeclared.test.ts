import { describe, expect, test } from '@jest/globals';
import type { Diagnostic } from './model/diagnostic.ts';
import { checkFiles, checkPlanWithText } from './testing/check-text.ts';

const declared = `
variable "region" { default = "eu-west-1" }
locals {
  name = "orders"
}
provider "aws" {
  region = var.region
}
provider "aws" {
  alias  = "far_away"
  region = "us-east-1"
}
data "aws_caller_identity" "current" {}
resource "aws_db_instance" "orders" {
  identifier = local.name
}
resource "aws_db_instance" "reports" {
  identifier = "reports"
}
module "inner" {
  source = "./inner"
}
`;

const files = (text: string) => ({ 'main.tf': `${declared}${text}`, 'inner/main.tf': 'output "id" { value = "x" }' });

const undeclared = (all: Readonly<Record<string, string>>): readonly Diagnostic[] =>
  checkFiles(all).diagnostics.filter(({ code }) => code === 'reference-undeclared');

describe('a name that no block declares', () => {
  test.each([
    ['aws_db_instance.order.resource_id', 'aws_db_instance.order', 'resource', 'Did you mean aws_db_instance.orders?'],
    [
      'aws_db_instance.something.arn',
      'aws_db_instance.something',
      'resource',
      'Declared of this type: aws_db_instance.orders, aws_db_instance.reports.',
    ],
    ['aws_db_proxy.main[0].arn', 'aws_db_proxy.main', 'resource', ''],
    [
      'data.aws_caller_identity.curent.id',
      'data.aws_caller_identity.curent',
      'data source',
      'Did you mean data.aws_caller_identity.current?',
    ],
    ['var.regoin', 'var.regoin', 'variable', 'Did you mean var.region?'],
    ['"${local.nam}-x"', 'local.nam', 'local value', 'Did you mean local.name?'],
    ['[for x in module.iner.ids : x]', 'module.iner', 'module', 'Did you mean module.inner?'],
  ])('%s', (expression, name, what, advice) => {
    const found = undeclared(files(`output "it" {\n  value = ${expression}\n}\n`));
    expect(found).toEqual([
      {
        severity: 'warning',
        code: 'reference-undeclared',
        summary: `${name} is used here, and no ${what} of this name is declared in the module: Terraform refuses the configuration.`,
        detail: `What rests on it stays undecided.${advice === '' ? '' : ` ${advice}`}`,
        origin: expect.objectContaining({ file: 'main.tf', line: 24 }),
      },
    ]);
  });

  test('is said once, where it is used first', () => {
    const found = undeclared(files('output "a" {\n  value = [var.x, var.x]\n}\noutput "b" {\n  value = var.x\n}\n'));
    expect(found.map(({ origin }) => [origin?.line, origin?.column])).toEqual([[24, 12]]);
  });

  test.each([
    [6, 'One more name is'],
    [9, '4 more names are'],
  ])('of %d all but five are counted', (count, words) => {
    const uses = Array.from({ length: count }, (_, i) => `var.x${i}`);
    const found = undeclared(files(`output "a" {\n  value = [${uses.join(', ')}]\n}\n`));
    expect(found).toHaveLength(6);
    expect(found[5]?.summary).toBe(
      `${words} used and not declared in the module: Terraform refuses the configuration.`,
    );
    expect(found[5]?.origin?.line).toBe(24);
  });

  test('is looked for in the module that uses it', () => {
    const inside = 'resource "aws_db_proxy" "p" {\n  name = var.region\n}';
    const found = undeclared({ ...files(''), 'inner/main.tf': inside });
    expect(found.map(({ origin }) => [origin?.file, origin?.line])).toEqual([['inner/main.tf', 2]]);
  });
});

test.each([
  ['what is declared', 'value = [aws_db_instance.orders.arn, var.region, local.name, module.inner.id]'],
  ['what is no block', 'value = [path.module, terraform.workspace]'],
  ['what a for binds', 'value = { for a_b, c_d in { x = { y = 1 } } : a_b => c_d.y }'],
  ['what a template binds', 'value = "%{ for a_b in [{ y = 1 }] }${a_b.y}%{ endfor }"'],
  ['a name alone', 'value = try(aws_db_proxy, null)'],
])('nothing is said of %s', (_, value) => {
  expect(undeclared(files(`output "it" {\n  ${value}\n}\n`))).toEqual([]);
});

test.each([
  [
    'the iterator of a dynamic block',
    'dynamic "auth" {\n  for_each = ["x"]\n  iterator = one_auth\n  content {\n    secret_arn = one_auth.value\n  }\n}',
  ],
  [
    'a label of a dynamic block',
    'dynamic "some_auth" {\n  for_each = ["x"]\n  content {\n    secret_arn = some_auth.value\n  }\n}',
  ],
  ['a provider', 'provider = aws.far_away'],
  ['changes that are ignored', 'lifecycle {\n  ignore_changes = [auth, some_block.x]\n}'],
  ['each, count and self', 'name = "${each.key}${count.index}${self.name}"'],
])('nothing is said of %s', (_, argument) => {
  expect(undeclared(files(`resource "aws_db_proxy" "p" {\n  ${argument}\n}\n`))).toEqual([]);
});

test('nothing is said where a file is broken, for it may declare the name', () => {
  expect(undeclared({ ...files('output "it" {\n  value = var.x\n}\n'), 'more.tf': 'variable "x" {\n' })).toEqual([]);
});

test('nothing is said of a text of which there is a plan', () => {
  const report = checkPlanWithText('testdata/scenarios/mistake-role-trust/plan.json', {
    'main.tf': 'output "it" {\n  value = var.nobody\n}\n',
  });
  expect(report.diagnostics.filter(({ code }) => code === 'reference-undeclared')).toEqual([]);
});
