import { expect, test } from '@jest/globals';
import type { ModuleOutline } from '../../model/source.ts';
import { outlineModule } from './outline.ts';

const of = (text: string, path: string) => outlineModule([{ path, text }]);
const none = { calls: [], fetches: false, isMarked: false };

test.each<[name: string, text: string, outline: Partial<ModuleOutline>, path?: string]>([
  ['nothing', '', {}],
  ['a call', 'module "a" {\n  source = "../a"\n}', { calls: ['../a'] }],
  ['one on one line', 'module "a" { source = "./a" }', { calls: ['./a'] }],
  ['one in JSON on one line', '{"module":{"a":{"source":"./a"}}}', { calls: ['./a'] }, 'main.tf.json'],
  ['one in a list of JSON', '{"module":[{"a":[{"source":"./a"}]}]}', { calls: ['./a'] }, 'main.tf.json'],
  ['none in a comment', '# source = "./a"\n/*\nmodule "a" {\n  source = "./a"\n}\n*/', {}],
  ['none in a text', 'locals {\n  a = <<-E\n    provider "aws" {}\n    source = "./a"\n  E\n}', {}],
  ['none of a resource', 'resource "aws_s3_object" "a" {\n  source = "./a"\n}', {}],
  ['a module of a registry', 'module "a" {\n  source = "acme/a/aws"\n}', { fetches: true }],
  ['one of a repository', 'module "a" {\n  source = "git::https://example.com/a.git"\n}', { fetches: true }],
  ['one that is computed', 'module "a" {\n  source = var.source\n}', { fetches: true }],
  ['a backend', 'terraform {\n  backend "s3" {}\n}', { isMarked: true }],
  ['a backend in JSON', '{"terraform":{"backend":{"s3":{}}}}', { isMarked: true }, 'main.tf.json'],
  ['HCP Terraform', 'terraform {\n  cloud {\n    organization = "acme"\n  }\n}', { isMarked: true }],
  ['a provider', 'provider "aws" {}', { isMarked: true }],
  ['no provider that is only required', 'terraform {\n  required_providers {\n    aws = {}\n  }\n}', {}],
  [
    'the module of a unit of Terragrunt',
    'terraform {\n  source = "../../modules//db"\n}',
    { calls: ['../../modules//db'] },
  ],
  ['what stands beside a mistake', 'module "a" {\n  source = "./a"\n}\nresource "x" {', { calls: ['./a'] }],
])('%s', (_, text, outline, path = 'main.tf') => expect(of(text, path)).toEqual({ ...none, ...outline }));

test('a call is that of all files together', () => {
  const files = [
    { path: 'main.tf', text: 'module "a" {\n  source = "./a"\n}' },
    { path: 'override.tf', text: 'module "a" {\n  source = "acme/a/aws"\n}' },
  ];
  expect(outlineModule(files)).toEqual({ ...none, fetches: true });
});
