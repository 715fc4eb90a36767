import { type ArnField, type ArnTarget, shapeOfArn, shapeOfField } from '../iam/arn-target.ts';
import type { Relation } from '../iam/evaluate.ts';
import type { Shape } from '../iam/shape.ts';
import type { Stand } from '../iam/template-pattern.ts';
import type { Entity } from '../model/auth-model.ts';
import { type Reference, type Value, unknown } from '../model/value.ts';
import { canonicalId, throughAliases } from './join.ts';
import { providerPlace } from './provider-place.ts';
import type { World } from './world.ts';

/** An entity whose ARN, or id, a pattern should hold. */
export type Sought = {
  readonly entity: Entity;
  /** Its attributes that hold it. */
  readonly paths: readonly string[];
  /** Attributes of another resource that never hold it. */
  readonly othersPaths: RegExp;
  /** The same of kinds of resources, by `type.attribute`. */
  readonly othersKinds?: ReadonlySet<string>;
  /** The same where nothing is cut out of them, which only a template can tell. */
  readonly othersWhole?: ReadonlySet<string>;
  /** Attributes of its own that name it otherwise: what holds one of them in place of the id covers no id. */
  readonly otherNames?: readonly string[];
  /** In a template both say so only behind this text: elsewhere they may be anything. */
  readonly onlyBehind?: string;
};

/** Attributes of another resource that are never the ARN of this one, and never the id that a login names. */
export const arnPaths = /^(arn|key_id|secret_arn)$/;
export const loginPaths = /^(arn|id|resource_id|cluster_resource_id|identifier|cluster_identifier|name|arn\[6\])$/;

const follow = (world: World, { entity }: Sought, reference: Reference): readonly Value<string>[] =>
  throughAliases(unknown(entity.origin, [reference]), world.aliases);

/** How a reference in a pattern stands to the entity, where nothing else of the pattern is known. */
export const relationTo =
  (world: World, sought: Sought) =>
  (reference: Reference): Relation => {
    const values = follow(world, sought, reference);
    const references = values.flatMap((value) => (value.kind === 'unknown' ? value.references : []));
    const relations = references.map((item) => relationOf(item, sought, world));
    if (relations.includes('itself')) return 'itself';
    return relations.length > 0 && relations.every((relation) => relation === 'other') ? 'other' : 'unknown';
  };

export const isReferredTo = (world: World, reference: Reference, { id }: Entity): boolean =>
  canonicalId(reference.resource, world.aliases) === id;

const managedType = /(?:^|[./])(aws_\w+)\.[^.]+(?:\[[^\]]*\])?$/;

const relationOf = (
  reference: Reference,
  { entity, paths, othersPaths, othersKinds }: Sought,
  world: World,
): Relation => {
  if (isReferredTo(world, reference, entity)) {
    return reference.path === '' || paths.includes(reference.path) ? 'itself' : 'unknown';
  }
  // The ARN or id of another AWS resource that this configuration manages is never this one's.
  const kind = managedKind(reference);
  return kind !== undefined && (othersPaths.test(reference.path) || othersKinds?.has(kind) === true)
    ? 'other'
    : 'unknown';
};

/** `type.attribute` of what this configuration manages. */
const managedKind = ({ resource, path }: Reference): string | undefined => {
  const type = /(^|[./])data\./.test(resource) ? undefined : managedType.exec(resource)?.[1];
  return type === undefined ? undefined : `${type}.${path}`;
};

/** The pieces of an ARN by the attributes that hold them: the whole by `paths`, its fields, and others. */
export const piecesOfArn = (
  arn: ArnTarget,
  paths: readonly string[],
  others: readonly (readonly [string, Shape])[],
): ReadonlyMap<string, Shape> => {
  const whole = shapeOfArn(arn);
  return new Map<string, Shape>([...paths.map((path) => [path, whole] as const), ...others]);
};

/** What a reference in a template is, in pieces of the entity. */
export const standsFor =
  (world: World, sought: Sought, arn: ArnTarget, pieces: ReadonlyMap<string, Shape>) =>
  (reference: Reference, before: string): Stand => {
    const [value, more] = follow(world, sought, reference);
    if (value === undefined || more !== undefined || value.kind === 'absent') return 'unknown';
    if (value.kind === 'known') return { shape: [value.value] };
    const item = onlyReference(value.references, value.template?.length, value.trailEnds);
    return item === undefined ? 'unknown' : standOf(world, sought, { arn, pieces }, item, before);
  };

const onlyReference = (
  [reference, more]: readonly Reference[],
  parts: number | undefined,
  trailEnds: readonly string[],
): Reference | undefined =>
  more === undefined && (parts ?? 1) === 1 && trailEnds.length === 0 && reference?.oneOf !== true
    ? reference
    : undefined;

type Known = { readonly arn: ArnTarget; readonly pieces: ReadonlyMap<string, Shape> };

const standOf = (world: World, sought: Sought, { arn, pieces }: Known, item: Reference, before: string): Stand => {
  const isOwn = isReferredTo(world, item, sought.entity);
  const piece = isOwn ? pieces.get(item.path) : undefined;
  if (piece !== undefined) return { shape: piece };
  const field = providerPlace(item);
  if (field !== undefined) return standOfField(arn, field, isOwn);
  if (!before.endsWith(sought.onlyBehind ?? '')) return 'unknown';
  const isOtherName = isOwn && sought.otherNames?.includes(item.path) === true;
  const isOtherWhole = sought.othersWhole?.has(managedKind(item) ?? '') === true;
  return isOtherName || isOtherWhole || relationOf(item, sought, world) === 'other' ? 'other' : 'unknown';
};

/** Where something states the field, and nothing states what the reference says, both are taken to be the same. */
const standOfField = (arn: ArnTarget, field: ArnField, isOwn: boolean): Stand => {
  const shape: Shape = [shapeOfField(arn, field)];
  return arn[field] === undefined || isOwn ? { shape } : { shape, assumed: true };
};
