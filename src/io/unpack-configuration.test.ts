import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Header } from 'tar';
import { type UnpackLimits, unpackConfiguration, unpackLimits } from './unpack-configuration.ts';

const folder = mkdtempSync(join(tmpdir(), 'unpack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let directory = '';
beforeEach(() => {
  directory = join(mkdtempSync(join(folder, 'case-')), 'configuration');
});

type Entry = { readonly path: string; readonly text?: string; readonly type?: string; readonly linkpath?: string };

const block = ({ path, text = '', type = 'File', linkpath }: Entry): Buffer => {
  const body = Buffer.from(text);
  const header = new Header({
    path,
    mode: 0o777,
    size: body.length,
    type: type as 'File',
    ...(linkpath === undefined ? {} : { linkpath }),
  });
  const head = Buffer.alloc(512);
  header.encode(head, 0);
  return Buffer.concat([head, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
};

const tar = (entries: readonly Entry[]): Buffer => Buffer.concat([...entries.map(block), Buffer.alloc(1024)]);

/** In pieces, as a network gives it. */
async function* inPieces(bytes: Buffer, size = 700) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const unpack = (packed: Buffer, limits: Partial<UnpackLimits> = {}) =>
  unpackConfiguration(inPieces(packed), directory, { ...unpackLimits, ...limits });

const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(path, name)).isFile())
    .sort();

const main: Entry = { path: 'main.tf', text: 'locals {}\n' };

describe('an archive', () => {
  test.each<[string, readonly Entry[], readonly string[]]>([
    ['of one file', [main], ['main.tf']],
    [
      'with directories',
      [
        { path: 'a', type: 'Directory' },
        { path: 'a/b.tf', text: 'x' },
      ],
      ['a/b.tf'],
    ],
    ['with a repository', [main, { path: '.git', text: 'gitdir: /etc' }], ['main.tf']],
    ['with a repository that leads out', [main, { path: '.git/../../x', text: 'x' }], ['main.tf']],
    ['without its directories', [{ path: 'a/b/c.tf', text: 'x' }], ['a/b/c.tf']],
    [
      'whose names begin with a dot',
      [
        { path: './', type: 'Directory' },
        { ...main, path: './main.tf' },
      ],
      ['main.tf'],
    ],
    ['with modules', [{ path: '.terraform/modules/modules.json', text: '{}' }], ['.terraform/modules/modules.json']],
    ['with a link', [{ path: 'x.tf', type: 'SymbolicLink', linkpath: 'main.tf' }, main], ['main.tf', 'x.tf']],
    [
      'with a link across directories',
      [main, { path: 'a/x.tf', type: 'SymbolicLink', linkpath: '../main.tf' }],
      ['a/x.tf', 'main.tf'],
    ],
    ['with a hard link', [main, { path: 'a/x.tf', type: 'Link', linkpath: 'main.tf' }], ['a/x.tf', 'main.tf']],
    [
      'with a link to a directory',
      [
        { path: 'a/main.tf', text: 'x' },
        { path: 'b', type: 'SymbolicLink', linkpath: 'a' },
      ],
      ['a/main.tf', 'b/main.tf'],
    ],
    [
      'with a link to a link',
      [
        main,
        { path: 'y.tf', type: 'SymbolicLink', linkpath: 'x.tf' },
        { path: 'x.tf', type: 'SymbolicLink', linkpath: 'main.tf' },
      ],
      ['main.tf', 'x.tf', 'y.tf'],
    ],
    [
      'with a link to nothing that nobody needs',
      [main, { path: 'docs', type: 'SymbolicLink', linkpath: 'gone' }],
      ['main.tf'],
    ],
    [
      'that writes below a link',
      [
        { path: 'a', type: 'SymbolicLink', linkpath: 'b' },
        { path: 'a/x.tf', text: 'x' },
        { path: 'b/y.tf', text: 'y' },
      ],
      ['a/x.tf', 'a/y.tf', 'b/y.tf'],
    ],
  ])('%s is unpacked', async (_, entries, files) => {
    expect(await unpack(gzipSync(tar(entries)))).toBeNull();
    expect(filesIn(directory)).toEqual(files);
    expect(files.map((file) => statSync(join(directory, file)).mode & 0o077)).toEqual(files.map(() => 0));
  });

  test('leaves out a file that is large and no configuration', async () => {
    const entries = [{ path: 'lambda.zip', text: 'x'.repeat(2000) }, main];
    expect(await unpack(gzipSync(tar(entries)), { fileBytes: 1000 })).toBeNull();
    expect(filesIn(directory)).toEqual(['main.tf']);
    expect(readFileSync(join(directory, 'main.tf'), 'utf8')).toBe('locals {}\n');
  });

  test.each<[string, readonly Entry[], RegExp]>([
    ['a name that climbs out', [{ path: '../evil.tf', text: 'x' }], /leads out/],
    ['a name that climbs out later', [{ path: 'a/../../evil.tf', text: 'x' }], /leads out/],
    ['an absolute name', [{ path: '/etc/evil.tf', text: 'x' }], /leads out/],
    ['a backslash', [{ path: 'a\\..\\evil.tf', text: 'x' }], /leads out/],
    ['a drive', [{ path: 'C:/evil.tf', text: 'x' }], /leads out/],
    ['a link to a file outside', [{ path: 'x.tf', type: 'SymbolicLink', linkpath: '../../secret' }], /leads out/],
    ['a link to an absolute name', [{ path: 'x.tf', type: 'SymbolicLink', linkpath: '/etc/passwd' }], /leads out/],
    ['a hard link outside', [{ path: 'x.tf', type: 'Link', linkpath: '../secret' }], /leads out/],
    ['a link to itself', [{ path: 'x.tf', type: 'SymbolicLink', linkpath: 'x.tf' }], /leads to nothing/],
    [
      'links in a circle',
      [
        { path: 'x.tf', type: 'SymbolicLink', linkpath: 'y.tf' },
        { path: 'y.tf', type: 'SymbolicLink', linkpath: 'x.tf' },
      ],
      /leads to nothing/,
    ],
    [
      'a configuration that is a link to nothing',
      [{ path: 'x.tf', type: 'SymbolicLink', linkpath: 'gone.tf' }],
      /leads to nothing/,
    ],
    ['a device', [{ path: 'null', type: 'CharacterDevice' }], /device/],
    ['a pipe', [{ path: 'pipe', type: 'FIFO' }], /device/],
    ['one name twice', [main, { ...main, text: 'other' }], /twice/],
    [
      'a file where a directory is',
      [
        { path: 'a', text: 'x' },
        { path: 'a/b.tf', text: 'x' },
      ],
      /names that no directory can hold \(E[A-Z]+\)/,
    ],
  ])('with %s is refused', async (_, entries, fault) => {
    expect(await unpack(gzipSync(tar(entries)))).toMatch(fault);
    expect(readdirSync(join(directory, '..'))).toEqual(
      readdirSync(join(directory, '..')).filter((name) => name === 'configuration'),
    );
  });

  test.each<[string, Partial<UnpackLimits>, readonly Entry[]]>([
    ['bytes', { unpackedBytes: 4096 }, [{ path: 'a.txt', text: 'x'.repeat(10_000) }]],
    ['files', { entries: 2 }, [main, { path: 'a', text: '' }, { path: 'b', text: '' }]],
    ['bytes in a file', { fileBytes: 100 }, [{ path: 'a.tf', text: '#'.repeat(101) }]],
    [
      'bytes behind links',
      { unpackedBytes: 40_000 },
      [
        { path: 'a0/x', text: 'x'.repeat(1000) },
        ...[1, 2, 3, 4, 5].flatMap((n) =>
          ['l', 'r'].map((side) => ({ path: `a${n}/${side}`, type: 'SymbolicLink', linkpath: `../a${n - 1}` })),
        ),
      ],
    ],
  ])('with too many %s is refused', async (_, limits, entries) => {
    expect(await unpack(gzipSync(tar(entries)), limits)).toMatch(/larger than is allowed/);
  });

  test('says nothing of what the system says of itself', async () => {
    async function* failing() {
      yield gzipSync(tar([main])).subarray(0, 20);
      throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
    }
    await expect(unpackConfiguration(failing(), directory)).rejects.toThrow('no room');
  });

  test.each([
    ['that is cut', gzipSync(tar([{ path: 'a.tf', text: 'x'.repeat(5000) }])).subarray(0, 60)],
    ['that is no gzip', Buffer.from('<html>not found</html>')],
    ['that is empty', Buffer.alloc(0)],
    ['of nothing', gzipSync(Buffer.alloc(0))],
    ['of text', gzipSync(Buffer.from('x'.repeat(2000)))],
    ['packed twice', gzipSync(gzipSync(tar([main])))],
    ['that ends within a file', gzipSync(tar([{ path: 'a.tf', text: 'x'.repeat(5000) }]).subarray(0, 2048))],
  ])('%s is refused', async (_, packed) => {
    expect(await unpack(packed)).toMatch(/damaged/);
  });
});
