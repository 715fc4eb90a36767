import { isAscii, isUtf8 } from 'node:buffer';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';

export type Decoded =
  | { readonly ok: true; readonly text: string; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** Bytes to text. Anything but plain UTF-8 is converted with a warning, or refused; never replaced in silence. */
export const decode = (bytes: Buffer, path: string): Decoded => {
  const encoding = encodings.find(({ isUsed }) => isUsed(bytes));
  if (encoding === undefined) return decodeUtf8(bytes, path, []);
  return encoding.decode(bytes, path, [converted(path, encoding.name)]);
};

/** Whether the beginning of a file leaves plain UTF-8 as the only encoding. */
export const mayBeUtf8 = (head: Buffer): boolean => !encodings.some(({ isUsed }) => isUsed(head));

type Decoder = (bytes: Buffer, path: string, diagnostics: readonly Diagnostic[]) => Decoded;

type Encoding = { readonly name: string; readonly isUsed: (bytes: Buffer) => boolean; readonly decode: Decoder };

const decodeUtf8: Decoder = (bytes, path, diagnostics) => {
  // Nearly all plans are ASCII, and this conversion is faster.
  if (isAscii(bytes)) return { ok: true, text: bytes.toString('latin1'), diagnostics };
  if (isUtf8(bytes)) return { ok: true, text: bytes.toString('utf8'), diagnostics };
  const detail = 'Plans are UTF-8. Make the file again with terraform show -json, and do not convert or compress it.';
  return { ok: false, diagnostic: refusal(path, 'input-unreadable', 'This is not text in UTF-8.', detail) };
};

const decodeUtf16 =
  (byteOrder: 'little' | 'big', markLength: 0 | 2): Decoder =>
  (bytes, path, diagnostics) => {
    const units = bytes.subarray(markLength);
    if (units.length % 2 !== 0) {
      const summary = 'This is text in UTF-16 that ends in the middle of a character.';
      return { ok: false, diagnostic: refusal(path, 'input-unreadable', summary, 'Make the file again.') };
    }
    const text = (byteOrder === 'big' ? Buffer.from(units).swap16() : units).toString('utf16le');
    return { ok: true, text, diagnostics };
  };

const begins =
  (...prefix: readonly number[]) =>
  (bytes: Buffer): boolean =>
    prefix.every((byte, index) => bytes[index] === byte);

const brace = 0x7b;

const encodings: readonly Encoding[] = [
  {
    name: 'UTF-8 with a byte order mark',
    isUsed: begins(0xef, 0xbb, 0xbf),
    decode: (bytes, ...rest) => decodeUtf8(bytes.subarray(3), ...rest),
  },
  { name: 'UTF-16', isUsed: begins(0xff, 0xfe), decode: decodeUtf16('little', 2) },
  { name: 'UTF-16', isUsed: begins(0xfe, 0xff), decode: decodeUtf16('big', 2) },
  { name: 'UTF-16', isUsed: begins(brace, 0), decode: decodeUtf16('little', 0) },
  { name: 'UTF-16', isUsed: begins(0, brace), decode: decodeUtf16('big', 0) },
];

const converted = (path: string, encoding: string): Diagnostic => ({
  severity: 'warning',
  code: 'encoding-converted',
  summary: `The file is in ${encoding}, as Windows PowerShell writes it with >, and was converted.`,
  detail: 'To write it as it is, type:\n  cmd /c "terraform show -json tfplan > plan.json"',
  origin: { file: path },
});
