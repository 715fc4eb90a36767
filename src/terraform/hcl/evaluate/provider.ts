import { accountOfRole } from '../../role-account.ts';
import type { Symbolic } from '../symbolic.ts';
import type { Expression } from '../syntax.ts';
import { textAt, toJson } from '../values.ts';
import type { ConfigBlock } from './config-body.ts';
import { evaluate } from './evaluate.ts';
import type { Module } from './module-types.ts';

/** The provider configuration that a resource uses. */
export type Provider = {
  /** As plan JSON's `provider_config_key`: `aws`, `aws.west`, `module.m:aws`. */
  readonly key: string;
  /** Of a block in it by `block.name`, of which the last counts. */
  readonly argument: (path: string) => Symbolic | undefined;
  readonly text: (name: string) => string | undefined;
  /** The one account that it is allowed to work in, or that of the role that it assumes. */
  readonly account: () => string | undefined;
};

/** `provider = aws.west`, a text in JSON syntax; else the first word of the type. */
export const providerOf = (module: Module, { body, labels }: ConfigBlock): Provider => {
  const written = body.attributes.get('provider')?.value;
  const name = (written === undefined ? undefined : nameIn(written)) ?? (labels[0] ?? '').split('_')[0] ?? '';
  return findProvider(module, name);
};

const nameIn = (expression: Expression): string | undefined => {
  if (expression.kind === 'literal') return typeof expression.value === 'string' ? expression.value : undefined;
  if (expression.kind === 'name') return expression.name;
  if (expression.kind === 'attribute' && expression.target.kind === 'name') {
    return `${expression.target.name}.${expression.name}`;
  }
  const [only] = expression.kind === 'template' ? expression.parts : [];
  return only?.kind === 'interpolation' ? nameIn(only.value) : undefined;
};

/** A module uses its own, what the call passes in, or its parent's by the same name. */
const findProvider = (module: Module, name: string): Provider => {
  const block = module.config.providers.get(name);
  const { parent } = module;
  if (block !== undefined || parent === null) return provider(module, name, block);
  return findProvider(parent, passedName(module, parent, name) ?? name);
};

const passedName = (module: Module, parent: Module, name: string): string | undefined => {
  const passed = parent.config.calls.get(module.call)?.body.attributes.get('providers')?.value;
  if (passed?.kind !== 'object') return undefined;
  const item = passed.items.find(({ key }) => nameIn(key) === name);
  return item === undefined ? undefined : nameIn(item.value);
};

const provider = (module: Module, name: string, block: ConfigBlock | undefined): Provider => {
  const argument = (path: string): Symbolic | undefined => {
    const [outer = '', inner] = path.split('.');
    // Roles are assumed one after another: the last is what works.
    const body = inner === undefined ? block?.body : block?.body.blocks.findLast(({ type }) => type === outer)?.body;
    const written = body?.attributes.get(inner ?? outer);
    return written === undefined ? undefined : evaluate(written.value, module.scopeFor(written.file));
  };
  const text = (path: string): string | undefined => {
    const value = argument(path);
    return value === undefined ? undefined : textAt(value);
  };
  return {
    key: `${module.path === '' ? '' : `${module.path}:`}${name}`,
    argument,
    text,
    account: () => {
      const value = argument('allowed_account_ids');
      const allowed = value === undefined ? undefined : toJson(value);
      if (Array.isArray(allowed) && allowed.length === 1) return String(allowed[0]);
      return accountOfRole(text('assume_role.role_arn'));
    },
  };
};
