import { xml } from '../graph/xml.ts';

/** Markup that is complete and harmless: made by `html` alone, which escapes every text that is put into it. */
export type Html = { readonly markup: string };

export type Part = Html | string | number | null | false | readonly Part[];

const textOf = (part: Part): string => {
  if (part === null || part === false) return '';
  if (typeof part === 'string') return xml(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(textOf).join('');
};

/** A template whose places are texts, numbers, other markup, or lists of these. Attributes stand in double quotes. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: texts.map((text, index) => `${text}${textOf(parts[index] ?? null)}`).join(''),
});

/** Markup of our own that is no template: drawings, style sheets and scripts. */
export const own = (markup: string): Html => ({ markup });
