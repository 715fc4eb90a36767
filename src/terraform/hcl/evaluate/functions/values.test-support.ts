import type { Reference } from '../../../../model/value.ts';
import { parseExpression } from '../../parse/parse.ts';
import type { Hole, Symbolic } from '../../symbolic.ts';
import {
  asSensitive,
  attributeOf,
  fromJson,
  isFailure,
  list,
  lost,
  map,
  nothing,
  scalar,
  textFrom,
  toJson,
} from '../../values.ts';
import { newBudget } from '../budget.ts';
import { evaluate } from '../evaluate.ts';
import { entryAt, sizeOf } from '../keyed.ts';
import type { FunctionContext } from './context.ts';

/** Values for tests, and how tests write them down. */

const segment = (resource: string, path: string): Hole => ({
  exactly: { resource, path },
  references: [{ resource, path }],
  trailEnds: [],
  without: ':',
});

const between = (resource: string): Hole => ({
  references: [{ resource, path: 'arn' }],
  trailEnds: [],
  without: ':',
});

/** As the ARN of a proxy is known before apply. */
const structureOf = ({ resource, path }: Reference): readonly (string | Hole)[] | null => {
  if (path !== 'arn' || !resource.startsWith('aws_db_proxy.')) return null;
  const hole = between(resource);
  return ['arn:', hole, ':rds:', { ...hole }, ':', { ...hole }, ':db-proxy:', segment(resource, 'arn[6]')];
};

export const context: FunctionContext = {
  readText: (path) => (path === 'greeting.txt' ? 'hello' : null),
  evaluateTemplate: (text, _path, variables) => textFrom([text, ' ', [...variables.keys()].join(',')]),
  structureOf,
  moduleDirectory: '.',
};

const attribute = (resource: string, path: string): Symbolic => attributeOf({ resource, path });

export const arn = attribute('aws_db_proxy.p', 'arn');

/** JSON as it is; values of ours among it stay what they are. */
export const value = (json: unknown): Symbolic => {
  if (isSymbolic(json)) return json;
  if (Array.isArray(json)) return { kind: 'list', type: 'tuple', items: json.map(value) };
  if (typeof json === 'object' && json !== null) {
    return {
      kind: 'map',
      type: 'object',
      entries: new Map(Object.entries(json).map(([key, item]) => [key, value(item)])),
    };
  }
  return fromJson(json as string | number | boolean | null);
};

const isSymbolic = (json: unknown): json is Symbolic =>
  typeof json === 'object' && json !== null && 'kind' in json && typeof json.kind === 'string';

/** `{x.arn}` for an attribute as it stands, `{?x.arn}` for what is computed, `!` for an error. */
export const show = (result: Symbolic): unknown => {
  if (isFailure(result)) return '!';
  const json = toJson(result);
  if (json !== undefined) return json;
  switch (result.kind) {
    case 'text':
      return result.parts.map((part) => (typeof part === 'string' ? part : showHole(part))).join('');
    case 'unknown':
      return showHole(result);
    case 'list':
      return [...result.items.map(show), ...(result.open === undefined ? [] : ['…'])];
    case 'map':
      return {
        ...Object.fromEntries([...result.entries.keys()].map((key) => [key, show(entryAt(result, key) ?? nothing)])),
        ...Object.fromEntries((result.hidden?.items ?? []).map(([key, item]) => [String(show(key)), show(item)])),
        ...(result.open === undefined || sizeOf(result) !== null ? {} : { '…': '…' }),
      };
    default:
      return result.kind;
  }
};

const showHole = ({ exactly, references, trailEnds }: Omit<Hole, 'without'>): string => {
  if (exactly !== undefined) return `{${name(exactly)}}`;
  return `{?${[...references.map(name), ...trailEnds].join(' ')}}`;
};

const name = ({ resource, path, oneOf }: Reference): string =>
  `${oneOf ? '~' : ''}${resource.split('.').at(-1)}${path === '' ? '' : `.${path}`}`;

const origins = { references: [{ resource: 'aws_x.y', path: 'list' }], trailEnds: [] };

/** What expressions in tests can name. */
const names: ReadonlyMap<string, Symbolic> = new Map([
  // Attributes as they stand.
  ['p', { kind: 'unknown', exactly: { resource: 'aws_db_proxy.p', path: '' }, references: [], trailEnds: [] }],
  ['q', { kind: 'unknown', exactly: { resource: 'aws_db_proxy.q', path: '' }, references: [], trailEnds: [] }],
  ['d', { kind: 'unknown', exactly: { resource: 'aws_db_instance.d', path: '' }, references: [], trailEnds: [] }],
  ['x', { kind: 'unknown', exactly: { resource: 'aws_x.y', path: '' }, references: [], trailEnds: [] }],
  // Known, and the attribute of a resource.
  ['k', { kind: 'known', value: 'crm', exactly: { resource: 'aws_db_instance.k', path: 'identifier' } }],
  // One of several, which the text does not tell apart.
  ['some', attributeOf({ resource: 'aws_x.s', path: 'id', oneOf: true })],
  // Nothing known at all.
  ['u', lost('var.u')],
  // There may be more, or fewer.
  ['more', list([scalar('a')], 'list', origins)],
  ['rest', map(new Map([['a', scalar('b')]]), 'map', origins)],
  ['secret', asSensitive(scalar('canary-1'))],
]);

export const valueOf = (text: string): Symbolic => {
  const { value: expression, faults } = parseExpression(text);
  if (faults.length > 0) throw new Error(`${text}: ${faults.map(({ summary }) => summary).join()}`);
  return evaluate(expression, {
    lookup: (known) => names.get(known),
    functions: context,
    file: { path: '', text },
    budget: newBudget(),
  });
};
