import { readFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type WrittenEntry, zipOf } from './zip.test-support.ts';
import { openZip } from './zip-archive.ts';

const plain: WrittenEntry = { name: 'a.txt', content: 'text' };
const limits = { entries: 10, totalBytes: 4 << 20, ratio: 200 };

const contentsOf = (bytes: Buffer) => {
  const archive = openZip(bytes);
  if (!archive.ok) throw new Error(archive.problem);
  return Object.fromEntries([...archive.entries].map(([name, entry]) => [name, entry.read()?.toString() ?? null]));
};
const problemOf = (bytes: Buffer): string => {
  const archive = openZip(bytes, limits);
  return archive.ok ? 'none' : archive.problem;
};

describe('an archive', () => {
  test('is read, packed or stored, empty files and folders too', () => {
    const entries: readonly WrittenEntry[] = [
      { name: 'dir/', mode: 0o040755 },
      { name: 'dir/ä.tf', content: 'é'.repeat(1000), mode: 0o100644 },
      { name: 'stored', content: 'text', method: 0 },
      { name: 'empty' },
      { name: '..a/b..c', content: 'dots' },
    ];
    expect(contentsOf(zipOf(entries))).toEqual({
      'dir/': '',
      'dir/ä.tf': 'é'.repeat(1000),
      stored: 'text',
      empty: '',
      '..a/b..c': 'dots',
    });
    expect(contentsOf(zipOf([]))).toEqual({});
  });

  test('of Terraform is read', () => {
    const names = Object.keys(contentsOf(readFileSync('testdata/scenarios/end-to-end-mysql-local-module/plan.tfplan')));
    expect(names).toContain('tfconfig/m-proxy/main.tf');
  });
});

describe('an archive is refused as a whole', () => {
  const zeros = (size: number): Buffer => deflateRawSync(Buffer.alloc(size));
  const sized = (size: number): WrittenEntry => ({
    name: String(size),
    content: Buffer.alloc(size, 'ab\ncd e'),
    method: 0,
  });

  test.each<[string, RegExp, readonly WrittenEntry[]]>([
    ...[
      '../a',
      'a/../../b',
      '..',
      '/etc/passwd',
      'a\\b',
      '..\\a',
      'C:/a',
      'c:a',
      'a//b',
      './a',
      'a\u0000b',
      '\u001b[2J',
      '',
    ]
      .map((name) => [JSON.stringify(name), /lead out/, [plain, { name }]] as const)
      .map(([title, problem, entries]): [string, RegExp, readonly WrittenEntry[]] => [title, problem, entries]),
    ['a name that is no UTF-8', /lead out/, [{ name: Buffer.from([0x61, 0xff]) }]],
    ['a symbolic link', /link or a device/, [{ name: 'l', content: '/etc/passwd', mode: 0o120777 }]],
    ['a pipe', /link or a device/, [{ name: 'p', mode: 0o010644 }]],
    ['a device', /link or a device/, [{ name: 'd', mode: 0o020644 }]],
    ['an encrypted file', /encrypted/, [{ ...plain, flags: 1 }]],
    ['a strongly encrypted file', /encrypted/, [{ ...plain, flags: 0x41 }]],
    ['hidden headers', /encrypted/, [{ ...plain, flags: 0x2000 }]],
    ['another method', /does not use/, [{ ...plain, method: 12 }]],
    ['the same name twice', /same name/, [plain, plain]],
    ['stored with another size', /sizes differ/, [{ ...plain, method: 0, size: 5 }]],
    ['a name that differs inside', /list of files/, [{ ...plain, localName: 'b.txt' }]],
    [
      'bytes that two entries share',
      /list of files/,
      [plain, { ...plain, name: 'b.txt', sameAs: 0, localName: 'a.txt' }],
    ],
    [
      'an entry that overlaps the next',
      /list of files/,
      [
        { ...plain, packedSize: 40 },
        { ...plain, name: 'b' },
      ],
    ],
    ['an entry beyond the end', /list of files/, [{ ...plain, packedSize: 4000 }]],
    ['too many files', /more than 10 files/, Array.from({ length: 11 }, (_, i) => ({ name: String(i) }))],
    ['too many bytes', /more than 4 MiB/, [sized(3 << 20), sized((1 << 20) + 1)]],
    ['a gigabyte that is declared', /200 times/, [{ name: 'b', packed: zeros(1 << 20), size: 1 << 30 }]],
    ['a size beyond 4 GB (zip64)', /200 times/, [{ name: 'b', packed: zeros(1), size: 0xffffffff, packedSize: 0x10 }]],
  ])('%s', (_, problem, entries) => {
    expect(problemOf(zipOf(entries))).toMatch(problem);
  });

  const good = zipOf([plain, { name: 'b', content: 'more' }]);
  const patched = (at: number, value: number): Buffer => {
    const bytes = Buffer.from(good);
    bytes.writeUInt16LE(value, bytes.length + at);
    return bytes;
  };
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['cut off', good.subarray(0, -1)],
    ['bytes before it', Buffer.concat([Buffer.from('#!/bin/sh\n'), good])],
    ['bytes after it', Buffer.concat([good, Buffer.from('x')])],
    ['a comment, which may hold a second archive', zipOf([plain], zipOf([plain]).toString('latin1'))],
    ['several disks', patched(-18, 1)],
    ['more entries than there are', patched(-12, 3)],
    ['a wrong length of the directory', patched(-10, 1)],
    ['a wrong place of the directory', patched(-6, 0)],
  ])('%s', (_, bytes) => {
    expect(problemOf(bytes)).toMatch(/damaged/);
  });

  test('every byte of it may be another: no crash, and no file that is not the one declared', () => {
    for (let at = 0; at < good.length; at++) {
      for (const bit of [1, 0x80]) {
        const bytes = Buffer.from(good);
        bytes.writeUInt8(bytes.readUInt8(at) ^ bit, at);
        const archive = openZip(bytes);
        const contents = archive.ok ? [...archive.entries.values()].map(({ read }) => read()?.toString() ?? null) : [];
        expect(['text', 'more', null]).toEqual(expect.arrayContaining(contents));
      }
    }
  });
});

describe('an entry that is not what it says is not given', () => {
  const read = (entry: WrittenEntry): Buffer | null | undefined => {
    const archive = openZip(zipOf([entry]));
    return archive.ok ? archive.entries.get('e')?.read() : undefined;
  };
  const text = Buffer.from('text');

  test.each<[string, Partial<WrittenEntry>]>([
    ['more than declared', { content: 'text and more', size: 4, crc: crc32(text) }],
    ['less than declared', { content: 'text', size: 5 }],
    ['more than nothing', { content: 'text', size: 0, crc: 0 }],
    ['another checksum', { content: 'text', crc: 1 }],
    ['another checksum, stored', { content: 'text', crc: 1, method: 0 }],
    ['no deflated bytes', { content: 'text', packed: Buffer.from([0xff, 0xff, 0xff]) }],
    ['deflated bytes that were cut off', { content: 'text', packed: deflateRawSync(text).subarray(0, 3) }],
  ])('%s', (_, entry) => {
    expect(read({ name: 'e', ...entry })).toBeNull();
  });

  test('a gigabyte of zeros under a small declared size stays small in memory', () => {
    const block = deflateRawSync(Buffer.alloc(1 << 24));
    // Deflate blocks follow each other once the mark of the last one is off.
    const open = deflateRawSync(Buffer.alloc(1 << 24), { finishFlush: 2 });
    const packed = Buffer.concat([...Array.from({ length: 63 }, () => open), block]);
    const before = process.memoryUsage.rss();
    expect(read({ name: 'e', packed, size: 1 << 20, crc: 0 })).toBeNull();
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 << 20);
  });
});
