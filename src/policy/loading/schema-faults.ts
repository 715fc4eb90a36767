import { isNode, isScalar, isSeq } from 'yaml';
import type { DiagnosticCode } from '../../model/diagnostic.ts';
import { didYouMean, suggest } from '../../model/suggest.ts';
import type { Fault } from './fault.ts';
import { type PolicyDocument, pairOf } from './parse-yaml.ts';
import {
  type SchemaError,
  conditionKeys,
  parameterKeys,
  policyKeys,
  setKeys,
  validateConditions,
  validatePolicy,
  validateSet,
} from './validate-policy.generated.ts';

/** One of `schemas/*.schema.json`, with the words of its faults. */
export type DocumentSchema = {
  readonly code: DiagnosticCode;
  readonly validate: (document: unknown) => readonly SchemaError[];
  /** What messages call the document as a whole. */
  readonly whole: string;
  /** What its keys that anybody may choose are names of; left out where it says itself which there are. */
  readonly named?: string;
  readonly keysAt: (instancePath: string) => readonly string[];
};

export const policySchema: DocumentSchema = {
  code: 'policy-invalid',
  validate: validatePolicy,
  whole: 'A policy',
  named: 'a parameter',
  keysAt: (instancePath) => (instancePath === '' ? policyKeys : parameterKeys),
};

export const conditionsSchema: DocumentSchema = {
  code: 'policy-invalid',
  validate: validateConditions,
  whole: 'A file of conditions',
  named: 'a condition',
  keysAt: () => conditionKeys,
};

export const setSchema: DocumentSchema = {
  code: 'policy-invalid',
  validate: validateSet,
  whole: 'A set',
  named: 'a set',
  keysAt: () => setKeys,
};

/** Every way in which the document departs from its schema. */
export const schemaFaults = (document: PolicyDocument, schema: DocumentSchema): readonly Fault[] => {
  const { keysAt } = schema;
  const errors = schema.validate(document.document.toJS());
  const meant = new Set(
    errors.flatMap(({ instancePath, params }) => {
      const name = suggest(String(params.additionalProperty ?? ''), keysAt(instancePath));
      return name === undefined ? [] : [`${instancePath}/${name}`];
    }),
  );
  return errors.filter((error) => isNews(error, document, meant)).map((error) => toFault(error, document, schema));
};

/** A fault that no other one already explains: broken YAML hides keys, and so does a misspelt key. */
const isNews = (
  { instancePath, params, propertyName }: SchemaError,
  document: PolicyDocument,
  meant: ReadonlySet<string>,
): boolean => {
  if (propertyName !== undefined) return false;
  const { missingProperty } = params;
  if (missingProperty !== undefined)
    return document.faults.length === 0 && !meant.has(`${instancePath}/${missingProperty}`);
  const key = segmentsOf(instancePath)[0] ?? params.additionalProperty ?? params.propertyName;
  return key === undefined ? document.faults.length === 0 : !document.isBroken(key);
};

const toFault = (error: SchemaError, document: PolicyDocument, schema: DocumentSchema): Fault => ({
  code: schema.code,
  summary: describe(error, document, schema),
  offset: offsetOf(error, document) ?? 0,
});

const describe = (error: SchemaError, document: PolicyDocument, { whole, named, keysAt }: DocumentSchema): string => {
  const noKey = (key: string): string => `Unknown key ${key}${didYouMean(key, keysAt(error.instancePath))}`;
  const place = placeName(error.instancePath) ?? whole;
  const { additionalProperty, allowedValues, missingProperty, pattern, propertyName, type } = error.params;
  switch (error.keyword) {
    case 'additionalProperties':
      return noKey(String(additionalProperty));
    case 'required':
      return `${error.instancePath === '' ? missingProperty : `${place}.${missingProperty}`} is missing.`;
    case 'propertyNames':
      return named === undefined
        ? noKey(String(propertyName))
        : `${propertyName} is no name for ${named}: letters and digits, beginning with a small letter.`;
    case 'enum':
      return `${place} must be one of ${allowedValues?.join(', ')}${didYouMean(textAt(error, document), allowedValues ?? [])}`;
    case 'const':
      return `${place} must be ${error.params.allowedValue}, or left out.`;
    case 'pattern':
      return `${place} must be ${patternWords.get(String(pattern)) ?? `like ${pattern}`}.`;
    case 'type':
      return `${place} must be ${typeWords.get(String(type)) ?? type}.`;
    default:
      return `${place} must not be empty.`;
  }
};

const patternWords = new Map([
  ['\\S', 'some text'],
  ['^\\S+$', 'one word'],
  ['^https://\\S+$', 'an https:// address'],
  ['^\\d{4}-\\d{2}-\\d{2}$', 'a day, like 2027-03-31'],
  ['^[a-z][a-z0-9]*(-[a-z0-9]+)*$', 'kebab-case: lower-case words joined by hyphens'],
]);

const typeWords = new Map([
  ['string', 'text: put quotes around it'],
  ['array', 'a list'],
  ['object', 'a mapping of keys to values'],
  ['boolean', 'true or false'],
  ['string,array', 'text, or a list of texts: put quotes around them'],
  ['string,number,boolean,array', 'text, a number, true, false, or a list of texts'],
]);

const segmentsOf = (instancePath: string): readonly string[] =>
  instancePath
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

const placeName = (instancePath: string): string | undefined => {
  const [key, ...others] = segmentsOf(instancePath);
  if (key === undefined) return undefined;
  return key + others.map((segment) => (/^\d+$/.test(segment) ? `[${segment}]` : `.${segment}`)).join('');
};

const textAt = (error: SchemaError, document: PolicyDocument): string => {
  const node = nodeAt(error.instancePath, document);
  return isScalar(node) ? String(node.value) : '';
};

const offsetOf = ({ instancePath, params }: SchemaError, document: PolicyDocument): number | undefined => {
  const node = nodeAt(instancePath, document);
  const key = params.additionalProperty ?? params.propertyName;
  if (key !== undefined) return pairOf(node, key)?.key.range?.[0];
  return isNode(node) ? node.range?.[0] : undefined;
};

export const nodeAt = (instancePath: string, { document }: PolicyDocument): unknown =>
  segmentsOf(instancePath).reduce<unknown>(
    (node, segment) => (isSeq(node) ? node.items[Number(segment)] : pairOf(node, segment)?.value),
    document.contents,
  );
