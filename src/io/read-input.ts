import { constants } from 'node:buffer';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import { decode, mayBeUtf8 } from './decode.ts';
import { errorCode } from './error-code.ts';
import { isSavedPlan, refuseBytes } from './refuse-bytes.ts';

type Read =
  | { readonly ok: true; readonly path: string; readonly text: string; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** What is no text may be a directory, or a binary plan: `bytes` are all of it. */
export type ReadResult = Read | { readonly ok: 'directory' } | { readonly ok: 'saved-plan'; readonly bytes: Buffer };

export type Limits = { readonly maxBytes: number };

/** A plan is parsed as one string, and this is the longest that Node can hold: 512 MB. */
const defaultLimits: Limits = { maxBytes: constants.MAX_STRING_LENGTH };

type Bytes = { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly diagnostic: Diagnostic };

/** Reads a file, or standard input for `-`, to the end, as text. Never less than all of it. */
export const readInput = async (
  path: string,
  stdin: () => AsyncIterable<Uint8Array | string>,
  limits: Limits = defaultLimits,
): Promise<ReadResult> =>
  path === '-' ? textOf(path, await readStream(path, stdin(), limits)) : readFile(path, limits);

const textOf = (path: string, read: Bytes): Read => {
  if (!read.ok) return read;
  if (read.bytes.length === 0) return { ok: false, diagnostic: nothing(path) };
  const refused = refuseBytes(read.bytes, path);
  if (refused !== null) return { ok: false, diagnostic: refused };
  const decoded = decode(read.bytes, path);
  return decoded.ok ? { ...decoded, path } : decoded;
};

const readFile = (path: string, limits: Limits): ReadResult => {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const status = fstatSync(file);
    if (status.isDirectory()) return { ok: 'directory' };
    if (!status.isFile()) return textOf(path, readPipe(file, path, limits));
    if (status.size > limits.maxBytes) return { ok: false, diagnostic: tooLarge(path, limits) };
    const text = readPlainText(file, path);
    if (text !== null) return { ok: true, path, text, diagnostics: [] };
    const bytes = readFileSync(path);
    return isSavedPlan(bytes) ? { ok: 'saved-plan', bytes } : textOf(path, { ok: true, bytes });
  } catch (error) {
    return { ok: false, diagnostic: unreadable(path, error) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
};

const headLength = 64;
const replacement = '\ufffd';

/**
 * The text of a file that holds nothing but valid UTF-8, else null. Node decodes while it reads: bytes and text of a
 * large plan are never in memory together.
 */
const readPlainText = (file: number, path: string): string | null => {
  const head = Buffer.alloc(headLength);
  const length = readSync(file, head, 0, headLength, 0);
  const begin = head.subarray(0, length);
  if (length === 0 || !mayBeUtf8(begin) || refuseBytes(begin, path) !== null) return null;
  const text = readFileSync(file, 'utf8');
  return text.includes(replacement) ? null : text;
};

const pipeChunk = 1 << 20;

/** What has no size: named pipes and `<(…)` of a shell. */
const readPipe = (file: number, path: string, limits: Limits): Bytes => {
  const collected = collect(path, limits);
  for (;;) {
    const chunk = Buffer.allocUnsafe(pipeChunk);
    const length = readSync(file, chunk);
    if (length === 0) return collected.end();
    if (!collected.add(chunk.subarray(0, length))) return { ok: false, diagnostic: tooLarge(path, limits) };
  }
};

const readStream = async (path: string, stream: AsyncIterable<Uint8Array | string>, limits: Limits): Promise<Bytes> => {
  const collected = collect(path, limits);
  try {
    for await (const chunk of stream) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      if (!collected.add(bytes)) return { ok: false, diagnostic: tooLarge(path, limits) };
    }
  } catch (error) {
    return { ok: false, diagnostic: unreadable(path, error) };
  }
  return collected.end();
};

type Collected = { readonly add: (chunk: Uint8Array) => boolean; readonly end: () => Bytes };

const collect = (path: string, limits: Limits): Collected => {
  const chunks: Uint8Array[] = [];
  let total = 0;
  return {
    add: (chunk) => {
      total += chunk.length;
      chunks.push(chunk);
      return total <= limits.maxBytes;
    },
    end: () => (total === 0 ? { ok: false, diagnostic: nothing(path) } : { ok: true, bytes: Buffer.concat(chunks) }),
  };
};

const nothing = (path: string): Diagnostic =>
  path === '-'
    ? refusal(
        path,
        'input-empty',
        'Nothing came on standard input.',
        'The command before the pipe may have failed. Type:\n  terraform show -json tfplan | rds-auth-policy -',
      )
    : refusal(
        path,
        'input-empty',
        'There is nothing in it.',
        'The command that should have written it may have failed. Type:\n  terraform show -json tfplan > plan.json',
      );

const tooLarge = (path: string, { maxBytes }: Limits): Diagnostic =>
  refusal(
    path,
    'input-too-large',
    `This is larger than ${Math.floor(maxBytes / 1e6)} MB, more than can be read in one piece.`,
    'Plan a part of it: split the workspace, or plan with -target. A part of the file is never judged for the whole.',
  );

const unreadable = (path: string, error: unknown): Diagnostic => {
  const code = errorCode(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return refusal(path, 'input-not-found', 'There is no such file.', 'Look at the path, and the current directory.');
    case 'EACCES':
    case 'EPERM':
      return refusal(path, 'input-unreadable', 'The file may not be read by this user.', 'Look at its permissions.');
    default:
      return refusal(path, 'input-unreadable', `The file cannot be read (${code}).`);
  }
};
