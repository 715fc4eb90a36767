#!/usr/bin/env node
// Builds the `opa` and `conftest` that the tests of docs/rego run, where Go is present; where it is not, or the sources
// cannot be had, it says so, and those tests are skipped. What is built already is kept.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules/.cache/rego');

/** The newest of each that Go of today builds; conftest carries an OPA of its own. */
const tools = new Map([
  ['opa', 'github.com/open-policy-agent/opa@v1.4.2'],
  ['conftest', 'github.com/open-policy-agent/conftest@v0.66.0'],
]);

/** Beyond this there is no network, or a very slow machine: neither is a fault of ours. */
const longest = 360_000;

function build(name, source) {
  if (existsSync(join(folder, name))) return null;
  const { status, error, stderr } = spawnSync('go', ['install', source], {
    env: { ...process.env, GOBIN: folder, GOFLAGS: '-trimpath' },
    encoding: 'utf8',
    timeout: longest,
  });
  if (status === 0) return null;
  if (error?.code === 'ENOENT') return 'there is no go';
  if (error?.code === 'ETIMEDOUT') return `go did not build ${name} in time`;
  return `go does not build ${name}: ${(stderr || String(error)).trim().split('\n').at(-1)}`;
}

mkdirSync(folder, { recursive: true });
for (const [name, source] of tools) {
  const fault = build(name, source);
  if (fault === null) continue;
  console.log(`The tests of docs/rego are skipped: ${fault}.`);
  break;
}
