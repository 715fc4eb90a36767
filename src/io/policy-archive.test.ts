import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openPolicies } from './open-policies.ts';
import { type ArchiveLimits, archiveLimits, readPolicyArchive } from './policy-archive.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rds-auth-archive-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

describe('what npm pack makes', () => {
  const pack = (): string => {
    write('package.json', JSON.stringify({ name: '@acme/policies', version: '1.2.3' }));
    const { status, stderr } = spawnSync('npm', ['pack', '--ignore-scripts'], { cwd: folder, encoding: 'utf8' });
    expect([status, stderr.includes('npm error')]).toEqual([0, false]);
    return join(folder, 'acme-policies-1.2.3.tgz');
  };

  test('its policies are read, and what says something for them', async () => {
    write('policies/acme-b/policy.yaml', 'id: acme-b\n');
    write('policies/acme-a/policy.yaml', 'id: acme-a # ü\n');
    write('policies/conditions.yaml', 'conditions: {}\n');
    write('policies/set.yaml', 'id: acme\n');
    write('policies/acme-a/cases/fail-x/plan.json', '{}');
    write('README.md', '# Policies');
    write('node_modules/other/policy.yaml', 'id: other\n');
    const archive = pack();
    expect(await openPolicies(archive)).toEqual({
      ok: true,
      files: [
        { path: `${archive}/package/policies/acme-a/policy.yaml`, text: 'id: acme-a # ü\n' },
        { path: `${archive}/package/policies/acme-b/policy.yaml`, text: 'id: acme-b\n' },
        { path: `${archive}/package/policies/conditions.yaml`, text: 'conditions: {}\n' },
        { path: `${archive}/package/policies/set.yaml`, text: 'id: acme\n' },
      ],
    });
  });

  test('a long name, which needs a header of its own', async () => {
    const long = `${'a'.repeat(90)}/${'b'.repeat(90)}/${'c'.repeat(90)}`;
    write(`${long}/policy.yaml`, 'id: long\n');
    const archive = pack();
    expect(await openPolicies(archive)).toMatchObject({ files: [{ path: `${archive}/package/${long}/policy.yaml` }] });
  });

  test('one without policies is refused', async () => {
    write('index.js', '');
    expect(await openPolicies(pack())).toMatchObject({
      ok: false,
      diagnostic: { code: 'policy-archive-invalid', summary: 'There is no policy.yaml in this package.' },
    });
  });

  test('its name tells nothing, its bytes do', async () => {
    write('a/policy.yaml', 'id: a\n');
    const renamed = join(folder, 'policies.bin');
    writeFileSync(renamed, readFileSync(pack()));
    expect(await openPolicies(renamed)).toMatchObject({ ok: true });
  });
});

const block = 512;

/** A header of one entry as POSIX has it. npm would write none of those that are refused here. */
const header = (name: string, size: number, type: string, link: string): Buffer => {
  const bytes = Buffer.alloc(block);
  bytes.write(name, 0, 100);
  bytes.write('0000644\0', 100);
  bytes.write('0000000\0', 108);
  bytes.write('0000000\0', 116);
  bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  bytes.write('00000000000\0', 136);
  bytes.write('        ', 148);
  bytes.write(type, 156);
  bytes.write(link, 157, 100);
  bytes.write('ustar\0' + '00', 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
};

type Entry = { readonly name: string; readonly text?: string | Buffer; readonly type?: string; readonly link?: string };

const entryOf = ({ name, text = '', type = '0', link = '' }: Entry): Buffer => {
  const content = Buffer.from(text);
  const padding = Buffer.alloc((block - (content.length % block)) % block);
  return Buffer.concat([header(name, content.length, type, link), content, padding]);
};

const tar = (entries: readonly Entry[]): Buffer => Buffer.concat([...entries.map(entryOf), Buffer.alloc(2 * block)]);

const good: Entry = { name: 'package/acme/policy.yaml', text: 'id: acme\n' };

const read = (bytes: Buffer, limits: Partial<ArchiveLimits> = {}) => {
  const path = join(folder, 'evil.tgz');
  writeFileSync(path, bytes);
  return readPolicyArchive(path, { ...archiveLimits, ...limits });
};

const refused = (summary: RegExp) => ({
  ok: false,
  diagnostic: {
    severity: 'error',
    code: 'policy-archive-invalid',
    summary: expect.stringMatching(summary),
    origin: { file: join(folder, 'evil.tgz') },
  },
});

test('what is made here is read, if nothing is wrong with it', () => {
  expect(read(gzipSync(tar([{ name: 'package/', type: '5' }, good])))).toMatchObject({
    ok: true,
    files: [{ text: 'id: acme\n' }],
  });
});

describe('hostile archives are refused as a whole, beside a policy that is good', () => {
  test.each<[string, readonly Entry[], RegExp]>([
    ['a name that leads out', [{ name: 'package/../../etc/policy.yaml', text: 'x' }], /leads out of it/],
    ['a name that begins at the root', [{ name: '/etc/policy.yaml', text: 'x' }], /leads out of it/],
    ['a name with a backslash', [{ name: 'package\\..\\policy.yaml', text: 'x' }], /leads out of it/],
    ['a name with a drive', [{ name: 'package/C:/policy.yaml', text: 'x' }], /leads out of it/],
    ['a name with a line break', [{ name: 'package/a\n::error::/policy.yaml', text: 'x' }], /leads out of it/],
    ['a name with an empty step', [{ name: 'package//policy.yaml', text: 'x' }], /leads out of it/],
    ['a name elsewhere', [{ name: 'other/policy.yaml', text: 'x' }], /not below package\//],
    ['a symbolic link', [{ name: 'package/b/policy.yaml', type: '2', link: '/etc/passwd' }], /link or a device/],
    ['a hard link', [{ name: 'package/b/policy.yaml', type: '1', link: '../../etc/passwd' }], /link or a device/],
    ['a character device', [{ name: 'package/b/policy.yaml', type: '3' }], /link or a device/],
    ['a block device', [{ name: 'package/b/policy.yaml', type: '4' }], /link or a device/],
    ['a named pipe', [{ name: 'package/b/policy.yaml', type: '6' }], /link or a device/],
    ['a link that is no policy', [{ name: 'package/lib', type: '2', link: '..' }], /link or a device/],
    ['a type that nobody knows', [{ name: 'package/b', type: 'Z' }], /link or a device|damaged/],
    ['one name twice', [good], /one name twice/],
    [
      'a policy that is no text',
      [{ name: 'package/b/policy.yaml', text: Buffer.from([0xff, 0xfe, 0]) }],
      /b\/policy\.yaml in it is not text/,
    ],
    [
      'a name of a pax header that leads out',
      [
        { name: 'package/pax', type: 'x', text: '29 path=package/../../x/y.js\n' },
        { name: 'package/b', text: 'x' },
      ],
      /leads out of it/,
    ],
  ])('%s', (_, entries, summary) => {
    expect(read(gzipSync(tar([good, ...entries])))).toMatchObject(refused(summary));
    expect(readdirSync(folder)).toEqual(['evil.tgz']);
  });
});

describe('limits', () => {
  test('of what it unpacks to: a bomb of 1 GiB is stopped, quickly', () => {
    const bomb = gzipSync(Buffer.alloc(1 << 28), { level: 9 });
    expect(bomb.length).toBeLessThan(1 << 19);
    const four = Buffer.concat([bomb, bomb, bomb, bomb]);
    const start = performance.now();
    expect(read(four)).toMatchObject(refused(/unpacks to more than 128 MiB/));
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test.each<[string, Partial<ArchiveLimits>, RegExp]>([
    ['of its size', { packedBytes: 10 }, /is larger than/],
    ['of entries', { entries: 2 }, /more than 2 entries/],
    ['of one policy', { fileBytes: 5 }, /a policy that is larger than/],
  ])('%s', (_, limits, summary) => {
    const others = ['a', 'b'].map((name) => ({ name: `package/${name}`, text: 'x' }));
    expect(read(gzipSync(tar([...others, good])), limits)).toMatchObject(refused(summary));
  });

  test('a size that is not true', () => {
    const lie = header('package/b/policy.yaml', 500_000, '0', '');
    expect(read(gzipSync(Buffer.concat([entryOf(good), lie, Buffer.from('short')])))).toMatchObject(refused(/damaged/));
  });
});

describe('damaged', () => {
  const whole = gzipSync(tar([good, { name: 'package/x', text: 'y'.repeat(5000) }]));
  test.each([
    ['cut off', whole.subarray(0, -20)],
    ['nothing behind the first bytes', Buffer.from([0x1f, 0x8b])],
    ['no tar archive', gzipSync('id: acme\n'.repeat(200))],
    ['a bit that flipped', gzipSync(Buffer.from(tar([good]).map((byte, index) => (index === 3 ? byte ^ 1 : byte))))],
    ['gzip in gzip, which would get round the limits', gzipSync(whole)],
    ['zstd in gzip', gzipSync(Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), Buffer.alloc(2048)]))],
    ['nothing in it', gzipSync('')],
  ])('%s', (_, bytes) => {
    expect(read(Buffer.from(bytes))).toMatchObject({
      ok: false,
      diagnostic: { code: 'policy-archive-invalid', summary: expect.stringMatching(/damaged|no policy\.yaml/) },
    });
  });

  test('any byte of an archive may be another one: it is read, or refused, and nothing is thrown', () => {
    const bytes = tar([good, { name: 'package/x', text: 'y' }]);
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      expect(typeof read(gzipSync(changed)).ok).toBe('boolean');
    }
  });
});

test('a link to a package is followed, as one to a directory is', async () => {
  writeFileSync(join(folder, 'real.tgz'), gzipSync(tar([good])));
  symlinkSync('real.tgz', join(folder, 'latest.tgz'));
  expect(await openPolicies(join(folder, 'latest.tgz'))).toMatchObject({ ok: true });
});
