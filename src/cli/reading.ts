import type { DetectedDocument } from '../index.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceChoice } from './choices.ts';
import type { Progress } from './progress.ts';
import type { Streams } from './streams.ts';

export type Read =
  | { readonly ok: true; readonly document: DetectedDocument }
  | { readonly ok: false; readonly path: string; readonly diagnostics: readonly Diagnostic[] };

/** What reading needs besides the path. */
export type Reading = {
  readonly streams: Streams;
  readonly progress: Progress;
  readonly source: SourceChoice;
};
