import { relative, resolve } from 'node:path';
import { configuredPath } from './io/configured-paths.ts';
import { readPolicyConfiguration } from './io/read-policy-configuration.ts';
import { readPolicyFolder } from './io/read-policy-folder.ts';
import type { StackRules } from './judge-stack.ts';
import type { Named } from './model/configuration.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import { builtinPolicies } from './policy/builtin.generated.ts';
import { readPolicyConfiguration as parseConfiguration } from './policy/configuration/read-configuration.ts';
import { readPolicies } from './policy/loading/read-policies.ts';
import { subjects } from './policy/subjects.ts';

const without: Pick<StackRules, 'configuration' | 'policies'> = { configuration: null, policies: builtinPolicies };

/** Reads a configuration file and the policies that it names; with null the built-in policies are all there is. */
export const openStackRules = (path: string | null): StackRules => {
  if (path === null) return { ...without, diagnostics: [] };
  const shown = relative(process.cwd(), resolve(path)) || path;
  const read = readPolicyConfiguration({ path, shown, by: 'name' });
  if (!read.ok) return { ...without, diagnostics: [read.diagnostic] };
  const { configuration, diagnostics } = parseConfiguration({ path: shown, text: read.text, hash: read.hash });
  if (configuration === null) return { ...without, diagnostics };
  const own = configuration.policies.map((named) => openFolder(named, read));
  const files = own.flatMap((folder) => (folder.ok ? folder.files : []));
  const loaded = readPolicies(files, builtinPolicies, subjects);
  return {
    configuration,
    policies: [...builtinPolicies, ...loaded.policies],
    diagnostics: [
      ...own.flatMap((folder) => (folder.ok ? [] : [folder.diagnostic])),
      ...loaded.diagnostics,
      ...configuration.context.map(({ place }) => contextUnread(place)),
    ],
  };
};

type Base = Parameters<typeof configuredPath>[1];
type Folder = ReturnType<typeof readPolicyFolder>;

const openFolder = ({ name, place }: Named, base: Base): Folder => {
  const path = configuredPath(name, base);
  if (path !== null) return /\.t(?:ar\.)?gz$/.test(path) ? refuse(packed, place) : readPolicyFolder(path);
  return refuse('This path leads out of the repository, or into its .git.', place);
};

const packed = 'Policies in a package are not read at synth: unpack it, and name the directory.';

const refuse = (summary: string, place: Named['place']): Folder => ({
  ok: false,
  diagnostic: { severity: 'error', code: 'configuration-invalid', summary, origin: place },
});

const contextUnread = (place: Named['place']): Diagnostic => ({
  severity: 'warning',
  code: 'configuration-unused',
  summary: 'The context of this configuration is not read at synth, where each stack is judged by itself.',
  origin: place,
});
