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
  readonly argument: (name: string) => Symbolic | undefined;
  readonly text: (name: string) => string | undefined;
  /** The one account that it is allowed to work in. */
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
  const argument = (attribute: string): Symbolic | undefined => {
    const written = block?.body.attributes.get(attribute);
    return written === undefined ? undefined : evaluate(written.value, module.scopeFor(written.file));
  };
  return {
    key: `${module.path === '' ? '' : `${module.path}:`}${name}`,
    argument,
    text: (attribute) => {
      const value = argument(attribute);
      return value === undefined ? undefined : textAt(value);
    },
    account: () => {
      const value = argument('allowed_account_ids');
      const allowed = value === undefined ? undefined : toJson(value);
      return Array.isArray(allowed) && allowed.length === 1 ? String(allowed[0]) : undefined;
    },
  };
};
