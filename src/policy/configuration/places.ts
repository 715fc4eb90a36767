import { isNode } from 'yaml';
import type { PolicyDocument } from '../loading/parse-yaml.ts';
import { nodeAt } from '../loading/schema-faults.ts';

/** Keys and indexes that lead to a value. */
export type Way = readonly (string | number)[];

/** Where a value begins in the text. */
export const offsetAt = (document: PolicyDocument, way: Way): number => {
  const pointer = way.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const node = nodeAt(pointer, document);
  return (isNode(node) ? node.range?.[0] : undefined) ?? 0;
};
