import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

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
    for (const run of of('RUN')) expect(run).not.toMatch(/curl|wget|git clone|npm install/);
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

test('the image says where it comes from, if its builder does', () => {
  const { LABEL = '' } = Object.fromEntries(instructionsOf('deploy/docker/Dockerfile'));
  const page = readFileSync('docs/container.md', 'utf8');
  for (const name of ['source', 'revision']) {
    expect(LABEL).toContain(`org.opencontainers.image.${name}="\${${name.toUpperCase()}}"`);
    expect(page).toContain(`--build-arg ${name.toUpperCase()}=`);
  }
});

describe('.dockerignore', () => {
  // Patterns of Docker, as far as they are used here: `**/` is any folder, `*` is within one, and what is below goes too.
  const patterns = readFileSync('.dockerignore', 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('.', '\\.').replaceAll('*', '[^/]*').replace('[^/]*[^/]*/', '(?:.*/)?'))
    .map((pattern) => new RegExp(`^${pattern}(?:/|$)`));
  const isLeftOut = (path: string): boolean => patterns.some((pattern) => pattern.test(path));

  test.each(['', 'modules/', 'examples/cdktf/'])('leaves out what is made below %s', (folder) => {
    for (const path of ['node_modules/yaml/package.json', 'dist/index.js', 'a-1.0.0.tgz', 'cdktf.out/manifest.json'])
      expect([path, isLeftOut(folder + path)]).toEqual([path, true]);
    expect(isLeftOut('.git/HEAD')).toBe(true);
  });

  test('keeps all that the build reads', () => {
    // The build makes the schemas' validators and the policies: it needs all of these.
    for (const folder of ['src', 'policies', 'schemas', 'modules', 'scripts', 'bin', 'deploy', 'examples', 'docs'])
      for (const path of [folder, `${folder}/a.ts`, `${folder}/b/c.json`])
        expect([path, isLeftOut(path)]).toEqual([path, false]);
    for (const file of ['package.json', 'package-lock.json', 'modules/package.json', 'tsconfig.json', 'LICENSE'])
      expect([existsSync(file), isLeftOut(file)]).toEqual([true, false]);
  });
});

/** The size of all files in a folder, in bytes. */
const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);

describe('what the build puts together', () => {
  let home = '';
  beforeAll(() => {
    // The step of the Dockerfile as it is written, but for where things are. It has no network, and no cache of npm.
    home = mkdtempSync(join(tmpdir(), 'rds-auth-image-'));
    const pack = ['pack', '--ignore-scripts', '--pack-destination', home];
    expect(spawnSync('npm', pack, { encoding: 'utf8' }).status).toBe(0);
    const [, step = ''] = instructionsOf('deploy/docker/Dockerfile').filter(([name]) => name === 'RUN')[1] ?? [];
    const script = step
      .replaceAll(' /tmp/', ` ${home}/`)
      .replaceAll(/ \/usr\/lib\/\S+/g, '')
      .replaceAll('/usr/local/bin/node', process.execPath);
    const { PATH } = process.env;
    const ran = spawnSync('sh', ['-ec', script], {
      cwd: home,
      env: { PATH, npm_config_offline: 'true' },
      encoding: 'utf8',
    });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    copyFileSync('deploy/docker/rds-auth-policy', join(home, 'bin/rds-auth-policy'));
  }, 60_000);
  afterAll(() => rmSync(home, { recursive: true }));

  test('is the program alone, without a package beside it', () => {
    expect(readdirSync(join(home, 'node_modules'))).toEqual(['rds-auth-policy']);
    expect(existsSync(join(home, 'node_modules/rds-auth-policy/node_modules'))).toBe(false);
    expect(sizeOf(join(home, 'node_modules'))).toBeLessThan(15e6);
  });

  test.each<[words: string, status: number, says: string]>([
    ['--version', 0, `${version}\n`],
    ['examples/orders/plan.json', 1, 'connect-arn-not-resource-id'],
    ['examples/orders --config-only none.yaml', 2, ''],
    ['examples/orders', 1, 'aws_db_proxy'],
    ['examples/orders/plan.json --format sarif --context testdata/context/*/state.json', 1, '"version": "2.1.0"'],
    ['matrix examples/orders/plan.json', 0, 'aws_db_proxy'],
    ['graph examples/orders/plan.json --format svg', 0, '<svg'],
    ['model examples/orders/plan.json', 0, '"proxies"'],
    ['explain B01', 0, 'proxy'],
    ['policies search kms decrypt', 0, 'proxy-role-cannot-decrypt-secret'],
    ['diff examples/orders/plan.json examples/orders-fixed/plan.json', 0, ''],
    ['test policies/reachability/proxy-iam-requires-tls', 0, 'pass'],
    ['serve --help', 0, '--state-dir'],
    ['init --help', 0, 'init'],
  ])('runs %s', (words, status, says) => {
    const env = { PATH: process.env['PATH'] };
    const ran = spawnSync(join(home, 'bin/rds-auth-policy'), words.split(' '), { env, encoding: 'utf8' });
    expect([ran.status, ran.stdout]).toEqual([status, expect.stringContaining(says)]);
    expect(ran.stderr).not.toMatch(/internal error|Cannot find/);
  });
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
      // Node is the most of it.
      expect(Number(docker('image', 'inspect', '--format', '{{.Size}}', tag).stdout)).toBeLessThan(200e6);
    } finally {
      docker('image', 'rm', '--force', tag);
    }
  },
  900_000,
);
