import type { Reference, Tri } from '../../../../model/value.ts';
import type { Hole, Symbolic } from '../../symbolic.ts';
import type { FunctionContext } from './context.ts';

/** What can be said of unknown attributes by their names and shapes. */

/** Names of attributes that hold one text or number in every resource that has them. */
const scalarName =
  /(?:^|[._])(?:arn|id|name|endpoint|address|identifier|port|engine|username|kms_key_id|url|region|hosted_zone_id)$/;

/** Whether the attribute is surely no collection. */
export const isScalarAttribute = (reference: Reference, { structureOf }: FunctionContext): boolean =>
  scalarName.test(reference.path) || structureOf(reference) !== null;

/** Names of attributes that are texts without quotes, blanks and the like. */
const textName = /(?:^|[._])(?:arn|id|name|endpoint|address|identifier)$/;

export const isTextAttribute = (reference: Reference, { structureOf }: FunctionContext): boolean =>
  textName.test(reference.path) || structureOf(reference) !== null;

/** Whether it is neither null nor an empty text. */
export const isFilledValue = (value: Symbolic, context: FunctionContext): Tri => {
  if (value.kind === 'known') return value.value !== null && value.value !== '';
  if (value.kind === 'text') return value.parts.some((part) => isFilledPart(part, context)) || 'unknown';
  if (value.kind !== 'unknown') return true;
  return (value.exactly !== undefined && isFilledAttribute(value.exactly, context)) || 'unknown';
};

/** Attributes that whatever exists has, and the text of a policy document. */
const neverEmpty = /^(?:arn|id|json|minified_json)$/;

const isFilledAttribute = (reference: Reference, { structureOf }: FunctionContext): boolean =>
  neverEmpty.test(reference.path) || structureOf(reference) !== null;

/** A segment of an ARN is never empty where the ARN has one. */
const isFilledPart = (part: string | Hole, { structureOf }: FunctionContext): boolean => {
  if (typeof part === 'string') return part !== '';
  return part.exactly !== undefined && (part.without !== undefined || structureOf(part.exactly) !== null);
};
