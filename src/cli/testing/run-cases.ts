import { type CaseInput, type CheckDocuments, differencesOf, judgeCase } from '../../index.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { CaseResult } from '../../model/policy-test.ts';
import { readDocument } from '../read-documents.ts';
import type { Reading } from '../reading.ts';
import type { Streams } from '../streams.ts';
import type { CaseSource, FoundCase } from './find-cases.ts';

export type RanCases = { readonly results: readonly CaseResult[]; readonly diagnostics: readonly Diagnostic[] };

/** Runs cases one after the other. What cannot be read is no failure of the policy: there is a diagnostic instead. */
export const runCases = async (cases: readonly FoundCase[], streams: Streams): Promise<RanCases> => {
  const results: CaseResult[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const one of cases) {
    const ran = await runCase(one, streams);
    if (ran.ok) results.push(ran.result);
    else diagnostics.push(...ran.diagnostics);
  }
  return { results, diagnostics };
};

type RanCase =
  | { readonly ok: true; readonly result: CaseResult }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const runCase = async (
  { compiled, name, path, line, expected, input, parameters }: FoundCase,
  streams: Streams,
): Promise<RanCase> => {
  const start = performance.now();
  const read = input.kind === 'subjects' ? { ok: true as const, input } : await readFiles(input, streams);
  if (!read.ok) return read;
  const judged = judgeCase(compiled, read.input, parameters);
  if (!judged.ok) return { ok: false, diagnostics: judged.diagnostics.map((one) => inCase(one, path)) };
  const { got } = judged;
  const duration = performance.now() - start;
  const differences = differencesOf(expected, got);
  return { ok: true, result: { policy: compiled.policy.id, name, path, line, expected, got, differences, duration } };
};

/** Something wrong within an input says nowhere in which one. */
const inCase = (diagnostic: Diagnostic, path: string): Diagnostic =>
  diagnostic.origin?.file === undefined ? { ...diagnostic, origin: { ...diagnostic.origin, file: path } } : diagnostic;

type ReadFiles =
  | { readonly ok: true; readonly input: Extract<CaseInput, { kind: 'documents' }> }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const readFiles = async (input: Extract<CaseSource, { kind: 'files' }>, streams: Streams): Promise<ReadFiles> => {
  const reading = readingFor(input, streams);
  const judged = await readDocument(input.judged, 'judged', reading);
  if (!judged.ok) return judged;
  const context: CheckDocuments['judged'][] = [];
  for (const path of input.context) {
    const read = await readDocument(path, 'context', { ...reading, source: choice(null, false) });
    if (!read.ok) return read;
    context.push(read.document);
  }
  return {
    ok: true,
    input: {
      kind: 'documents',
      documents: { judged: judged.document, context },
      today: input.today,
      users: input.users,
    },
  };
};

/** A case says all there is: neither the environment nor what lies beside a plan takes part. */
const readingFor = ({ judged, source }: Extract<CaseSource, { kind: 'files' }>, streams: Streams): Reading => {
  const path = streams.env['PATH'];
  return {
    streams: { ...streams, env: path === undefined ? {} : { PATH: path } },
    progress: { show: () => undefined, clear: () => undefined },
    source: choice(source, source === null && /\.json$/.test(judged)),
  };
};

const choice = (source: string | null, isRefused: boolean): Reading['source'] => ({
  directory: source ?? undefined,
  isRefused,
  variables: new Map(),
  variableFiles: [],
  binary: undefined,
  workspace: undefined,
});
