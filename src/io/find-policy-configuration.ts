import { lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import { gitRootOf } from './repository.ts';

/** Where the policy configuration is, and how it came to be used. */
export type ConfigurationLocation = {
  readonly path: string;
  /** As reports name it. */
  readonly shown: string;
  /** `tree`: it was found there, and whoever writes the tree wrote it. `only`: nothing of the tree counts beside it. */
  readonly by: 'tree' | 'name' | 'only';
};

export type FoundConfiguration =
  | { readonly ok: true; readonly location: ConfigurationLocation | null }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

export const policyConfigurationNames = [
  'rds-auth-policy.yaml',
  'rds-auth-policy.yml',
  'rds-auth-policy.json',
  '.rds-auth-policy.yaml',
] as const;

/**
 * Looks at the root of the repository of each plan, then at that of the current directory, and never above; outside of
 * any repository at the current directory alone. A few questions to the file system: every run asks them.
 */
export const findPolicyConfiguration = (plans: readonly string[], current: string): FoundConfiguration => {
  const found = [...new Set(plans.flatMap(rootOfPlan))].map(lookIn).filter(isSomething);
  const own = found.length > 0 ? found : [lookIn(gitRootOf(current) ?? current)].filter(isSomething);
  const [first, second] = own;
  if (first === undefined) return { ok: true, location: null };
  if (!first.ok || second === undefined) return first;
  const summary = 'The PLANs lie in repositories that each have a configuration of their own.';
  return { ok: false, diagnostic: ambiguous(second.ok ? (second.location?.path ?? '') : '', summary) };
};

const isSomething = (found: FoundConfiguration): boolean => !found.ok || found.location !== null;

/** Nothing for standard input, for what does not exist, and outside of any repository. */
const rootOfPlan = (plan: string): readonly string[] => {
  if (plan === '-') return [];
  try {
    const path = resolve(plan);
    const directory = statSync(path).isDirectory() ? path : dirname(path);
    const root = gitRootOf(realpathSync(directory));
    return root === null ? [] : [root];
  } catch {
    return [];
  }
};

const lookIn = (directory: string): FoundConfiguration => {
  const present = policyConfigurationNames.filter((candidate) => isThere(join(directory, candidate)));
  const [name, other] = present;
  if (name === undefined) return { ok: true, location: null };
  const path = join(directory, name);
  if (other === undefined) return { ok: true, location: { path, shown: name, by: 'tree' } };
  return { ok: false, diagnostic: ambiguous(name, `There are two configurations: ${name} and ${other}.`) };
};

/** Also a link that leads nowhere: a configuration that cannot be read is an error, and not none. */
const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

const ambiguous = (file: string, summary: string): Diagnostic =>
  refusal(file, 'configuration-invalid', summary, 'Keep one of them, or name one with --config.');
