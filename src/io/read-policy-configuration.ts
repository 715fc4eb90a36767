import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import type { ConfigurationLocation } from './find-policy-configuration.ts';
import { readRegular } from './read-text.ts';
import { gitRootOf, isInside } from './repository.ts';

export type ConfigurationText =
  | {
      readonly ok: true;
      readonly text: string;
      /** `sha256:` and the hash of the bytes. */
      readonly hash: string;
      /** What the paths in it are relative to. */
      readonly directory: string;
      /** What the paths in it must not lead out of; null where they may lead anywhere. */
      readonly limit: string | null;
    }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

// Nobody writes as much. What is beyond is a mistake, or meant to exhaust whoever reads it.
const mostBytes = 1 << 20;

export const readPolicyConfiguration = ({ path, shown, by }: ConfigurationLocation): ConfigurationText => {
  const bytes = readRegular(resolve(path), mostBytes);
  if (!Buffer.isBuffer(bytes)) {
    const isMissing = !bytes.ok && bytes.reason === 'missing';
    const code = isMissing ? 'configuration-not-found' : 'configuration-unreadable';
    return refuse(shown, code, bytes.ok ? '' : bytes.summary);
  }
  const real = realpathSync(path);
  const directory = dirname(by === 'tree' ? resolve(path) : real);
  const limit = gitRootOf(directory) ?? directory;
  // What a link from a tree of somebody else leads to might be anything, and errors name keys.
  if (by === 'tree' && !isInside(realpathSync(limit), real)) {
    return refuse(shown, 'configuration-unreadable', 'This link leads out of the repository.');
  }
  if (!isUtf8(bytes)) return refuse(shown, 'configuration-unreadable', 'This is not text in UTF-8.');
  const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { ok: true, text: withoutMark(bytes.toString('utf8')), hash, directory, limit: by === 'only' ? null : limit };
};

const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text);

const refuse = (file: string, code: Diagnostic['code'], summary: string): ConfigurationText => ({
  ok: false,
  diagnostic: refusal(file, code, summary, 'The configuration decides what fails, so nothing is judged without it.'),
});
