import { expect, test } from '@jest/globals';
import type { Hole, Symbolic } from '../../terraform/hcl/symbolic.ts';
import { attributeOf, fromJson, list, map, scalar, textFrom, unknownFrom } from '../../terraform/hcl/values.ts';
import { type ReadText, readJsonText } from './document-text.ts';

const arn = { resource: 'aws_secretsmanager_secret.a', path: 'arn' };
const open = { references: [arn], trailEnds: ['var.x'] };
const exact: Hole = { exactly: arn, references: [arn], trailEnds: [] };
const computed: Hole = { ...open };

const object = (entries: { readonly [key: string]: Symbolic }): Symbolic => map(new Map(Object.entries(entries)));
const value = (found: Symbolic): ReadText => ({ kind: 'value', value: found });

test.each<[string, readonly (string | Hole)[], ReadText]>([
  ['no hole', ['{"a": [1, "x", null]}'], value(fromJson({ a: [1, 'x', null] }))],
  ['a hole that is a text', ['{"a": "', exact, '"}'], value(object({ a: attributeOf(arn) }))],
  ['a hole in a text', ['{"a": "x-', exact, '-*"}'], value(object({ a: textFrom(['x-', exact, '-*']) }))],
  [
    'two holes in one text',
    ['{"a": "', exact, ':', computed, '"}'],
    value(object({ a: textFrom([exact, ':', computed]) })),
  ],
  ['behind an escaped quote', ['{"a": "x\\"', exact, '"}'], value(object({ a: textFrom(['x"', exact]) }))],
  [
    'behind an escaped backslash',
    ['{"a": "x\\\\", "b": ', exact, '}'],
    value(object({ a: scalar('x\\'), b: unknownFrom(exact) })),
  ],
  ['a hole that is a value', ['{"a": ', computed, '}'], value(object({ a: unknownFrom(open) }))],
  ['an attribute as a value may be more than a text', ['{"a": ', exact, '}'], value(object({ a: unknownFrom(exact) }))],
  [
    'a hole that may be several elements',
    ['{"a": ["x", ', exact, ']}'],
    value(object({ a: list([scalar('x'), unknownFrom(exact)]) })),
  ],
  [
    'a hole as a key',
    ['{"', exact, '": 1}'],
    value(map(new Map([['\ue000', scalar(1)]]), 'object', { references: [arn], trailEnds: [] })),
  ],
  ['no JSON for certain', ['{"a": "', exact, '"'], { kind: 'no-json' }],
  ['no JSON, where a hole may end a text', ['{"a": "', computed, '}'], { kind: 'undecided' }],
  ['no JSON, where a hole may be anything', ['{"a": 1', exact, '}'], { kind: 'undecided' }],
  ['no JSON, where a hole may be a comma', ['{"a": 1 ', exact, ' "b": 2}'], { kind: 'undecided' }],
  ['characters that stand for holes', ['{"a": "\ue000', exact, '"}'], { kind: 'undecided' }],
  ['the same, escaped', ['{"a": "\\uE000', exact, '"}'], { kind: 'undecided' }],
  ['deeper than any document', ['['.repeat(100_000), exact], { kind: 'undecided' }],
  ['longer than any document', ['{"a": "', 'x'.repeat(300_000), exact, '"}'], { kind: 'undecided' }],
  [
    'more holes than there are characters for',
    ['["', ...Array.from({ length: 7000 }, () => exact), '"]'],
    { kind: 'undecided' },
  ],
])('%s', (_, parts, expected) => expect(readJsonText(parts)).toEqual(expected));
