import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findFolders } from './find-folders.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'rds-auth-folders-'));
  for (const path of ['a/b/c', 'd', 'e/f', '.hidden', 'node_modules/m', 'cdktf.out/s', 'x\u2028y']) {
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, 'main.tf'), '');
  }
  writeFileSync(join(root, 'd/main.tofu'), '');
  mkdirSync(join(root, 'e/sub'));
  writeFileSync(join(root, 'e/sub/.git'), '');
  writeFileSync(join(root, 'e/sub/main.tf'), '');
});
afterAll(() => rmSync(root, { recursive: true }));

const named = { path: 'x\u2028y', why: 'name' };
const sub = { path: 'e/sub', why: 'repository' };

test.each<
  [name: string, start: string, limits: readonly [number, number], paths: string, passedOver: readonly object[]]
>([
  ['all', '.', [12, 100], 'a/b/c d e/f', [named, sub]],
  ['nothing in a directory whose name ends a line', 'x\u2028y', [12, 100], '', [named]],
  ['those below a directory', 'e', [12, 100], 'e/f', [sub]],
  [
    'those that do not lie too deep',
    '.',
    [1, 100],
    'd',
    [named, { path: 'a/b', why: 'too-deep' }, { path: 'e/f', why: 'too-deep' }, { path: 'e/sub', why: 'too-deep' }],
  ],
  [
    'no more than there may be, and the others are said',
    '.',
    [12, 3],
    'd',
    [{ path: 'e', why: 'too-many' }, named, { path: 'a/b', why: 'too-many' }],
  ],
  ['a repository where it is called in one', 'e/sub', [12, 100], 'e/sub', []],
  ['nothing in a directory that is gone', 'gone', [12, 100], '', [{ path: 'gone', why: 'unreadable' }]],
])('finds %s', (_, start, [depth, folders], paths, passedOver) => {
  const found = findFolders(root, start, { depth, folders });
  expect(
    found.folders
      .map(({ path }) => path)
      .sort()
      .join(' '),
  ).toBe(paths);
  expect(found.passedOver).toEqual(passedOver);
  expect(found.folders.find(({ path }) => path === 'd')?.files ?? ['main.tofu']).toEqual(['main.tofu']);
});
