import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Format } from '../report/index.ts';
import { type Run, runMain } from './run-main.ts';

type InFormats = Run & {
  /** What each format says, of the same reports as what is printed. */
  readonly texts: ReadonlyMap<Format, string>;
};

/** Judges once, and writes the reports in each of the formats. */
export const runInFormats = async (
  argv: readonly string[],
  formats: readonly Format[],
  ...rest: Parameters<typeof runMain> extends readonly [unknown, ...infer Rest] ? Rest : never
): Promise<InFormats> => {
  const directory = mkdtempSync(join(tmpdir(), 'formats-'));
  try {
    const outputs = formats.flatMap((format) => ['--output', `${format}=${join(directory, format)}`]);
    const run = await runMain([...argv, ...outputs], ...rest);
    return { ...run, texts: new Map(formats.map((format) => [format, readFileSync(join(directory, format), 'utf8')])) };
  } finally {
    rmSync(directory, { recursive: true });
  }
};
