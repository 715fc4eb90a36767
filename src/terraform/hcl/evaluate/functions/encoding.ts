import type { Symbolic } from '../../symbolic.ts';
import { failure, scalar } from '../../values.ts';
import { at, withTexts } from './arguments.ts';
import { type FunctionTable, type TerraformFunction, whole } from './context.ts';
import { parseCsv } from './csv.ts';
import { decodeJson, encodeJson } from './json-text.ts';

const ofText = (use: (text: string) => Symbolic): TerraformFunction =>
  whole(1, 1, (args) => withTexts(args, (text = '') => use(text)));

const decodeBase64 = (text: string): Symbolic => {
  const isBase64 = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  if (!isBase64) return failure('base64decode()');
  try {
    return scalar(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(text, 'base64')));
  } catch {
    return failure('base64decode()');
  }
};

/** As in the query of an address. */
const encodeUrl = (text: string): string =>
  encodeURIComponent(Buffer.from(text).toString())
    .replaceAll(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

export const encodingFunctions: FunctionTable = {
  jsonencode: whole(1, 1, (args, context) => encodeJson(at(args, 0), context)),
  jsondecode: whole(1, 1, (args, context) => decodeJson(at(args, 0), context)),
  base64encode: ofText((text) => scalar(Buffer.from(text).toString('base64'))),
  base64decode: ofText(decodeBase64),
  urlencode: ofText((text) => scalar(encodeUrl(text))),
  csvdecode: ofText((text) => parseCsv(text) ?? failure('csvdecode()')),
};
