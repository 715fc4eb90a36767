const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters as people count them, and Terraform. */
export const graphemesOf = (text: string): readonly string[] =>
  /^[\x20-\x7e]*$/.test(text) ? text.split('') : Array.from(segmenter.segment(text), ({ segment }) => segment);
