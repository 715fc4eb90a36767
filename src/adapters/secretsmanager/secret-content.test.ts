import { expect, test } from '@jest/globals';
import { unknown } from '../../model/value.ts';
import type { Hole, Symbolic } from '../../terraform/hcl/symbolic.ts';
import {
  asSensitive,
  attributeOf,
  list,
  map,
  nothing,
  scalar,
  unknownFrom,
  withPlace,
} from '../../terraform/hcl/values.ts';
import { render } from '../adapt-plan.test-support.ts';
import { contentOfStructure } from './secret-content.ts';

const origin = { address: 'aws_secretsmanager_secret_version.v', path: 'secret_string' };
const result = { resource: 'random_password.app', path: 'result' };
const pet = { resource: 'random_pet.app', path: 'id' };
const password = asSensitive(attributeOf(result));
const hole: Hole = { exactly: result, references: [result], trailEnds: [], sensitive: true };
const open = { references: [pet], trailEnds: ['var.more'] };
const whole = unknown(origin, [result]);

const json = (value: Symbolic): Symbolic => ({ kind: 'text', parts: ['{', hole, '}'], json: value, sensitive: true });
const object = (entries: { readonly [key: string]: Symbolic }): Symbolic => map(new Map(Object.entries(entries)));
const text = (...parts: readonly (string | Hole)[]): Symbolic => ({ kind: 'text', parts, sensitive: true });

const later = {
  username: 'unknown(random_password.app.result)@secret_string',
  holdsCredentials: 'unknown',
  shape: 'a value that is known after apply',
  hidden: false,
};
const both = { holdsCredentials: true, shape: 'username and password', hidden: false };
const no = { username: 'absent@secret_string', holdsCredentials: false, shape: 'not a JSON object', hidden: false };

test.each<[string, Symbolic, object]>([
  [
    'a name and an unknown password',
    json(object({ username: scalar('app'), password })),
    { username: 'known("app")@secret_string', ...both },
  ],
  [
    'more keys',
    json(object({ engine: scalar('postgres'), username: scalar('app'), password, port: scalar(5432) })),
    { username: 'known("app")@secret_string', ...both },
  ],
  [
    'a heredoc',
    text('{"username": "app", "password": "', hole, '"}'),
    { username: 'known("app")@secret_string', ...both },
  ],
  [
    'a password of several parts',
    text('{"username": "app", "password": "canary-', hole, '"}'),
    { username: 'known("app")@secret_string', ...both },
  ],
  [
    'an unknown name',
    json(object({ username: attributeOf(pet), password })),
    { username: 'unknown(random_pet.app.id)=${random_pet.app.id}@secret_string', ...both },
  ],
  [
    'a computed name',
    json(object({ username: unknownFrom(open), password })),
    {
      username: 'unknown(random_pet.app.id; ends var.more)=${computed(random_pet.app.id)}@secret_string',
      ...both,
    },
  ],
  [
    'a name with its place',
    json(
      object({
        username: withPlace(scalar('app'), { file: 'main.tf', line: 4, column: 5, endLine: 4, endColumn: 10 }),
        password,
      }),
    ),
    { username: 'known("app")@secret_string:main.tf,:4,:5,:4,:10', ...both },
  ],
  [
    'a sensitive name',
    json(object({ username: asSensitive(scalar('canary-name')), password })),
    {
      username: 'unknown()@secret_string',
      holdsCredentials: 'unknown',
      shape: 'a username that is marked sensitive',
      hidden: true,
    },
  ],
  [
    'no password',
    json(object({ username: scalar('app'), other: password })),
    {
      username: 'known("app")@secret_string',
      holdsCredentials: false,
      shape: 'a JSON object without password',
      hidden: false,
    },
  ],
  [
    'no name, password null',
    json(object({ username: scalar(''), password: nothing, other: password })),
    {
      username: 'absent@secret_string',
      holdsCredentials: false,
      shape: 'a JSON object without username and password',
      hidden: false,
    },
  ],
  [
    'a number and a list',
    json(object({ username: scalar(1), password: list([password]) })),
    {
      username: 'absent@secret_string',
      holdsCredentials: false,
      shape: 'a JSON object without username and password',
      hidden: false,
    },
  ],
  ['a list', json(list([password])), no],
  ['no JSON for certain', text('{"password": "', hole, '"'), no],
  ['a text that may be JSON', text('canary-', hole), later],
  ['an unknown text', attributeOf(result), later],
  ['a text that nobody can see', scalar('canary-known'), later],
  [
    'the JSON of something unknown',
    json(unknownFrom(open)),
    { ...later, username: 'unknown(random_pet.app.id; ends var.more)@secret_string' },
  ],
  [
    'an object that may hold more or less',
    json(map(new Map([['username', scalar('app')]]), 'object', open)),
    { ...later, username: 'unknown(random_pet.app.id; ends var.more)@secret_string' },
  ],
])('%s', (_, value, expected) => {
  const content = contentOfStructure(value, whole);
  expect(render(content, origin.address)).toEqual(expected);
  expect(JSON.stringify(content)).not.toContain('canary-');
});
