import type { Reference, TemplatePart } from '../model/value.ts';
import { type Shape, hole, patternOfShape } from './shape.ts';

/** How a reference in a pattern stands to the resource of a request. */
export type Stand =
  /** Pieces of the resource; `assumed` where they are only taken to be. */
  | { readonly shape: Shape; readonly assumed?: true }
  /** A name that only another resource has: no pattern with it covers this one. */
  | 'other'
  | 'unknown';

export type WrittenPattern = { readonly text: string; readonly assumed: boolean };

/** Code units that name pieces are no characters of a pattern. */
const marks = /[\ue000-\uefff]/g;

/** A template as a pattern that names the pieces of a resource, with holes for the rest of its parts. */
export const patternOf = (
  template: readonly TemplatePart[],
  stands: (reference: Reference, before: string) => Stand,
  fill: (text: string) => string,
): WrittenPattern | 'other' => {
  let text = '';
  let assumed = false;
  for (const part of template) {
    if (typeof part === 'string') {
      text += fill(part.replace(marks, '\ufffd'));
      continue;
    }
    const stand = 'computed' in part ? 'unknown' : stands(part, text);
    if (stand === 'other') return 'other';
    text += stand === 'unknown' ? hole : patternOfShape(stand.shape);
    if (stand !== 'unknown') assumed ||= stand.assumed === true;
  }
  return { text, assumed };
};
