import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { pathInRepository } from './path-in-repository.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'in-repository-')));
afterAll(() => rmSync(folder, { recursive: true }));
const repository = join(folder, 'repository');
const live = join(repository, 'live', 'prod');
mkdirSync(join(repository, '.git'), { recursive: true });
mkdirSync(live, { recursive: true });
writeFileSync(join(live, 'plan.json'), '{}');
writeFileSync(join(folder, 'plan.json'), '{}');
symlinkSync(live, join(folder, 'link'));

describe('a path as code hosts know it', () => {
  test.each([
    ['an absolute one', join(live, 'plan.json'), folder],
    ['from the root', 'live/prod/plan.json', repository],
    ['from where it is', './plan.json', live],
    ['from below', '../prod/plan.json', live],
    ['from outside', 'repository/live/prod/plan.json', folder],
    ['by a link', 'link/plan.json', folder],
  ])('%s is relative to the repository', (_, path, current) => {
    expect(pathInRepository(path, current)).toBe('live/prod/plan.json');
  });

  test.each([
    ['standard input', '-', repository, '-'],
    ['nothing', 'missing.json', repository, 'missing.json'],
    ['above the current directory, without repository', '../plan.json', join(folder, 'repository'), '../plan.json'],
    ['below it, without repository', join(folder, 'plan.json'), folder, 'plan.json'],
  ])('%s', (_, path, current, expected) => expect(pathInRepository(path, current)).toBe(expected));
});
