import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Alias, AuthModel } from '../model/auth-model.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Origin, Reference, TemplatePart } from '../model/value.ts';
import { buildGraph } from '../terraform/build-graph.ts';
import { adaptGraph, adaptedTypes } from './index.ts';

export type Adapted = { readonly model: AuthModel; readonly diagnostics: readonly Diagnostic[] };

/** The model of a genuine plan, or of a state, in `testdata/adapters`. */
export const adaptFile = (file: string): Adapted => adaptFiles([`adapters/${file}`]);

/** The model of a file in `testdata`, and of others as its context. */
export const adaptFiles = (files: readonly string[]): Adapted => {
  const inputs = files.map((path, index) => ({
    path,
    kind: path.endsWith('state.json') ? ('state-json' as const) : ('plan-json' as const),
    json: JSON.parse(readFileSync(`testdata/${path}`, 'utf8')),
    index,
  }));
  return adaptGraph(buildGraph(inputs, adaptedTypes));
};

export type Rendered = string | number | boolean | null | readonly Rendered[] | { readonly [key: string]: Rendered };
type RenderedEntity = { readonly [key: string]: Rendered };
type AnyEntity = { readonly id: string };

/** A title, the id of an element, and in what it differs from the empty one. */
export type Row = readonly [title: string, id: string, differences: RenderedEntity];

/** A test for each row, which compares the whole element, and one that no element of the list lacks a row. */
export const testRows = (entities: readonly AnyEntity[], empty: RenderedEntity, rows: readonly Row[]): void => {
  const rendered = renderAll(entities);
  test.each(rows)('%s: %s', (_, id, differences) => {
    const address = id.replace(/ #\d+$/, '');
    expect(rendered.get(id)).toEqual({ id: address, address, ...empty, ...differences });
  });
  test('every element has a row', () => {
    expect([...rendered.keys()].sort()).toEqual(rows.map(([, id]) => id).sort());
  });
};

/** By id; those that share one are counted. */
const renderAll = (entities: readonly AnyEntity[]): ReadonlyMap<string, Rendered> => {
  const rendered = new Map<string, Rendered>();
  for (const entity of entities) {
    const same = [...rendered.keys()].filter((key) => key === entity.id || key.startsWith(`${entity.id} #`)).length;
    rendered.set(same === 0 ? entity.id : `${entity.id} #${same + 1}`, render(entity, entity.id));
  }
  return rendered;
};

export const renderAlias = ({ resource, path, value }: Alias): string =>
  `${resource}.${path} = ${render(value, resource)}`;

/**
 * Writes a part of the model so that nothing of it is lost and a table of them can be read: values as `known(…)@path`,
 * `absent@path` or `unknown(references; ends trailEnds)@path`, lists with `complete@path` as their last element. The
 * element's own address is left out: `unknown(.arn)` is its own `arn`.
 */
export const render = (value: unknown, self: string): Rendered => {
  if (Array.isArray(value)) return value.map((item) => render(item, self));
  if (typeof value !== 'object' || value === null) return value as Rendered;
  if ('origin' in value && 'kind' in value && isKind(value.kind)) return renderValue(value as AnyValue, self);
  if ('items' in value) return renderList(value as AnyList, self);
  if ('patterns' in value) return renderPatterns(value as AnyPatterns, self);
  if ('address' in value && 'path' in value) return renderOrigin(value as Origin, self);
  if ('resource' in value && 'path' in value) return renderReference(value as Reference, self);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, render(child, self)]));
};

const isKind = (kind: unknown): boolean => kind === 'known' || kind === 'absent' || kind === 'unknown';

const renderOrigin = ({ address, path, ...place }: Origin, self: string): string =>
  `@${address === self ? '' : `${address} `}${path}${Object.values(place).map((part) => `:${part}`)}`;

const renderReference = ({ resource, path, oneOf }: Reference, self: string): string =>
  `${oneOf ? 'one of ' : ''}${resource === self ? '' : resource}${path === '' ? '' : `.${path}`}`;

type AnyValue = {
  readonly kind: string;
  readonly origin: Origin;
  readonly value?: unknown;
  readonly references?: readonly Reference[];
  readonly trailEnds?: readonly string[];
  readonly template?: readonly TemplatePart[];
};

const renderValue = ({ kind, origin, value, ...more }: AnyValue, self: string): string => {
  const { references = [], trailEnds = [], template, ...rest } = more;
  const place = renderOrigin(origin, self);
  if (Object.keys(rest).length > 0) return JSON.stringify({ kind, place, ...more });
  if (kind !== 'unknown') return kind === 'absent' ? `absent${place}` : `known(${JSON.stringify(value)})${place}`;
  const names = references.map((reference) => renderReference(reference, self)).join(', ');
  const ends = trailEnds.length === 0 ? '' : `ends ${trailEnds.join(', ')}`;
  return `unknown(${[names, ends].filter((part) => part !== '').join('; ')})${template === undefined ? '' : renderTemplate(template, self)}${place}`;
};

const renderTemplate = (template: readonly TemplatePart[], self: string): string =>
  `=${template.map((part) => renderPart(part, self)).join('')}`;

const renderPart = (part: TemplatePart, self: string): string => {
  if (typeof part === 'string') return part;
  if (!('computed' in part)) return `\${${renderReference(part, self)}}`;
  return `\${computed(${part.references.map((reference) => renderReference(reference, self)).join(', ')})}`;
};

type AnyList = { readonly items: readonly AnyValue[]; readonly complete: boolean; readonly origin: Origin };

const completeness = (complete: boolean): string => (complete ? 'complete' : 'incomplete');

const renderList = ({ items, complete, origin }: AnyList, self: string): Rendered => [
  ...items.map((item) => renderValue(item, self)),
  `${completeness(complete)}${renderOrigin(origin, self)}`,
];

type AnyPatterns = { readonly negated: boolean; readonly patterns: readonly AnyValue[]; readonly complete: boolean };

const renderPatterns = ({ negated, patterns, complete }: AnyPatterns, self: string): Rendered => [
  negated ? 'none of' : 'any of',
  ...patterns.map((pattern) => renderValue(pattern, self)),
  completeness(complete),
];
