import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rds-auth-tools-'));
  mkdirSync(join(home, 'bin'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** Runs the script with these programs on the path, and no others. */
const getTools = (programs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>) => {
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(home, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return spawnSync(process.execPath, ['scripts/pipeline-tools.mjs'], {
    env: { PATH: join(home, 'bin'), PIPELINE_TOOLS_DIR: join(home, 'tools'), ...env },
    encoding: 'utf8',
  });
};
const fails = (text: string): string => `echo 'first line' >&2; echo '${text}' >&2; exit 1`;
const ci = { CI: 'true' };

/** A Python whose environment has this pip. */
const withPip = (script: string): string =>
  [
    `for last in "$@"; do :; done`,
    `/bin/mkdir -p "$last/bin"`,
    `printf '%s\\n' '#!/bin/sh' "${script.replaceAll('"', '\\"')}" > "$last/bin/pip"`,
    `/bin/chmod +x "$last/bin/pip"`,
  ].join('\n');

test.each<[what: string, programs: Readonly<Record<string, string>>, says: readonly string[]]>([
  ['neither Go nor Python', {}, ['there is no go', 'there is no python3']],
  ['no network for Go', { go: fails('dial tcp: lookup proxy.example.com: no such host') }, ['no such host']],
  ['a proxy that answers Go with a refusal', { go: fails('reading a/b@v1: 403 Forbidden') }, ['403 Forbidden']],
  ['a Go that is too old', { go: fails('a/b@v1 requires go >= 1.30 (running go 1.20)') }, ['requires go >= 1.30']],
  ['modules that are turned off', { go: fails('module lookup disabled by GOPROXY=off') }, ['GOPROXY=off']],
  ['a Python without venv', { python3: fails('No module named venv') }, ['No module named venv']],
  [
    'no network for pip',
    {
      python3: withPip(
        'echo "ERROR: Could not find a version (from versions: none)" >&2; echo "ERROR: no match" >&2; exit 1',
      ),
    },
    ['ERROR: no match'],
  ],
])('skips in CI too: %s', (_, programs, says) => {
  const { status, stdout, stderr } = getTools(programs, ci);
  expect([status, stderr]).toEqual([0, '']);
  for (const text of says) expect(stdout).toMatch(new RegExp(`are skipped: .*${text}`));
  expect(existsSync(join(home, 'tools/python'))).toBe(false);
});

test.each<[what: string, programs: Readonly<Record<string, string>>, says: string]>([
  ['Go does not build it', { go: fails('undefined: yaml.Node') }, 'undefined: yaml.Node'],
  ['there is no such version', { go: fails('unknown revision v9.9.9') }, 'unknown revision v9.9.9'],
  ['pip finds no such version', { python3: withPip('echo "(from versions: 1.0, 2.0)" >&2; exit 1') }, '1.0, 2.0'],
])('fails in CI, and nowhere else, where %s', (_, programs, says) => {
  const inCi = getTools(programs, ci);
  expect([inCi.status, inCi.stderr]).toEqual([1, expect.stringContaining(says)]);
  const elsewhere = getTools(programs, {});
  expect([elsewhere.status, elsewhere.stdout]).toEqual([0, expect.stringContaining(says)]);
});

test('keeps what is there', () => {
  for (const path of ['actionlint', 'python/bin/pre-commit', 'python/bin/hadolint']) {
    mkdirSync(join(home, 'tools', path, '..'), { recursive: true });
    writeFileSync(join(home, 'tools', path), '');
  }
  const { status, stdout } = getTools({ go: fails('called'), python3: fails('called') }, ci);
  expect([status, stdout]).toEqual([0, '']);
});
