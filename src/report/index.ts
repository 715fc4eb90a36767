import type { Reporter } from './context.ts';

export const formats = ['pretty', 'json'] as const;
export type Format = (typeof formats)[number];

/** What is shown: the whole report, or the table of settings. */
export type View = 'check' | 'matrix';

// Each is loaded when it is asked for: a run pays for the formats that it writes.
const reporters: Readonly<Record<View, Readonly<Record<Format, () => Promise<Reporter>>>>> = {
  check: {
    pretty: async () => (await import('./pretty.ts')).renderPretty,
    json: async () => (await import('./json.ts')).renderJson,
  },
  matrix: {
    pretty: async () => (await import('./matrix.ts')).renderMatrix,
    json: async () => (await import('./matrix.ts')).renderMatrixJson,
  },
};

export const loadReporter = (view: View, format: Format): Promise<Reporter> => reporters[view][format]();
