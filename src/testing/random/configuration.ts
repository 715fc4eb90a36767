import { addDatabase } from './database.ts';
import { type Draft, type RandomConfiguration, styleOf } from './draft.ts';
import { randomFacts } from './facts.ts';
import { addGrant } from './grants.ts';
import { addScope, readsFile } from './iam.ts';
import { addNetwork } from './network.ts';
import { addProxy } from './proxy.ts';
import { randomFrom } from './random.ts';
import { addSecrets } from './secrets.ts';

const head =
  'terraform {\n  required_version = ">= 1.5"\n\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n      version = "~> 6.0"\n    }\n  }\n}';

const providers = (aliased: boolean): string =>
  aliased
    ? 'provider "aws" {\n  region = "eu-west-1"\n}\n\nprovider "aws" {\n  alias = "main"\n  region = "us-east-1"\n}'
    : 'provider "aws" {\n  region = "us-east-1"\n}';

const wrapMeta: Readonly<Record<string, string>> = {
  'module-for-each': '\n  for_each = toset(["one"])',
  'module-count': '\n  count = 1',
};

/** Where all is there twice, names begin with what tells one from the other. */
const isTwice = ({ style }: Draft): boolean => style.wrap.startsWith('two-');

const prefixVariable = 'variable "prefix" {\n  type = string\n}';

const prefixed = (block: string): string =>
  block
    .replace(/^(\s*(?:name|identifier|cluster_identifier) = )"/gm, '$1"${var.prefix}-')
    .replace(/^(\s*name = format\()"/gm, '$1"${var.prefix}-')
    .replace(/^(\s*source = "[^"]*\/(?:proxy|secret)")$/gm, '$1\n  prefix = var.prefix');

const callsOf = ({ style }: Draft, aliased: boolean): readonly string[] => {
  const call = (name: string, meta: string): string =>
    `module "${name}" {\n  source = "./modules/stack"${meta}${aliased ? '\n  providers = {\n    aws = aws.main\n  }' : ''}\n}`;
  switch (style.wrap) {
    case 'none':
      return [];
    case 'two-modules':
      return [call('stack', '\n  for_each = toset(["one", "two"])\n  prefix = each.key')];
    case 'two-calls':
      return [call('first', '\n  prefix = "one"'), call('second', '\n  prefix = "two"')];
    default:
      return [call('stack', wrapMeta[style.wrap] ?? '')];
  }
};

/** A module that names something itself has to be told the prefix. */
const moduleOf = (draft: Draft, name: string, blocks: readonly string[]): readonly string[] =>
  isTwice(draft) && (name === 'proxy' || name === 'secret') ? [prefixVariable, ...blocks.map(prefixed)] : blocks;

const filesOf = (draft: Draft): ReadonlyMap<string, string> => {
  const { style, body, modules } = draft;
  const wrapped = style.wrap !== 'none';
  const aliased = wrapped && style.aliased;
  const own = isTwice(draft) ? [prefixVariable, ...body.map(prefixed)] : body;
  const text = (blocks: readonly string[]): string => `${blocks.join('\n\n')}\n`;
  return new Map([
    ['main.tf', text([head, providers(aliased), ...(wrapped ? callsOf(draft, aliased) : body)])],
    ...(wrapped ? [['modules/stack/main.tf', text(own)] as const] : []),
    ...(readsFile(draft) ? [['terraform.tfvars', 'account_id = "123456789012"\n'] as const] : []),
    ...[...modules].map(([name, blocks]) => [`modules/${name}/main.tf`, text(moduleOf(draft, name, blocks))] as const),
  ]);
};

export const randomConfiguration = (seed: number): RandomConfiguration => {
  const random = randomFrom(seed);
  const facts = randomFacts(random);
  const draft: Draft = { facts, style: styleOf(random), random, body: [], modules: new Map(), documents: [] };
  addNetwork(draft);
  addDatabase(draft);
  addSecrets(draft);
  addProxy(draft);
  for (const grant of facts.grants) addGrant(draft, grant);
  addScope(draft);
  return { files: filesOf(draft), mistakes: facts.mistakes, style: draft.style, documents: draft.documents };
};
