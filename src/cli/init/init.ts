import { type Survey, surveyRepository } from '../../io/survey-repository.ts';
import { type Written, probeNewFile, writeNewFile } from '../../io/write-new-file.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { printable, printableJson } from '../../report/printable.ts';
import type { Invocation } from '../invocation.ts';
import { reportNoAnswer } from '../mistake.ts';
import type { Streams } from '../streams.ts';
import { type InitPlan, planInit, telling } from './plan-init.ts';
import { findRootModules } from './root-modules.ts';

/** Looks at the repository, writes what is missing, and says what it did. What is there stays as it is. */
export const init = async (invocation: Invocation, streams: Streams, version: string): Promise<number> => {
  const [directory, ...more] = invocation.words;
  if (more.length > 0) return reportNoAnswer([tooManyWords], invocation, streams, version);
  const survey = surveyRepository(directory, telling);
  if (survey === null) {
    const missing = noConfiguration(directory, 'There is no such directory.');
    return reportNoAnswer([missing], invocation, streams, version);
  }
  const modules = await findRootModules(survey);
  const plan = planInit({ survey, modules, version });
  if (plan.found.length === 0) {
    const missing = noConfiguration(directory, 'There is no configuration of Terraform in it.', plan.notes);
    return reportNoAnswer([missing], invocation, streams, version);
  }
  const files = plan.files.map(({ path, text }) => ({ path, result: act(survey, path, text, invocation.dryRun) }));
  const failures = files.flatMap(({ result }) => (result.outcome === 'failed' ? [result.why] : []));
  if (failures.length > 0) await reportNoAnswer(failures, { ...invocation, format: 'pretty' }, streams, version);
  const done: Done = { plan, files, isDry: invocation.dryRun };
  streams.stdout.write(invocation.format === 'json' ? asJson(done, survey) : inWords(done));
  return failures.length > 0 ? 2 : 0;
};

type Done = {
  readonly plan: InitPlan;
  readonly files: readonly { readonly path: string; readonly result: Written }[];
  readonly isDry: boolean;
};

const tooManyWords: Diagnostic = {
  severity: 'error',
  code: 'usage-invalid',
  summary: 'The command init takes one DIR, or none.',
};

const noConfiguration = (directory = '.', summary: string, notes: readonly string[] = []): Diagnostic => ({
  severity: 'error',
  code: 'source-not-found',
  summary,
  detail: [...notes, 'Name a directory of a repository that holds some:\n  rds-auth-policy init DIR'].join('\n'),
  origin: { file: directory },
});

const act = ({ root }: Survey, path: string, text: string, isDry: boolean): Written =>
  isDry ? probeNewFile(root, path) : writeNewFile(root, path, text);

const pathsOf = ({ files }: Done, outcome: Written['outcome']): readonly string[] =>
  files.filter(({ result }) => result.outcome === outcome).map(({ path }) => path);

const asJson = (done: Done, { root }: Survey): string => {
  const { found, notes } = done.plan;
  const written = pathsOf(done, 'written');
  const kept = [...pathsOf(done, 'kept'), ...done.plan.kept];
  return `${printableJson(JSON.stringify({ root, dryRun: done.isDry, found, written, kept, notes }, null, 2))}\n`;
};

const inWords = (done: Done): string => {
  const { found, kept, notes } = done.plan;
  const verb = done.isDry ? 'would write' : 'wrote';
  const lines = [
    ...found.map((one) => `found ${one}`),
    ...pathsOf(done, 'kept').map((path) => `kept ${path}, which is there already`),
    ...kept.map((path) => `kept ${path}, which runs rds-auth-policy already`),
    ...pathsOf(done, 'written').map((path) => `${verb} ${path}`),
  ];
  const after = notes.map((note) => `\n${note.trimEnd().replaceAll('\n', '\n  ')}`);
  // Directories are called whatever their owners like.
  return [...lines, ...after].map((message) => `${printable({ message }, { unicode: true }).message}\n`).join('');
};
