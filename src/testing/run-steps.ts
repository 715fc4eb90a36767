import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPacked } from './install-packed.ts';

type Texts = Readonly<Record<string, string>>;

export type StepRun = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a script as a build runner does: written to a file, with an environment of its own. */
export const runScript = (
  shell: readonly string[],
  script: string,
  cwd: string,
  env: Texts,
  folder: string,
): StepRun => {
  const file = join(folder, 'step.sh');
  writeFileSync(file, script);
  const [program = '', ...argv] = shell;
  const { PATH = '', HOME = '' } = process.env;
  const ran = spawnSync(program, [...argv, file], { cwd, env: { PATH, HOME, CI: 'true', ...env }, encoding: 'utf8' });
  return { code: ran.status ?? -1, stdout: ran.stdout, stderr: ran.stderr };
};

/** Puts values in the place of expressions, which are names with dots in them. A name without value throws. */
export const fillIn = (text: string, values: Texts, pattern = /\$\{\{ ([\w.-]+) \}\}/g): string =>
  text.replace(pattern, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`There is no value for ${name}.`);
    return value;
  });

/**
 * The package as `npm pack` makes it, without its dependencies: the program is bundled, and so is installed without a
 * registry. The result is what stands behind the `@` of an installation, and the folder to remove.
 */
export const packStandalone = (): { readonly version: string; readonly folder: string } => {
  const folder = installPacked();
  const packed = join(folder, 'node_modules/rds-auth-policy');
  const {
    dependencies: _,
    peerDependencies: __,
    peerDependenciesMeta: ___,
    ...manifest
  } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'));
  writeFileSync(join(packed, 'package.json'), JSON.stringify(manifest));
  const argv = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout, stderr, status } = spawnSync('npm', argv, { cwd: packed, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const [{ filename }] = JSON.parse(stdout);
  rmSync(join(folder, 'node_modules'), { recursive: true });
  return { version: `file:${join(folder, filename)}`, folder };
};
