import type { Reference, TemplatePart, Value } from './value.ts';

const nameOf = ({ resource, path }: Reference): readonly string[] => [resource, path];

const keyOf = (part: TemplatePart): unknown => {
  if (typeof part === 'string') return part;
  return 'computed' in part ? { from: part.references.map(nameOf), ends: part.trailEnds } : nameOf(part);
};

/** What texts have in common that are put together alike, whatever comes to stand in them; undefined for what is no text. */
export const templateKey = (value: Value<string>): string | undefined =>
  value.kind === 'unknown' && value.template !== undefined ? JSON.stringify(value.template.map(keyOf)) : undefined;
