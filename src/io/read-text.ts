import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { errorCode } from './error-code.ts';

export type SourceLimits = {
  readonly fileBytes: number;
  readonly files: number;
  readonly totalBytes: number;
};

const mebibyte = 1 << 20;

/** No configuration of people comes near; what is beyond is a mistake, or meant to exhaust whoever reads it. */
export const sourceLimits: SourceLimits = { fileBytes: 8 * mebibyte, files: 5000, totalBytes: 256 * mebibyte };

export type TextRead =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: 'missing' | 'limit' | 'other'; readonly summary: string };

const refuse = (summary: string, reason: 'missing' | 'limit' | 'other' = 'other'): TextRead => ({
  ok: false,
  reason,
  summary,
});

/** Reads files of text, in all no more than the limits. */
export const textReader = (limits: SourceLimits): ((path: string) => TextRead) => {
  let files = 0;
  let left = limits.totalBytes;
  const tooMuch = `The configuration is larger than ${limits.totalBytes / mebibyte} MiB.`;
  return (path) => {
    if (files >= limits.files) return refuse(`The configuration has more than ${limits.files} files.`, 'limit');
    if (left < 0) return refuse(tooMuch, 'limit');
    const bytes = readRegular(path, limits.fileBytes);
    if (!Buffer.isBuffer(bytes)) return bytes;
    files += 1;
    left -= bytes.length;
    if (left < 0) return refuse(tooMuch, 'limit');
    return textOf(bytes);
  };
};

/** As text in UTF-8; a byte order mark is no part of it. */
export const textOf = (bytes: Buffer): TextRead => {
  if (!isUtf8(bytes)) return refuse('This is not text in UTF-8, as Terraform wants it.');
  const text = bytes.toString('utf8');
  return { ok: true, text: text.startsWith('\ufeff') ? text.slice(1) : text };
};

/** The bytes of a file that is no pipe, no device, and no larger than the limit. */
export const readRegular = (path: string, limit: number): Buffer | TextRead => {
  let file: number | undefined;
  try {
    // To open a pipe would wait for its writer, and to open a device may do something.
    if (!statSync(path).isFile()) return refuse('This is no regular file.');
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(file);
    if (!status.isFile()) return refuse('This is no regular file.');
    if (status.size > limit) return refuse(tooLarge(limit));
    return readAtMost(file, status.size) ?? refuse('The file grew while it was read.');
  } catch (error) {
    return unreadable(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
};

const tooLarge = (limit: number): string => `The file is larger than ${limit / mebibyte} MiB.`;

/** The size is what the system says, not always what comes. */
const readAtMost = (file: number, size: number): Buffer | null => {
  const bytes = Buffer.allocUnsafe(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    if (read === 0) return bytes.subarray(0, length);
    length += read;
  }
  return null;
};

const unreadable = (error: unknown): TextRead => {
  const code = errorCode(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return refuse('There is no such file.', 'missing');
    case 'EACCES':
    case 'EPERM':
      return refuse('The file may not be read by this user.');
    default:
      return refuse(`The file cannot be read (${code}).`);
  }
};
