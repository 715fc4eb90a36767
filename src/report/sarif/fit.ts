import { gzipSync } from 'node:zlib';

/** GitHub refuses a file that is larger than that when it is compressed, as its action for uploads compresses it. */
export const mostBytes = 10_000_000;

const sizeOf = (text: string): number => {
  const size = Buffer.byteLength(text);
  // To compress takes long, and makes nothing larger than it was.
  return size < mostBytes ? size : gzipSync(text).length;
};

/** Writes a text with `most` results in each run, and with fewer until it is small enough. */
export const fitResults = (write: (most: number) => string, most: number): string => {
  const text = write(most);
  const size = sizeOf(text);
  if (size <= mostBytes || most === 0) return text;
  return fitResults(write, Math.floor(most * Math.min(0.9, (0.95 * mostBytes) / size)));
};
