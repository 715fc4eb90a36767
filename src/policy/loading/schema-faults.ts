import { isNode, isScalar, isSeq } from 'yaml';
import { didYouMean, suggest } from '../../model/suggest.ts';
import type { Fault } from './fault.ts';
import { type PolicyDocument, pairOf } from './parse-yaml.ts';
import { type SchemaError, policyKeys, validatePolicyDocument } from './validate-policy.generated.ts';

/** Every way in which the document departs from `schemas/policy.schema.json`. */
export const schemaFaults = (document: PolicyDocument): readonly Fault[] => {
  const errors = validatePolicyDocument(document.document.toJS());
  const meant = new Set(
    errors.flatMap(({ params }) => suggest(String(params.additionalProperty ?? ''), policyKeys) ?? []),
  );
  return errors.filter((error) => isNews(error, document, meant)).map((error) => toFault(error, document));
};

/** A fault that no other one already explains: broken YAML hides keys, and so does a misspelt key. */
const isNews = (
  { instancePath, params }: SchemaError,
  document: PolicyDocument,
  meant: ReadonlySet<string>,
): boolean => {
  const { missingProperty } = params;
  if (missingProperty !== undefined) return document.faults.length === 0 && !meant.has(missingProperty);
  const key = segmentsOf(instancePath)[0] ?? params.additionalProperty;
  return key === undefined || !document.isBroken(key);
};

const toFault = (error: SchemaError, document: PolicyDocument): Fault => ({
  code: 'policy-invalid',
  summary: describe(error, document),
  offset: offsetOf(error, document) ?? 0,
});

const describe = (error: SchemaError, document: PolicyDocument): string => {
  const place = placeName(error.instancePath);
  const { additionalProperty, allowedValues, missingProperty, pattern, type } = error.params;
  switch (error.keyword) {
    case 'additionalProperties':
      return `Unknown key ${additionalProperty}${didYouMean(String(additionalProperty), policyKeys)}`;
    case 'required':
      return `${missingProperty} is missing.`;
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
  ['^[a-z][a-z0-9]*(-[a-z0-9]+)*$', 'kebab-case: lower-case words joined by hyphens'],
]);

const typeWords = new Map([
  ['string', 'text: put quotes around it'],
  ['array', 'a list'],
  ['object', 'a mapping of keys to values'],
]);

const segmentsOf = (instancePath: string): readonly string[] => instancePath.split('/').slice(1);

const placeName = (instancePath: string): string => {
  const [key, ...indexes] = segmentsOf(instancePath);
  return key === undefined ? 'A policy' : key + indexes.map((index) => `[${index}]`).join('');
};

const textAt = (error: SchemaError, document: PolicyDocument): string => {
  const node = nodeAt(error.instancePath, document);
  return isScalar(node) ? String(node.value) : '';
};

const offsetOf = ({ instancePath, params }: SchemaError, document: PolicyDocument): number | undefined => {
  const node = nodeAt(instancePath, document);
  if (params.additionalProperty !== undefined) return pairOf(node, params.additionalProperty)?.key.range?.[0];
  return isNode(node) ? node.range?.[0] : undefined;
};

const nodeAt = (instancePath: string, { document }: PolicyDocument): unknown =>
  segmentsOf(instancePath).reduce<unknown>(
    (node, segment) => (isSeq(node) ? node.items[Number(segment)] : pairOf(node, segment)?.value),
    document.contents,
  );
