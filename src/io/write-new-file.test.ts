import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { probeNewFile, writeNewFile } from './write-new-file.ts';

let folder = '';
let root = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'rds-auth-new-file-')));
  root = join(folder, 'root');
  mkdirSync(root);
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = 'a/b/file.yml';
const isRoot = process.getuid?.() === 0;

type Row = readonly [name: string, make: () => void, outcome: string, words?: string];
const rows: readonly Row[] = [
  ['nothing', () => {}, 'written'],
  ['its directory', () => mkdirSync(join(root, 'a/b'), { recursive: true }), 'written'],
  [
    'a link to another directory of the repository',
    () => {
      mkdirSync(join(root, 'c/b'), { recursive: true });
      symlinkSync('c', join(root, 'a'));
    },
    'written',
  ],
  [
    'the file',
    () => {
      mkdirSync(join(root, 'a/b'), { recursive: true });
      writeFileSync(join(root, path), 'mine');
    },
    'kept',
  ],
  [
    'a link to nowhere',
    () => {
      mkdirSync(join(root, 'a/b'), { recursive: true });
      symlinkSync('nowhere', join(root, path));
    },
    'kept',
  ],
  ['a file above its directory', () => writeFileSync(join(root, 'a'), ''), 'failed', 'a is a file'],
  [
    'a file for its directory',
    () => {
      mkdirSync(join(root, 'a'));
      writeFileSync(join(root, 'a/b'), '');
    },
    'failed',
    'a/b is a file, and has to be a directory.',
  ],
  ['a directory that is a link to nowhere', () => symlinkSync('nowhere', join(root, 'a')), 'failed', '(ENOENT)'],
  [
    'a link out of the repository',
    () => symlinkSync(folder, join(root, 'a')),
    'failed',
    'a link out of the repository',
  ],
  ['no repository', () => rmSync(root, { recursive: true }), 'failed', '(ENOENT)'],
];

describe('where there is', () => {
  test.each(rows)('%s: %s', (_, make, outcome, words = '') => {
    make();
    const probed = probeNewFile(root, path);
    expect(probed.outcome).toBe(outcome);
    if (probed.outcome === 'failed') expect(probed.why.summary).toContain(words);
    const before = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;
    expect(writeNewFile(root, path, 'new')).toEqual(probed);
    const after = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;
    expect(after).toBe(outcome === 'written' ? 'new' : before);
  });

  (isRoot ? test.skip : test)('a directory that may not be written', () => {
    chmodSync(root, 0o555);
    const probed = probeNewFile(root, path);
    expect(probed).toMatchObject({ outcome: 'failed', why: { summary: 'This file cannot be written (EACCES).' } });
    expect(writeNewFile(root, path, 'new')).toEqual(probed);
    chmodSync(root, 0o755);
  });
});
