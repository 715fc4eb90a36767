import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const files = ['deploy/docker/Dockerfile', 'deploy/docker/atlantis.Dockerfile'];
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Instructions with their arguments, lines that are continued joined. */
const instructionsOf = (file: string): readonly (readonly [name: string, rest: string])[] =>
  readFileSync(file, 'utf8')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);

describe.each(files)('%s', (file) => {
  const instructions = instructionsOf(file);
  const of = (name: string): readonly string[] =>
    instructions.filter(([instruction]) => instruction === name).map(([, rest]) => rest);

  test('names a version of each base', () => {
    expect(of('FROM').length).toBeGreaterThan(1);
    for (const from of of('FROM'))
      expect(from).toMatch(/^(?:\S+:v?\d+\.\d+\.\d+\S*|\$\{RDS_AUTH_POLICY\})(?: AS \w+)?$/);
  });

  test('does not end as root', () => {
    // That of Atlantis is the user of its base.
    expect(of('USER')).toEqual(file.includes('atlantis') ? [] : ['65532:65532']);
  });

  test('fetches nothing by itself, and adds no archive', () => {
    expect(of('ADD')).toEqual([]);
    for (const run of of('RUN')) expect(run).not.toMatch(/curl|wget|git clone/);
  });
});

test('the image has the version of the package, and starts the program', () => {
  const instructions = instructionsOf('deploy/docker/Dockerfile');
  const rest = Object.fromEntries(instructions);
  expect(rest['LABEL']).toContain(`org.opencontainers.image.version="${version}"`);
  expect(JSON.parse(rest['ENTRYPOINT'] ?? '')).toEqual(['rds-auth-policy']);
  const named = [...readFileSync('docs/container.md', 'utf8').matchAll(/rds-auth-policy:([\d.]+)/g)].map(
    ([, tag]) => tag,
  );
  expect(new Set(named)).toEqual(new Set([version]));
});

test('what the build copies is no part of .dockerignore', () => {
  const ignored = readFileSync('.dockerignore', 'utf8').trim().split('\n');
  // The build makes the schemas' validators and the policies: it needs all of these.
  for (const path of ['src', 'policies', 'schemas', 'modules', 'scripts', 'bin', 'deploy', 'examples', 'docs'])
    expect(ignored).not.toContain(path);
});

test('the script that starts it finds what stands beside it, by a link too', () => {
  const home = mkdtempSync(join(tmpdir(), 'rds-auth-image-'));
  for (const folder of ['bin', 'lib', 'node_modules']) mkdirSync(join(home, 'opt', folder), { recursive: true });
  copyFileSync('deploy/docker/rds-auth-policy', join(home, 'opt/bin/rds-auth-policy'));
  symlinkSync(process.execPath, join(home, 'opt/lib/node'));
  symlinkSync(resolve('.'), join(home, 'opt/node_modules/rds-auth-policy'));
  symlinkSync(join(home, 'opt/bin/rds-auth-policy'), join(home, 'link'));
  for (const program of ['opt/bin/rds-auth-policy', 'link']) {
    const run = (...argv: readonly string[]) =>
      spawnSync(join(home, program), argv, { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
    expect(run('--version').stdout).toBe(`${version}\n`);
    expect(run('a b.json').status).toBe(2);
    expect(run('examples/orders/plan.json', '--quiet').status).toBe(1);
  }
  rmSync(home, { recursive: true });
});

const hadolint = 'node_modules/.cache/pipelines/python/bin/hadolint';
(existsSync(hadolint) ? test : test.skip).each(files)('hadolint finds nothing wrong with %s', (file) => {
  const { status, stdout } = spawnSync(hadolint, [file], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
});

const hasDocker = spawnSync('docker', ['version'], { encoding: 'utf8' }).status === 0;
(hasDocker ? test : test.skip)(
  'Docker builds it, and it judges a plan without network and as nobody',
  () => {
    const tag = `rds-auth-policy-test:${process.pid}`;
    const docker = (...argv: readonly string[]) => spawnSync('docker', argv, { encoding: 'utf8' });
    try {
      expect(docker('build', '--file', 'deploy/docker/Dockerfile', '--tag', tag, '.').status).toBe(0);
      const volume = `${resolve('examples/orders')}:/work:ro`;
      const ran = docker('run', '--rm', '--network', 'none', '--read-only', '--volume', volume, tag, 'plan.json');
      expect(ran.stdout).toContain('connect-arn-not-resource-id');
      expect(ran.status).toBe(1);
    } finally {
      docker('image', 'rm', '--force', tag);
    }
  },
  900_000,
);
