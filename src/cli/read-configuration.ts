import { type DetectedDocument, compareSource, detectDocument, readConfiguration, readSource } from '../index.ts';
import { configurationsBeside } from '../io/find-configuration.ts';
import { type SavedPlan, asPlanned, openSavedPlan, withFilesOf } from '../io/saved-plan.ts';
import { type ShowFailure, showPlan } from '../io/show-plan.ts';
import { type OpenedSource, type SourceOptions, openDirectory } from '../io/source-directory.ts';
import { type Diagnostic, distinctDiagnostics, isError, refusal } from '../model/diagnostic.ts';
import type { SourceInput } from '../model/source.ts';
import type { Read, Reading } from './reading.ts';
import { makeRoomFor } from './young-objects.ts';

/** A PLAN that is a directory: its configuration alone. */
export const readDirectory = async (path: string, { source, streams }: Reading): Promise<Read> => {
  const contradiction = source.isRefused ? '--no-source' : source.directory === undefined ? undefined : '--source';
  if (contradiction !== undefined) {
    const summary = `This PLAN is a directory of configuration, which ${contradiction} contradicts.`;
    return refuse(path, [refusal(path, 'usage-invalid', summary, 'Give a plan, or leave the option out.')]);
  }
  const opening = openDirectory(path, optionsOf(source, streams));
  if (!opening.ok) return refuse(path, [opening.diagnostic]);
  const document = await readConfiguration(opening.source.input);
  return settle({ ...document, path }, opening.source.diagnostics());
};

/** Adds the configuration of --source: what is wrong in it is no answer, and what differs is a warning. */
export const addSource = async (
  document: DetectedDocument,
  directory: string,
  { source: choice, streams }: Reading,
  planned: SourceInput | null = null,
): Promise<Read> => {
  const opening = openDirectory(directory, optionsOf(choice, streams));
  if (!opening.ok) return refuse(document.path, [opening.diagnostic]);
  const { input } = opening.source;
  const source = await readSource(planned === null ? input : asPlanned(input, planned));
  const own = [...opening.source.diagnostics(), ...source.diagnostics];
  return settle({ ...document, source }, [...own, ...(await differences(document, source, directory))]);
};

type Source = NonNullable<DetectedDocument['source']>;

/** The first configuration beside a plan that it was made of. */
export const addFoundSource = async (
  document: DetectedDocument,
  candidates: readonly string[],
  { source: choice, streams }: Reading,
): Promise<Read> => {
  const unreadable: Diagnostic[] = [];
  for (const directory of candidates) {
    const opening = openDirectory(directory, optionsOf(choice, streams));
    if (!opening.ok) continue;
    const source = await readSource(opening.source.input);
    const diagnostics = [...opening.source.diagnostics(), ...source.diagnostics];
    const error = diagnostics.find(isError);
    const { matches, shared } = await compareSource(source, document);
    if (error === undefined && matches) return settle({ ...document, source }, diagnostics);
    const asked = diagnostics.filter(({ origin }) => choice.variableFiles.some((path) => path === origin?.file));
    if (asked.some(isError)) return refuse(document.path, asked);
    // What has nothing in common with the plan may well be broken.
    if (error !== undefined && shared > 0) unreadable.push(leftOut(error));
  }
  return settle(document, unreadable.slice(0, 1));
};

const leftOut = (error: Diagnostic): Diagnostic => ({
  ...error,
  severity: 'warning',
  detail: 'So the configuration beside this plan is left out. Mend it, or turn it off with --no-source.',
});

/** A binary plan: the values that Terraform shows of it, with the configuration in it, or that alone. */
export const readSavedPlan = async (path: string, bytes: Buffer, reading: Reading): Promise<Read> => {
  const { source: choice, streams } = reading;
  const opening = openSavedPlan(bytes, path, optionsOf(choice, streams));
  if (!opening.ok) return refuse(path, [opening.diagnostic]);
  const { plan } = opening;
  reading.progress.show(`asking ${plan.program ?? 'terraform'} for the values of ${path}`);
  const { binary, directory } = choice;
  const shown = await showPlan(path, { binary, program: plan.program, source: directory, env: streams.env });
  const values = shown.ok ? valuesIn(shown.text, path) : shown;
  if (values.ok) return withSourceOf(values.document, plan.source, reading);
  // Without a header the values of its variables could be any, and their defaults would be guesses.
  const isEnough = directory !== undefined || (plan.source !== null && plan.header !== null && !choice.isRefused);
  const missing = unavailable(path, values.failure, isEnough);
  return isEnough ? withSourceOf(withoutValues(path, plan, missing), plan.source, reading) : refuse(path, [missing]);
};

/** The configuration of --source goes before the embedded one: files that its templates name are beside it. */
const withSourceOf = async (
  document: DetectedDocument,
  embedded: OpenedSource | null,
  reading: Reading,
): Promise<Read> => {
  const { directory, isRefused } = reading.source;
  if (directory !== undefined) return addSource(document, directory, reading, embedded?.input);
  if (embedded === null || isRefused) return settle(document, []);
  const source = await readSource(withFilesBeside(document.path, embedded.input, reading));
  return settle({ ...document, source }, [...embedded.diagnostics(), ...source.diagnostics]);
};

const withFilesBeside = (plan: string, embedded: SourceInput, { source, streams }: Reading): SourceInput => {
  for (const directory of configurationsBeside(plan)) {
    const opening = openDirectory(directory, optionsOf(source, streams));
    const found = opening.ok ? withFilesOf(embedded, opening.source.input) : null;
    if (found !== null) return found;
  }
  return embedded;
};

type Values =
  | { readonly ok: true; readonly document: DetectedDocument }
  | { readonly ok: false; readonly failure: ShowFailure };

const valuesIn = (text: string, path: string): Values => {
  makeRoomFor(text);
  const detection = detectDocument(text, path);
  if (detection.ok && detection.document.kind === 'plan-json') {
    return { ok: true, document: { ...detection.document, kind: 'plan-binary' } };
  }
  const reason = 'what the program wrote is no plan in JSON';
  return { ok: false, failure: { reason, advice: 'Look at --terraform-bin, or make the plan again.' } };
};

const unavailable = (path: string, { reason, advice }: ShowFailure, isEnough: boolean): Diagnostic => {
  const rest = isEnough ? 'its configuration is judged alone' : 'there is no configuration to judge without them';
  const summary = `The values of this plan could not be read, and ${rest}: ${reason}.`;
  const severity = isEnough ? 'warning' : 'error';
  return { ...refusal(path, 'plan-values-unavailable', summary, advice), severity };
};

const withoutValues = (path: string, { header }: SavedPlan, diagnostic: Diagnostic): DetectedDocument => ({
  path,
  kind: 'plan-binary',
  json: {},
  formatVersion: '',
  terraformVersion: header?.terraformVersion ?? null,
  diagnostics: [diagnostic],
});

const namesShown = 3;

const differences = async (
  document: DetectedDocument,
  source: Source,
  directory: string,
): Promise<readonly Diagnostic[]> => {
  // A state has no configuration to compare with, and a binary plan without its values neither.
  if (document.json['configuration'] === undefined) return [];
  const { matches, onlyInPlan, onlyInSource } = await compareSource(source, document);
  if (matches) return [];
  const sides = [
    ...listed('Only in the plan', onlyInPlan),
    ...listed('Only in the configuration', onlyInSource),
    'Give the directory of the root module that the plan was made in, as it was then.',
  ];
  const summary = 'The configuration is not the one that this plan was made of: it is used only where the two agree.';
  return [{ ...refusal(directory, 'source-differs', summary, sides.join(' ')), severity: 'warning' }];
};

const listed = (where: string, addresses: readonly string[]): readonly string[] => {
  const names = addresses.slice(0, namesShown).join(', ');
  const more = addresses.length > namesShown ? ` and ${addresses.length - namesShown} more` : '';
  return addresses.length === 0 ? [] : [`${where}: ${names}${more}.`];
};

const optionsOf = (source: Reading['source'], { env }: Reading['streams']): SourceOptions => {
  const { variables, variableFiles, workspace } = source;
  return { variables, variableFiles, env: workspace === undefined ? env : { ...env, TF_WORKSPACE: workspace } };
};

const withDiagnostics = (document: DetectedDocument, more: readonly Diagnostic[]): DetectedDocument => ({
  ...document,
  diagnostics: distinctDiagnostics([...document.diagnostics, ...more]),
});

/** An error in what was asked for is no answer. */
const settle = (document: DetectedDocument, more: readonly Diagnostic[]): Read => {
  const whole = withDiagnostics(document, more);
  const errors = whole.diagnostics.filter(isError);
  return errors.length > 0 ? refuse(document.path, errors) : { ok: true, document: whole };
};

const refuse = (path: string, diagnostics: readonly Diagnostic[]): Read => ({ ok: false, path, diagnostics });
