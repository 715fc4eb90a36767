import { join } from 'node:path';
import { type CompiledPolicy, type WrittenCase, loadCases } from '../../index.ts';
import { type CaseFolder, readCaseFiles } from '../../io/read-case-files.ts';
import { type Diagnostic, refusal } from '../../model/diagnostic.ts';
import { type CaseExpectation, type PolicyOutcome, outcomes } from '../../model/policy-test.ts';

/** A case that can run. */
export type FoundCase = {
  readonly compiled: CompiledPolicy;
  readonly name: string;
  readonly path: string;
  readonly line: number | null;
  readonly expected: CaseExpectation;
  readonly input: CaseSource;
  readonly parameters: WrittenCase['parameters'];
};

/** Where what a case judges stands. */
export type CaseSource =
  | { readonly kind: 'subjects'; readonly subjects: NonNullable<WrittenCase['subjects']> }
  | {
      readonly kind: 'files';
      /** A plan, or the directory of a configuration. */
      readonly judged: string;
      readonly source: string | null;
      readonly context: readonly string[];
      readonly today: string | null;
      readonly users: WrittenCase['users'];
    };

export type FoundCases = { readonly cases: readonly FoundCase[]; readonly diagnostics: readonly Diagnostic[] };

/** The cases of one policy, in the order of their names. */
export const findCases = async (compiled: CompiledPolicy, policyFile: string): Promise<FoundCases> => {
  const { directory, folders, list, diagnostics } = readCaseFiles(policyFile);
  const found = await Promise.all([
    ...folders.map((folder) => readFolder(compiled, folder)),
    ...(list === null ? [] : [readList(compiled, list, directory)]),
  ]);
  return {
    cases: found.flatMap(({ cases }) => cases),
    diagnostics: [...diagnostics, ...found.flatMap((one) => one.diagnostics)],
  };
};

const readFolder = async (
  compiled: CompiledPolicy,
  { name, path, text, ...files }: CaseFolder,
): Promise<FoundCases> => {
  if (text === null) return finish(compiled, null, { name, path, directory: path, ...files });
  const { cases, diagnostics } = await loadCases({ ...text, holds: 'one' }, compiled);
  return joined([
    { cases: [], diagnostics },
    ...cases.map((written) => finish(compiled, written, { name, path: text.path, directory: path, ...files })),
  ]);
};

const readList = async (
  compiled: CompiledPolicy,
  file: { readonly path: string; readonly text: string },
  directory: string,
): Promise<FoundCases> => {
  const { cases, diagnostics } = await loadCases({ ...file, holds: 'several' }, compiled);
  return joined([
    { cases: [], diagnostics },
    ...cases.map((written) =>
      finish(compiled, written, {
        name: written.name ?? '',
        path: file.path,
        directory,
        hasPlan: false,
        hasConfiguration: false,
      }),
    ),
  ]);
};

const joined = (all: readonly FoundCases[]): FoundCases => ({
  cases: all.flatMap(({ cases }) => cases),
  diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
});

type Place = Pick<CaseFolder, 'name' | 'path' | 'hasPlan' | 'hasConfiguration'> & { readonly directory: string };

/** Puts together what is written in a case and what its name and folder say. */
const finish = (compiled: CompiledPolicy, written: WrittenCase | null, place: Place): FoundCases => {
  const line = written?.line ?? null;
  const refuse = (summary: string, detail: string): FoundCases => ({
    cases: [],
    diagnostics: [withLine(refusal(place.path, 'case-invalid', summary, detail), line)],
  });
  const named = outcomes.find((candidate) => place.name === candidate || place.name.startsWith(`${candidate}-`));
  const outcome = written?.outcome ?? named;
  const source = sourceOf(written, place);
  if (outcome === undefined) {
    return refuse(
      'Nothing says what this case expects.',
      'Begin its name with fail-, pass- or unknown-, or write expect.',
    );
  }
  if (named !== undefined && named !== outcome) {
    return refuse(`The name of this case says ${named}, and expect says ${outcome}.`, 'Make them the same.');
  }
  if (outcome === 'unknown' && compiled.policy.decidable === 'always') {
    return refuse('The policy is decidable always, and this case expects unknown.', 'Take one of the two out.');
  }
  if (source === null) {
    return refuse(
      'There is nothing to judge in this case.',
      'Give it a plan.json, a configuration (main.tf), or a case.yaml with a subject.',
    );
  }
  const { name, path } = place;
  return {
    cases: [
      {
        compiled,
        name,
        path,
        line,
        expected: expectationOf(outcome, written),
        input: source,
        parameters: written?.parameters ?? {},
      },
    ],
    diagnostics: [],
  };
};

const withLine = (diagnostic: Diagnostic, line: number | null): Diagnostic =>
  line === null ? diagnostic : { ...diagnostic, origin: { ...diagnostic.origin, line } };

const expectationOf = (outcome: PolicyOutcome, written: WrittenCase | null): CaseExpectation => ({
  outcome,
  addresses: written?.addresses ?? null,
  message: written?.message ?? null,
  subjects: written?.isWithoutSubjects === true ? 'none' : 'some',
});

/** A plan goes before the configuration beside it, which is mostly what it was made of. */
const sourceOf = (written: WrittenCase | null, { directory, hasPlan, hasConfiguration }: Place): CaseSource | null => {
  if (written !== null && written.subjects !== null) return { kind: 'subjects', subjects: written.subjects };
  const { source = null, context = [], today = null, users = [] } = written ?? {};
  const plan = written?.plan ?? (hasPlan ? 'plan.json' : null);
  const judged = plan ?? source ?? (hasConfiguration ? '' : null);
  if (judged === null) return null;
  return {
    kind: 'files',
    judged: join(directory, judged),
    source: plan === null || source === null ? null : join(directory, source),
    context: context.map((path) => join(directory, path)),
    today,
    users,
  };
};
