import type { Reference } from '../../../model/value.ts';
import { type InstanceKey, joinPath, renderKey } from '../../address.ts';
import { type Json, isObject } from '../../json.ts';
import { isSecretName } from '../../secret-names.ts';
import type { PlannedResource, ResourceLocation, SourceBody } from '../../source.ts';
import { placeAt } from '../lines.ts';
import type { Symbolic } from '../symbolic.ts';
import { asSensitive, attributeOf, failure, list, map, nothing, scalar, withoutPlace } from '../values.ts';
import { sourceBody } from './body.ts';
import type { ConfigBlock } from './config-body.ts';
import { collectionOf, namesOf } from './instances.ts';
import type { Module } from './module-types.ts';
import { providerOf } from './provider.ts';

/** `aws_db_proxy.main`, `data.aws_region.current`: what a traversal that begins so goes on from. */
export const resourceObject = (module: Module, name: string): Symbolic => {
  const instances = module.instances(name);
  if (instances === null) return failure(name);
  return collectionOf(instances, (key) => instanceObject(module, name, key));
};

const addressOf = (module: Module, name: string, key: InstanceKey | null): string =>
  `${module.evaluation.prefix}${module.path === '' ? '' : `${module.path}.`}${name}${renderKey(key)}`;

const bodies = new WeakMap<Module, Map<string, SourceBody>>();

/** The body of one instance, the same each time. */
export const bodyFor = (module: Module, name: string, key: InstanceKey | null): SourceBody | undefined => {
  const block = module.config.resources.get(name);
  const instances = module.instances(name);
  if (block === undefined || instances === null) return undefined;
  const own = bodies.get(module) ?? new Map<string, SourceBody>();
  bodies.set(module, own);
  const id = `${name}${renderKey(key)}`;
  const before = own.get(id);
  if (before !== undefined) return before;
  const body = sourceBody(block.body, {
    place: placeAt(block.file, block.header),
    module,
    scope: module.scopeFor(block.file, namesOf(instances, key)),
  });
  own.set(id, body);
  return body;
};

const locationOf = (module: Module, block: ConfigBlock, key: InstanceKey | null): ResourceLocation => {
  const [type = '', name = ''] = block.labels;
  return { module: module.path, mode: block.type === 'data' ? 'data' : 'managed', type, name, key };
};

const instanceObject = (module: Module, name: string, key: InstanceKey | null): Symbolic => {
  const resource = addressOf(module, name, key);
  const known = new Map<string, Symbolic>();
  return {
    kind: 'instance',
    attribute: (attribute) => {
      const before = known.get(attribute);
      if (before !== undefined) return before;
      // What leads back here is known by its own name.
      known.set(attribute, attributeOf({ resource, path: attribute }));
      const value = withoutPlace(attributeValue(module, name, key, attribute));
      known.set(attribute, value);
      return value;
    },
    names: () => [],
    complete: false,
    references: [{ resource, path: '' }],
  };
};

/** What the plan knows wins; what it leaves unknown the text may say; the rest is the attribute itself. */
const attributeValue = (module: Module, name: string, key: InstanceKey | null, attribute: string): Symbolic => {
  const block = module.config.resources.get(name);
  const itself: Reference = { resource: addressOf(module, name, key), path: attribute };
  if (block === undefined) return attributeOf(itself);
  const location = locationOf(module, block, key);
  const planned = module.evaluation.plan?.resource(location);
  const fromPlan = planned === undefined ? undefined : plannedValue(planned, attribute, itself);
  if (fromPlan !== undefined) return calledBy(fromPlan, itself);
  const written = bodyFor(module, name, key)?.attribute(attribute)?.value;
  const value =
    written === undefined
      ? derivedValue(module, block, location, attribute, itself)
      : itselfUnlessKnown(written, itself);
  return calledBy(isSecretName(attribute) ? asSensitive(value) : value, itself);
};

/** Two resources may have the same name: a text that one of them was asked for means that one. */
const calledBy = (value: Symbolic, itself: Reference): Symbolic =>
  value.kind === 'known' && typeof value.value === 'string' ? { ...value, exactly: itself } : value;

/** A text that is not known yet is called by the name of the resource that has it, which others are joined by. */
const itselfUnlessKnown = (value: Symbolic, itself: Reference): Symbolic => {
  const isUnset = value.kind === 'known' && value.value === null;
  const isOpen = value.kind === 'unknown' || value.kind === 'text';
  if (!isUnset && !isOpen) return value;
  const unknown = attributeOf(itself);
  return value.sensitive === true ? asSensitive(unknown) : unknown;
};

/** Nothing writes it: some data sources follow from what is known, and all else is what the provider makes it. */
const derivedValue = (
  module: Module,
  block: ConfigBlock,
  { mode, type, name, key }: ResourceLocation,
  attribute: string,
  itself: Reference,
): Symbolic => {
  const { knowledge } = module.evaluation;
  if (mode === 'managed' || knowledge === null) return attributeOf(itself);
  const body = bodyFor(module, `data.${type}.${name}`, key);
  const provider = providerOf(module, block);
  const place = { region: provider.text('region'), account: provider.account() };
  return (
    knowledge.derive(type, attribute, place, (argument) => body?.attribute(argument)?.value ?? nothing) ??
    attributeOf(itself)
  );
};

/** Undefined where the plan does not know it. */
const plannedValue = (planned: PlannedResource, name: string, itself: Reference): Symbolic | undefined => {
  const flag = flagAt(planned.unknown, name);
  // The plan lists what is null, too: what it does not have is no attribute of this resource.
  if (flag === true || (flag === undefined && !Object.hasOwn(planned.values, name))) return undefined;
  const value = planned.values[name];
  return build(value ?? null, flag, flagAt(planned.sensitive, name), itself);
};

const flagAt = (flags: Json | undefined, key: string | number): Json | undefined => {
  if (typeof flags === 'boolean') return flags;
  if (Array.isArray(flags)) return typeof key === 'number' ? flags[key] : undefined;
  return isObject(flags) && Object.hasOwn(flags, key) ? flags[key] : undefined;
};

/** A value of the plan, with what is unknown in it called by its path. */
const build = (value: Json, unknown: Json | undefined, sensitive: Json | undefined, itself: Reference): Symbolic => {
  const made = unknown === true ? attributeOf(itself) : buildKnown(value, unknown, sensitive, itself);
  return sensitive === true ? asSensitive(made) : made;
};

const buildKnown = (
  value: Json,
  unknown: Json | undefined,
  sensitive: Json | undefined,
  { resource, path }: Reference,
): Symbolic => {
  if (Array.isArray(value)) {
    return list(
      value.map((item, i) =>
        build(item, flagAt(unknown, i), flagAt(sensitive, i), { resource, path: `${path}${renderKey(i)}` }),
      ),
    );
  }
  if (!isObject(value)) return scalar(value as string | number | boolean | null);
  const keys = new Set([...Object.keys(value), ...(isObject(unknown) ? Object.keys(unknown) : [])]);
  const entries = [...keys].map((key) => {
    const item = Object.hasOwn(value, key) ? (value[key] ?? null) : null;
    const at = { resource, path: joinPath(path, key) };
    return [key, build(item, flagAt(unknown, key), flagAt(sensitive, key), at)] as const;
  });
  return map(new Map(entries));
};
