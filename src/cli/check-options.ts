import { dirname } from 'node:path';
import type { CheckDocuments, CheckOptions } from '../index.ts';
import type { Invocation } from './invocation.ts';
import type { Streams } from './streams.ts';
import { waiverOptions } from './waiver-options.ts';

/** What the command line and the configuration ask of one check. */
export const checkOptions = async (
  invocation: Invocation,
  { judged }: CheckDocuments,
  streams: Streams,
  toolVersion: string,
): Promise<CheckOptions> => {
  const { sets, only, skip, source, configuration, waivers } = invocation;
  const options = { sets, only, skip, toolVersion, ...waiverOptions(invocation, streams) };
  const content = configuration?.content ?? null;
  if (content === null) return options;
  const stated = source.workspace ?? (streams.env['TF_WORKSPACE'] || undefined);
  return {
    ...options,
    configuration: waivers ? content : { ...content, waivers: [] },
    workspace: stated ?? (await selectedBeside(judged, streams.env)),
  };
};

/** What Terraform has selected in the directory of the configuration, where that is known. */
const selectedBeside = async (judged: CheckDocuments['judged'], env: Streams['env']): Promise<string | null> => {
  const directory = directoryOf(judged);
  return directory === null ? null : (await import('../io/selected-workspace.ts')).selectedWorkspace(directory, env);
};

const directoryOf = ({ path, kind, source }: CheckDocuments['judged']): string | null => {
  if (kind === 'plan-binary' && (source === undefined || source.label === path)) return dirname(path);
  return source?.label ?? null;
};
