import type { Tri } from '../model/value.ts';
import { type Shape, type ShapePart, covers, coversPieces, hole, textPiece } from './shape.ts';
import { every, some } from './tri.ts';

/** The ARN of a resource that may not exist yet. A field that nothing states is left out. */
export type ArnTarget = {
  readonly partition?: string | undefined;
  readonly service: string;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly resource: Shape;
};

export type ArnMatch = {
  readonly matches: Tri;
  /** True when a field that nothing states was taken to be what the pattern says. */
  readonly assumed: boolean;
};

/** The fields that say where a resource is; of each that nothing states, the name that a pattern calls it by. */
const fieldPieces = { partition: textPiece(0), region: textPiece(1), account: textPiece(2) } as const;

export type ArnField = keyof typeof fieldPieces;

/** What stands in a field of the ARN. */
export const shapeOfField = (target: ArnTarget, field: ArnField): ShapePart =>
  target[field] ?? { unknown: 'text', is: fieldPieces[field] };

/**
 * Whether a pattern covers an ARN. A field that nothing states is assumed to be the one that the pattern names.
 * Source: IAM User Guide, "IAM JSON policy elements: Resource": wildcards stand for text within a segment, and `*` as its
 * last character goes on beyond the colon.
 */
export const coversArn = (pattern: string, target: ArnTarget): ArnMatch => compareArn(pattern, target, covers);

/** The same of a pattern that names pieces of the resource. What a hole stands for may hold colons. */
export const coversArnPieces = (pattern: string, target: ArnTarget): ArnMatch =>
  pattern.includes(hole)
    ? { matches: coversPieces(pattern, shapeOfArn(target)), assumed: false }
    : compareArn(pattern, target, coversPieces);

const compareArn = (pattern: string, target: ArnTarget, test: typeof covers): ArnMatch => {
  const fields = pattern.split(':');
  const whole = shapeOfArn(target);
  if (fields.length < 6) return { matches: test(pattern, whole), assumed: false };
  const [prefix = '', partition = '', service = '', region = '', account = ''] = fields;
  const stated = [
    ['partition', partition],
    ['region', region],
    ['account', account],
  ] as const;
  const matches = every([
    test(prefix, ['arn']),
    test(service, [target.service]),
    ...stated.map(([name, field]) => (target[name] === undefined ? true : test(field, [target[name]]))),
    test(fields.slice(5).join(':'), target.resource),
  ]);
  if (matches !== true && colonsIn([pattern]) < colonsIn(whole)) {
    return { matches: some([matches, test(pattern, whole)]), assumed: false };
  }
  const isTaken = ([name, field]: readonly [ArnField, string]): boolean =>
    target[name] === undefined && field !== fieldPieces[name] && !/^\*+$/.test(field);
  return { matches, assumed: matches === true && stated.some(isTaken) };
};

/** A pattern with fewer colons than the ARN has a `*` that goes on beyond one, or covers it never. */
const colonsIn = (shape: Shape): number =>
  shape.reduce((sum, part) => sum + (typeof part === 'string' ? part.split(':').length - 1 : 0), 0);

export const shapeOfArn = (target: ArnTarget): Shape => [
  'arn:',
  shapeOfField(target, 'partition'),
  `:${target.service}:`,
  shapeOfField(target, 'region'),
  ':',
  shapeOfField(target, 'account'),
  ':',
  ...target.resource,
];

/** The partition of a region, as far as its name tells. */
export const partitionOf = (region: string | undefined): string | undefined => {
  if (region === undefined) return undefined;
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  return region.startsWith('us-iso') || region.startsWith('eu-iso') ? undefined : 'aws';
};
