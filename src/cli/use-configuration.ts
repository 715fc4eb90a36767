import { type PolicyConfiguration, loadPolicyConfiguration } from '../index.ts';
import { type PathBase, configuredFiles, configuredPath, isHidden } from '../io/configured-paths.ts';
import type { ConfigurationLocation } from '../io/find-policy-configuration.ts';
import { readPolicyConfiguration } from '../io/read-policy-configuration.ts';
import type { ConfigurationPlace, Named } from '../model/configuration.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { formats } from '../report/index.ts';
import type { OutputFile } from './choices.ts';
import type { Invocation } from './invocation.ts';
import { formatsOf, optionTable } from './options.ts';
import { isSameFile } from './same-file.ts';

/** Reads the configuration, and lets it say what the command line leaves open. */
export const useConfiguration = async (
  invocation: Invocation,
  location: ConfigurationLocation,
): Promise<Invocation> => {
  const read = readPolicyConfiguration(location);
  const { shown: path, by } = location;
  if (!read.ok) return withFaults(invocation, path, null, [read.diagnostic]);
  const { text, hash } = read;
  const { configuration, diagnostics } = await loadPolicyConfiguration({
    path,
    text,
    hash,
    ignoreTree: by === 'only',
  });
  if (configuration === null) return withFaults(invocation, path, hash, diagnostics);
  const parts = [
    pathsFrom(configuration.policies, read),
    await filesFrom(configuration.context, read),
    outputsFrom(configuration, invocation, read),
  ] as const;
  const faults = [...parts.flatMap((part) => part.faults), ...formatFaults(configuration, invocation)];
  const [policies, context, outputs] = parts;
  return {
    ...withOutput(invocation, configuration),
    policies: takes(invocation, 'policies') ? [...invocation.policies, ...policies.paths] : invocation.policies,
    context: takes(invocation, 'context') ? [...invocation.context, ...context.paths] : invocation.context,
    outputs: [...invocation.outputs, ...outputs.files],
    configuration: { path, hash, content: faults.length === 0 ? configuration : null, diagnostics: faults },
  };
};

const withFaults = (
  invocation: Invocation,
  path: string,
  hash: string | null,
  diagnostics: readonly Diagnostic[],
): Invocation => ({ ...invocation, configuration: { path, hash, content: null, diagnostics } });

const takes = ({ command }: Invocation, option: 'policies' | 'context'): boolean =>
  optionTable[option].only?.includes(command) ?? true;

/** How a check is shown. The other commands are questions of people, who say what they want. */
const withOutput = (invocation: Invocation, { output }: PolicyConfiguration): Invocation => {
  if (invocation.command !== 'check') return invocation;
  const { given } = invocation;
  const format = formats.find((known) => known === output.format?.name);
  return {
    ...invocation,
    format: given.has('format') || format === undefined ? invocation.format : format,
    unknown: given.has('unknown') ? invocation.unknown : (output.unknown ?? invocation.unknown),
    verbose: invocation.verbose || (output.verbose === true && !given.has('quiet')),
    quiet: invocation.quiet || (output.quiet === true && !given.has('verbose')),
  };
};

type Paths = { readonly paths: readonly string[]; readonly faults: readonly Diagnostic[] };

const pathsFrom = (written: readonly Named[], base: PathBase): Paths => {
  const read = written.map(({ name, place }) => ({ path: configuredPath(name, base), place }));
  return {
    paths: read.flatMap(({ path }) => path ?? []),
    faults: read.flatMap(({ path, place }) => (path === null ? [leadsOut(place)] : [])),
  };
};

const filesFrom = async (written: readonly Named[], base: PathBase): Promise<Paths> => {
  const paths: string[] = [];
  const faults: Diagnostic[] = [];
  for (const { name, place } of written) {
    const files = await configuredFiles(name, base);
    if (files === null) faults.push(leadsOut(place));
    else if (files.length === 0) faults.push(matchesNothing(place));
    else paths.push(...files);
  }
  return { paths, faults };
};

type Outputs = { readonly files: readonly OutputFile[]; readonly faults: readonly Diagnostic[] };

/** Of a format that the command line writes to a file as well, that file alone is written. */
const outputsFrom = ({ output, ignoreTree }: PolicyConfiguration, invocation: Invocation, base: PathBase): Outputs => {
  if (invocation.command !== 'check') return { files: [], faults: [] };
  const limited = { ...base, limit: base.limit ?? base.directory };
  const read = output.files.map(({ format, file }) =>
    ignoreTree ? notWithOnly(file.place) : outputFrom(format, file, invocation, limited),
  );
  const files = read.flatMap((one) => ('path' in one ? one : []));
  return {
    files: files.filter(({ format }) => !invocation.outputs.some((other) => other.format === format)),
    faults: read.flatMap((one) => ('path' in one ? [] : one)),
  };
};

const outputFrom = (
  name: string,
  { name: written, place }: Named,
  { plans, baseline, newBaseline }: Invocation,
  base: PathBase,
): OutputFile | Diagnostic => {
  const format = formatsOf.check.find((known) => known === name);
  const path = configuredPath(written, base);
  if (format === undefined) return noFormat(name, place);
  if (path === null || isHidden(path, base)) return leadsOut(place);
  const others = [...plans, ...[baseline, newBaseline].filter((file) => file !== undefined)];
  return others.some((other) => isSameFile(other, path)) ? overwrites(place) : { format, path };
};

const formatFaults = ({ output }: PolicyConfiguration, { command }: Invocation): readonly Diagnostic[] => {
  const { format } = output;
  const isKnown = format === undefined || formatsOf.check.some((known) => known === format.name);
  return command !== 'check' || isKnown ? [] : [noFormat(format.name, format.place)];
};

const fault = (summary: string, place: ConfigurationPlace, detail?: string): Diagnostic => ({
  severity: 'error',
  code: 'configuration-invalid',
  summary,
  ...(detail === undefined ? {} : { detail }),
  origin: place,
});

const leadsOut = (place: ConfigurationPlace): Diagnostic =>
  fault(
    'This path leads out of the repository, or into its .git.',
    place,
    'Name it on the command line, where a change of the repository cannot move it.',
  );

const matchesNothing = (place: ConfigurationPlace): Diagnostic => ({
  ...fault('No file is there, or matches this pattern.', place, 'Paths are relative to the configuration.'),
  code: 'input-not-found',
});

const noFormat = (name: string, place: ConfigurationPlace): Diagnostic =>
  fault(`The format ${name} has no meaning for check.`, place);

const overwrites = (place: ConfigurationPlace): Diagnostic =>
  fault('This file would overwrite a file that is read.', place);

const notWithOnly = (place: ConfigurationPlace): Diagnostic =>
  fault('With --config-only no files are written but those of --output.', place, 'Take output.files out.');
