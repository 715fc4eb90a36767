import type { Body, ParsedFile, SourceText, SyntaxFault } from '../syntax.ts';
import { largestFile } from './limits.ts';
import { parseJson, parseJsonValues } from './parse-json.ts';
import { type Parsed, parseNative } from './parse-native.ts';

export { parseExpression, parseTemplate } from './parse-native.ts';

const tooLarge: SyntaxFault = {
  summary: 'File too large',
  detail: `A file of more than ${largestFile / 1024 / 1024} MiB is not read.`,
  span: { start: 0, end: 0 },
};

const parseText = ({ path, text }: SourceText, syntax: ParsedFile['syntax']): Parsed<Body> => {
  if (text.length > largestFile) {
    return { value: { attributes: new Map(), blocks: [], span: tooLarge.span, syntax }, faults: [tooLarge] };
  }
  if (syntax === 'native') return parseNative(text);
  return path.endsWith('.tfvars.json') ? parseJsonValues(text) : parseJson(text);
};

/**
 * Parses a configuration file, or one with values of variables (`.tfvars`, `.tfvars.json`); the name says in which
 * syntax it is. Never throws: what is wrong stands in `faults`, and the rest is there.
 */
export const parseFile = (file: SourceText): ParsedFile => {
  const syntax = file.path.endsWith('.json') ? 'json' : 'native';
  const { value, faults } = parseText(file, syntax);
  return { file, syntax, body: value, faults };
};
