import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JudgeTools } from './judge-task.ts';
import type { Settings } from './settings.ts';
import { slotsOf } from './slots.ts';

/** What judges need, with an empty directory to work in: for one process at a time. */
export const judgeTools = async (settings: Settings, program: string): Promise<JudgeTools> => {
  const { stateDirectory, configOnly, organizations } = settings;
  const directory = join(stateDirectory, 'work');
  // What is there was left by a server that was killed.
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const nothing = join(stateDirectory, 'no-configuration.yaml');
  await writeFile(nothing, '{}\n', { mode: 0o600 });
  const { hosts, unknown, largestPlan, largestConfiguration, checkMilliseconds, checkMemory } = settings;
  const limits = { largestPlan, largestConfiguration, checkMilliseconds, checkMemory };
  const configurationOf = (organization: string): string => organizations.get(organization) ?? configOnly ?? nothing;
  return { hosts, unknown, program, directory, configurationOf, slots: slotsOf(settings.concurrency), ...limits };
};
