import type { Tri } from '../model/value.ts';
import { type Shape, type ShapePart, anyText, covers } from './shape.ts';
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

/**
 * Whether a pattern covers an ARN. A field that nothing states is assumed to be the one that the pattern names.
 * Source: IAM User Guide, "IAM JSON policy elements: Resource": wildcards stand for text within a segment, and `*` as its
 * last character goes on beyond the colon.
 */
export const coversArn = (pattern: string, target: ArnTarget): ArnMatch => {
  const fields = pattern.split(':');
  const whole = shapeOf(target);
  if (fields.length < 6) return { matches: covers(pattern, whole), assumed: false };
  const [prefix = '', partition = '', service = '', region = '', account = ''] = fields;
  const stated = [
    [partition, target.partition],
    [region, target.region],
    [account, target.account],
  ] as const;
  const matches = every([
    covers(prefix, ['arn']),
    covers(service, [target.service]),
    ...stated.map(([field, actual]) => (actual === undefined ? true : covers(field, [actual]))),
    covers(fields.slice(5).join(':'), target.resource),
  ]);
  if (matches !== true && colonsIn([pattern]) < colonsIn(whole)) {
    return { matches: some([matches, covers(pattern, whole)]), assumed: false };
  }
  const assumed = matches === true && stated.some(([field, actual]) => actual === undefined && !/^\*+$/.test(field));
  return { matches, assumed };
};

/** A pattern with fewer colons than the ARN has a `*` that goes on beyond one, or covers it never. */
const colonsIn = (shape: Shape): number =>
  shape.reduce((sum, part) => sum + (typeof part === 'string' ? part.split(':').length - 1 : 0), 0);

const shapeOf = (target: ArnTarget): Shape => {
  const field = (text: string | undefined): ShapePart => text ?? anyText;
  return [
    'arn:',
    field(target.partition),
    `:${target.service}:`,
    field(target.region),
    ':',
    field(target.account),
    ':',
    ...target.resource,
  ];
};

/** The partition of a region, as far as its name tells. */
export const partitionOf = (region: string | undefined): string | undefined => {
  if (region === undefined) return undefined;
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  return region.startsWith('us-iso') || region.startsWith('eu-iso') ? undefined : 'aws';
};
