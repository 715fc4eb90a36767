import { resolve } from 'node:path';
import { type DetectedDocument, detectDocument } from '../index.ts';
import { expandContext } from '../io/expand-context.ts';
import { readInput } from '../io/read-input.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { suggest } from '../model/suggest.ts';
import type { Invocation } from './invocation.ts';
import { commands } from './options.ts';
import { type Progress, withSize } from './progress.ts';
import type { Streams } from './streams.ts';
import { makeRoomFor } from './young-objects.ts';

export type Read =
  | { readonly ok: true; readonly document: DetectedDocument }
  | { readonly ok: false; readonly path: string; readonly diagnostic: Diagnostic };

/** Reads one plan or state. The text is let go of before the next is read. */
export const readDocument = async (path: string, streams: Streams, progress: Progress): Promise<Read> => {
  progress.show(`reading ${withSize(path)}`);
  const input = await readInput(path, () => streams.stdin);
  if (!input.ok) return { ok: false, path, diagnostic: withCommandHint(input.diagnostic, path) };
  makeRoomFor(input.text);
  const detection = detectDocument(input.text, path);
  if (!detection.ok) return { ok: false, path, diagnostic: detection.diagnostic };
  const { document } = detection;
  return { ok: true, document: { ...document, diagnostics: [...input.diagnostics, ...document.diagnostics] } };
};

/** A first word that is no file may be a command that was misspelt, or one that other tools have. */
const withCommandHint = (diagnostic: Diagnostic, path: string): Diagnostic => {
  if (diagnostic.code !== 'input-not-found') return diagnostic;
  if (path === 'help') return { ...diagnostic, detail: 'For help type:\n  rds-auth-policy --help' };
  const command = suggest(path, Object.keys(commands));
  return command === undefined ? diagnostic : { ...diagnostic, detail: `Did you mean the command ${command}?` };
};

export type ContextFiles = { readonly files: readonly string[]; readonly diagnostics: readonly Diagnostic[] };

/** The files of --context. A glob may well match a PLAN, which is judged and no context. */
export const findContext = async ({ context, plans }: Invocation): Promise<ContextFiles> => {
  if (context.length === 0) return { files: [], diagnostics: [] };
  const { files, diagnostics } = await expandContext(context);
  const judged = new Set(plans.map((plan) => resolve(plan)));
  return { files: files.filter((file) => !judged.has(resolve(file))), diagnostics };
};
