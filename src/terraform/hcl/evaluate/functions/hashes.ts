import { createHash } from 'node:crypto';
import { scalar } from '../../values.ts';
import { withTexts } from './arguments.ts';
import { type FunctionTable, type TerraformFunction, whole } from './context.ts';

const hash = (algorithm: string, encoding: 'hex' | 'base64'): TerraformFunction =>
  whole(1, 1, (args) => withTexts(args, (text = '') => scalar(createHash(algorithm).update(text).digest(encoding))));

export const hashFunctions: FunctionTable = {
  md5: hash('md5', 'hex'),
  sha1: hash('sha1', 'hex'),
  sha256: hash('sha256', 'hex'),
  sha512: hash('sha512', 'hex'),
  base64sha256: hash('sha256', 'base64'),
  base64sha512: hash('sha512', 'base64'),
};
