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
  textFrom,
  unknownFrom,
} from '../../terraform/hcl/values.ts';
import { render } from '../adapt-plan.test-support.ts';
import { readSettings } from '../shared/environment.ts';
import { settingsOfStructure } from './container-settings.ts';

const origin = { address: 'aws_ecs_task_definition.app', path: 'container_definitions' };
const endpoint = { resource: 'aws_db_proxy.main', path: 'endpoint' };
const result = { resource: 'random_password.app', path: 'result' };
const hole: Hole = { exactly: endpoint, references: [endpoint], trailEnds: [] };
const secret: Hole = { exactly: result, references: [result], trailEnds: [], sensitive: true };
const open = { references: [endpoint], trailEnds: ['var.more'] };
const whole = unknown(origin, [endpoint, result], ['local.image']);

const object = (entries: { readonly [key: string]: Symbolic }): Symbolic => map(new Map(Object.entries(entries)));
const variable = (name: string, value: Symbolic): Symbolic => object({ name: scalar(name), value });
const json = (...containers: readonly Symbolic[]): Symbolic => ({
  kind: 'text',
  parts: [hole],
  json: list(containers),
});
const container = (...variables: readonly Symbolic[]): Symbolic => object({ environment: list(variables) });

const host = 'unknown(aws_db_proxy.main.endpoint)@container_definitions';
const complete = 'complete@container_definitions';
const incomplete = 'incomplete@container_definitions';
const text = (value: string): string => `known(${JSON.stringify(value)})@container_definitions`;

test.each<[string, Symbolic | null, object]>([
  ['no source', null, { hosts: [host, incomplete], ports: [] }],
  [
    'a host and a port',
    json(container(variable('DB_HOST', attributeOf(endpoint)), variable('DB_PORT', scalar('5432')))),
    { hosts: [host, complete], ports: ['known(5432)@container_definitions'] },
  ],
  [
    'a heredoc',
    { kind: 'text', parts: ['[{"environment": [{"name": "H", "value": "', hole, '"}]}]'] },
    { hosts: [host, complete], ports: [] },
  ],
  [
    'a URL with a password that is known after apply',
    json(container(variable('URL', textFrom(['postgres://app:', secret, '@', hole, ':5432/orders'])))),
    { hosts: [host, complete], ports: [] },
  ],
  [
    'a URL with a literal host',
    json(
      container(variable('URL', textFrom(['postgres://app:', hole, '@a.b.us-east-1.rds.amazonaws.com:5432/orders']))),
    ),
    { hosts: [text('a.b.us-east-1.rds.amazonaws.com'), host, complete], ports: ['known(5432)@container_definitions'] },
  ],
  [
    'a literal host and a port that is known after apply',
    json(container(variable('H', textFrom(['a.b.us-east-1.rds.amazonaws.com:', hole])))),
    { hosts: [text('a.b.us-east-1.rds.amazonaws.com'), host, complete], ports: [] },
  ],
  [
    'nothing of the database',
    json(container(variable('MODE', scalar('x')), variable('TOKEN', asSensitive(scalar('canary-token'))))),
    { hosts: [incomplete], ports: [] },
  ],
  [
    'no environment',
    json(object({ environment: nothing, image: unknownFrom(open) })),
    { hosts: [complete], ports: [] },
  ],
  ['a secret', json(object({ secrets: list([variable('X', scalar('arn'))]) })), { hosts: [incomplete], ports: [] }],
  ['files', json(object({ environmentFiles: list([object({})]) })), { hosts: [incomplete], ports: [] }],
  [
    'an environment that nobody knows',
    json(object({ environment: unknownFrom(open) })),
    { hosts: [host, incomplete], ports: [] },
  ],
  ['a container that nobody knows', json(unknownFrom(open)), { hosts: [host, incomplete], ports: [] }],
  [
    'a list that may hold more or less',
    json(object({ environment: list([variable('MODE', scalar('x'))], 'list', open) })),
    { hosts: [host, incomplete], ports: [] },
  ],
  ['no list', { kind: 'text', parts: [hole], json: object({}) }, { hosts: [host, incomplete], ports: [] }],
])('%s', (_, structure, expected) => {
  const told = readSettings(settingsOfStructure(structure, whole), new Set(), origin);
  expect(render(told, origin.address)).toEqual(expected);
  expect(JSON.stringify(told)).not.toContain('canary-');
});
