import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const run = (program: string, argv: readonly string[], cwd: string): string => {
  const { status, stdout, stderr } = spawnSync(program, argv, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${program} ${argv.join(' ')}: ${stderr}`);
  return stdout;
};

/**
 * A new folder with what a user has in it after `npm install` of the package that `npm pack` makes: its dependencies,
 * and the packages `beside` it, are those of this folder.
 */
export const installPacked = (beside: readonly string[] = []): string => {
  if (!existsSync(join(root, 'dist/index.js'))) throw new Error('These tests run what npm run build has built.');
  const project = mkdtempSync(join(tmpdir(), 'rds-auth-packed-'));
  const modules = join(project, 'node_modules');
  mkdirSync(modules);
  const packed = run('npm', ['pack', '--ignore-scripts', '--pack-destination', project, '--json'], root);
  const [{ filename }] = JSON.parse(packed);
  run('tar', ['-xzf', filename], project);
  cpSync(join(project, 'package'), join(modules, 'rds-auth-policy'), { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(project, 'package/package.json'), 'utf8'));
  for (const name of [...Object.keys(dependencies), ...beside]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  rmSync(join(project, 'package'), { recursive: true });
  rmSync(join(project, filename));
  return project;
};
