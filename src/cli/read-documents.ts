import { basename, dirname, resolve } from 'node:path';
import { type DetectedDocument, detectDocument } from '../index.ts';
import { isConfigurationName } from '../io/configuration-names.ts';
import { expandContext } from '../io/expand-context.ts';
import { configurationsBeside } from '../io/find-configuration.ts';
import { type ReadResult, readInput } from '../io/read-input.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { suggest } from '../model/suggest.ts';
import type { Invocation } from './invocation.ts';
import { commands } from './options.ts';
import { withSize } from './progress.ts';
import type { Read, Reading } from './reading.ts';
import { makeRoomFor } from './young-objects.ts';

type TextInput = Extract<ReadResult, { ok: true }>;

/** Reads one plan, state or configuration. The text of a plan is let go of before the next is read. */
export const readDocument = async (path: string, role: 'judged' | 'context', reading: Reading): Promise<Read> => {
  reading.progress.show(`reading ${withSize(path)}`);
  const input = await readInput(path, () => reading.streams.stdin);
  switch (input.ok) {
    case false:
      return { ok: false, path, diagnostics: [withCommandHint(input.diagnostic, path)] };
    case 'directory':
      return (await import('./read-configuration.ts')).readDirectory(path, reading);
    case 'saved-plan':
      return (await import('./read-configuration.ts')).readSavedPlan(path, input.bytes, reading);
    default:
      return readText(input, role, reading);
  }
};

const readText = async (
  { path, text, diagnostics }: TextInput,
  role: 'judged' | 'context',
  reading: Reading,
): Promise<Read> => {
  makeRoomFor(text);
  const detection = detectDocument(text, path);
  if (!detection.ok) return { ok: false, path, diagnostics: [withDirectoryHint(detection.diagnostic, path)] };
  const { document } = detection;
  const read = { ...document, diagnostics: [...diagnostics, ...document.diagnostics] };
  return role === 'judged' ? withSource(read, reading) : { ok: true, document: read };
};

/** With the configuration that was asked for, or else the one beside the plan, where it is there. */
const withSource = async (document: DetectedDocument, reading: Reading): Promise<Read> => {
  const { directory, isRefused } = reading.source;
  if (directory !== undefined) {
    return (await import('./read-configuration.ts')).addSource(document, directory, reading);
  }
  const isPlan = document.kind === 'plan-json' && document.path !== '-';
  const candidates = isPlan && !isRefused ? configurationsBeside(document.path) : [];
  if (candidates.length === 0) return { ok: true, document };
  return (await import('./read-configuration.ts')).addFoundSource(document, candidates, reading);
};

/** A first word that is no file may be a command that was misspelt, or one that other tools have. */
const withCommandHint = (diagnostic: Diagnostic, path: string): Diagnostic => {
  if (diagnostic.code !== 'input-not-found') return diagnostic;
  if (path === 'help') return { ...diagnostic, detail: 'For help type:\n  rds-auth-policy --help' };
  const command = suggest(path, Object.keys(commands));
  return command === undefined ? diagnostic : { ...diagnostic, detail: `Did you mean the command ${command}?` };
};

/** Whoever names a file of a configuration means all of it. */
const withDirectoryHint = (diagnostic: Diagnostic, path: string): Diagnostic =>
  isConfigurationName(basename(path)) ? { ...diagnostic, detail: `Give its directory: ${dirname(path)}` } : diagnostic;

export type ContextFiles = { readonly files: readonly string[]; readonly diagnostics: readonly Diagnostic[] };

/** The files of --context. A glob may well match a PLAN, which is judged and no context. */
export const findContext = async ({ context, plans }: Invocation): Promise<ContextFiles> => {
  if (context.length === 0) return { files: [], diagnostics: [] };
  const { files, diagnostics } = await expandContext(context);
  const judged = new Set(plans.map((plan) => resolve(plan)));
  return { files: files.filter((file) => !judged.has(resolve(file))), diagnostics };
};
