import { expect, test } from '@jest/globals';
import { readDocument } from '../../iam/parse-document.ts';
import type { Place, Symbolic } from '../../terraform/hcl/symbolic.ts';
import { attributeOf, list, map, scalar, unknownFrom, withPlace } from '../../terraform/hcl/values.ts';
import { withPlaces } from './document-places.ts';

const origin = { address: 'aws_iam_policy.p', path: 'policy' };
const arn = { resource: 'aws_secretsmanager_secret.a', path: 'arn' };

const at = (value: Symbolic, line: number): Symbolic => {
  const place: Place = { file: 'main.tf', line, column: 1, endLine: line, endColumn: 2 };
  return withPlace(value, place);
};
const object = (entries: { readonly [key: string]: Symbolic }): Symbolic => map(new Map(Object.entries(entries)));

const text = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Action: 'a:b', Resource: ['x', 'y'] },
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Principal: { AWS: ['1', '2'], Service: 's' },
      Condition: { StringEquals: { k: 'v', l: 'w' } },
    },
  ],
});

const first = (parts: { readonly [key: string]: Symbolic } = {}): Symbolic =>
  at(
    object({
      Effect: scalar('Allow'),
      Action: scalar('a:b'),
      Resource: list([at(scalar('x'), 3), at(attributeOf(arn), 4)]),
      ...parts,
    }),
    2,
  );
const second = at(
  object({
    Condition: object({ StringEquals: object({ l: at(scalar('w'), 9), k: at(scalar('v'), 8) }) }),
    Principal: object({ Service: at(scalar('s'), 7), AWS: at(list([at(scalar('2'), 6), at(scalar('1'), 5)]), 5) }),
    Effect: scalar('Deny'),
    Action: scalar('*'),
    Resource: scalar('*'),
  }),
  5,
);

const linesOf = (json: Symbolic | undefined): unknown => {
  const read = readDocument(text, origin);
  if (read === null) throw new Error('no document');
  const structure: Symbolic | null = json === undefined ? null : { kind: 'known', value: text, json };
  return withPlaces(read, structure).document.statements.map((statement) => [
    statement.origin.line,
    statement.resources.patterns.map((pattern) => pattern.origin.line),
    statement.principals?.entries.map(({ id }) => id.origin.line) ?? null,
    statement.conditions?.flatMap(({ values }) => values.map((value) => value.origin.line)),
  ]);
};

const none = [
  [undefined, [undefined, undefined], null, []],
  [undefined, [undefined], [undefined, undefined, undefined], [undefined, undefined]],
];

const document = (...statements: readonly Symbolic[]): Symbolic => object({ Statement: list(statements) });

test.each<[string, Symbolic | undefined, unknown]>([
  ['no source', undefined, none],
  [
    'the same statements, in another order of their keys',
    document(first(), second),
    [
      [2, [3, 4], null, []],
      [5, [5], [5, 6, 7], [8, 9]],
    ],
  ],
  [
    'a list that the source leaves open',
    document(first({ Resource: unknownFrom({ references: [arn], trailEnds: [] }) }), second),
    [
      [2, [2, 2], null, []],
      [5, [5], [5, 6, 7], [8, 9]],
    ],
  ],
  [
    'a list in another order',
    document(first({ Resource: list([at(scalar('y'), 4), at(scalar('x'), 3)]) }), second),
    [
      [2, [3, 4], null, []],
      [5, [5], [5, 6, 7], [8, 9]],
    ],
  ],
  ['another action', document(first({ Action: scalar('a:c') }), second), none],
  ['another effect', document(first({ Effect: scalar('Deny') }), second), none],
  ['another number of resources', document(first({ Resource: list([scalar('x')]) }), second), none],
  ['NotResource', document(first({ NotResource: list([scalar('x'), scalar('y')]) }), second), none],
  ['another Sid', document(first({ Sid: scalar('s') }), second), none],
  ['another number of statements', document(first()), none],
  ['another order of statements', document(second, first()), none],
  ['a statement that nobody can read', document(first(), unknownFrom({ references: [arn], trailEnds: [] })), none],
  ['no document', scalar('x'), none],
])('%s', (_, json, lines) => expect(linesOf(json)).toEqual(lines));
