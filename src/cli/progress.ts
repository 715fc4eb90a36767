import { statSync } from 'node:fs';
import type { Output } from './streams.ts';

export type Progress = { readonly show: (stage: string) => void; readonly clear: () => void };

const eraseLine = '\r\u001b[2K';

/** From this size on, reading and judging take about a second. */
const longWork = 25_000_000;

const silent: Progress = { show: () => undefined, clear: () => undefined };

/**
 * One line on a terminal about long work. The work does not yield, so no timer could fire in it: whether it will be
 * long is told by the size of the files.
 */
export const progressFor = (files: readonly string[], stream: () => Output, isQuiet: boolean): Progress => {
  if (isQuiet || files.reduce((total, file) => total + sizeOf(file), 0) < longWork) return silent;
  const terminal = stream();
  if (terminal.isTTY !== true) return silent;
  return {
    show: (stage) => void terminal.write(`${eraseLine}${stage} …`),
    clear: () => void terminal.write(eraseLine),
  };
};

/** `plan.json (104 MB)` where the size is worth a word. */
export const withSize = (file: string): string => {
  const size = sizeOf(file);
  return size < 1_000_000 ? file : `${file} (${Math.round(size / 1e6)} MB)`;
};

const sizeOf = (file: string): number => {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
};
