import { expect, test } from '@jest/globals';
import type { DeclaredUser } from '../model/configuration.ts';
import { declareMend, judgeDeclared } from './user-declaration.ts';

const declared = (name: string, method: DeclaredUser['method'], database: string | null = null): DeclaredUser => ({
  name,
  method,
  database,
  place: { file: 'conf/rds.yaml', line: 1, column: 1 },
});
const iam = declared('app', 'iam');
const password = declared('app', 'password');
const iamThere = declared('app', 'iam', 'aws_db_instance.there');

const origin = { address: 'a', path: 'b' };
const here = 'aws_db_instance.here';

test.each([
  ['nobody', [], here, 'app', 'iam', false],
  ['somebody else', [declared('x', 'iam')], here, 'app', 'iam', false],
  ['the user', [iam], here, 'app', 'iam', true],
  ['the other method', [password], here, 'app', 'iam', false],
  ['the last counts', [password, iam], here, 'app', 'iam', true],
  ['the last counts', [iam, password], here, 'app', 'iam', false],
  ['one for another database does not', [iam, iamThere], here, 'app', 'iam', true],
  ['another database', [iamThere], here, 'app', 'iam', false],
  ['a method that is known after apply', [iam], here, 'app', null, 'unknown'],
  ['nobody, and no method is known', [], here, 'app', null, false],
  ['a user whom nobody can see', [iam], here, null, 'iam', 'unknown'],
  ['a user whom nobody can see, and nobody declared', [iamThere], here, null, null, false],
  ['a database out of view', [iam], null, 'app', 'iam', true],
  ['a database out of view, perhaps that one', [iamThere], null, 'app', 'iam', 'unknown'],
  ['a database out of view, either way', [iamThere], null, 'app', 'password', false],
  ['a database out of view, one of two methods', [iamThere, password], null, 'app', 'iam', 'unknown'],
] as const)('%s: %j', (_, users, database, user, method, holds) => {
  expect(judgeDeclared(users, { database, user, method }, origin)).toMatchObject({ holds, origins: [origin] });
});

test.each([
  [
    'app',
    here,
    'In conf/rds.yaml write, under users:\n  - { name: "app", database: "aws_db_instance.here", method: iam }',
  ],
  ['a"}', null, 'In conf/rds.yaml write, under users:\n  - { name: "a\\"}", method: iam }'],
  [null, here, 'In conf/rds.yaml write, under users, the name, the method and the database.'],
])('what to write for %j in %j', (user, database, lines) => {
  expect(declareMend([iam], { user, database, method: 'iam' })).toBe(lines);
});
