import type { SourceAttribute, SourceBlocks, SourceBody } from '../../source.ts';
import { placeAt } from '../lines.ts';
import type { Place, Symbolic } from '../symbolic.ts';
import type { Expression, ObjectItem, SourceText } from '../syntax.ts';
import { map, originsOf, unknownFrom } from '../values.ts';
import type { ConfigBlock, ConfigBody } from './config-body.ts';
import { elementsOf, openOf } from './elements.ts';
import { evaluate } from './evaluate.ts';
import { givenAt } from './given.ts';
import { entryAt } from './keyed.ts';
import type { Module } from './module-types.ts';
import { type Scope, bind } from './scope.ts';

/** How a body comes out: where it stands, in which module, and what its expressions see. */
type Surroundings = { readonly place: Place; readonly module: Module; readonly scope: Scope };

/** A block of a resource, or the resource's own, as it comes out in a scope. */
export const sourceBody = (body: ConfigBody, around: Surroundings, pattern = false): SourceBody => {
  const known = new Map<string, SourceAttribute | undefined>();
  return {
    place: around.place,
    calls: around.module.calls,
    ...(pattern ? { pattern } : {}),
    names: () => [...body.attributes.keys()],
    attribute: (name) => {
      if (!known.has(name)) known.set(name, attributeIn(body, name, around));
      return known.get(name);
    },
    words: (name) => wordsIn(body.attributes.get(name)?.value),
    blocks: (name) => blocksIn(body, name, around),
  };
};

/** The first name of each traversal; older configurations and JSON write it between quotes. */
const wordsIn = (expression: Expression | undefined): readonly string[] => {
  switch (expression?.kind) {
    case 'tuple':
      return expression.items.flatMap(wordsIn);
    case 'name':
      return [expression.name];
    case 'attribute':
    case 'index':
      return wordsIn(expression.target);
    case 'literal':
      return typeof expression.value === 'string' ? [/^[^.[]*/.exec(expression.value)?.[0] ?? ''] : [];
    default:
      return [];
  }
};

const attributeIn = (body: ConfigBody, name: string, { module, scope }: Surroundings): SourceAttribute | undefined => {
  const attribute = body.attributes.get(name);
  if (attribute === undefined) return undefined;
  let known: Symbolic | undefined;
  const value = (): Symbolic => {
    known ??= evaluate(attribute.value, { ...scope, file: attribute.file });
    return known;
  };
  return {
    place: placeAt(attribute.file, attribute.span),
    get value() {
      return value();
    },
    get given() {
      return givenAt(attribute, value, module);
    },
  };
};

const blocksIn = (body: ConfigBody, name: string, around: Surroundings): SourceBlocks => {
  const found: SourceBlocks[] = [];
  for (const block of body.blocks) {
    if (block.type === name) found.push(one(block.body, placed(around, block)));
    else if (block.type === 'dynamic' && block.labels[0] === name) found.push(dynamic(block, name, around));
  }
  const written = body.attributes.get(name);
  if (written !== undefined) found.push(writtenAsValue(written.value, written.file, around));
  if (body.syntax === 'json') found.push(...dynamicInJson(body, name, around));
  return joined(found);
};

const joined = (all: readonly SourceBlocks[]): SourceBlocks => ({
  bodies: all.flatMap(({ bodies }) => bodies),
  complete: all.every(({ complete }) => complete),
});

const one = (body: ConfigBody, around: Surroundings): SourceBlocks => ({
  bodies: [sourceBody(body, around)],
  complete: true,
});

const placed = (around: Surroundings, { header, file }: ConfigBlock): Surroundings => ({
  ...around,
  place: placeAt(file, header),
});

/** `dynamic "auth" { for_each = … content { … } }`. */
const dynamic = (block: ConfigBlock, name: string, around: Surroundings): SourceBlocks => {
  const content = block.body.blocks.find(({ type }) => type === 'content');
  const forEach = block.body.attributes.get('for_each');
  if (content === undefined || forEach === undefined) return { bodies: [], complete: false };
  const over = evaluate(forEach.value, { ...around.scope, file: forEach.file });
  const iterator = iteratorOf(block.body, name);
  return repeat(over, iterator, content.body, placed(around, content));
};

/** A bare name in native syntax, a text in JSON. */
const iteratorOf = ({ attributes }: ConfigBody, name: string): string => {
  const written = attributes.get('iterator')?.value;
  if (written?.kind === 'name') return written.name;
  return written?.kind === 'literal' && typeof written.value === 'string' ? written.value : name;
};

/** One body for each element. Where nobody knows the elements, one stands for all that there may be. */
const repeat = (over: Symbolic, iterator: string, body: ConfigBody, around: Surroundings): SourceBlocks => {
  const scopeWith = (key: Symbolic, value: Symbolic): Surroundings => ({
    ...around,
    scope: bind(
      around.scope,
      new Map([
        [
          iterator,
          map(
            new Map([
              ['key', key],
              ['value', value],
            ]),
          ),
        ],
      ]),
    ),
  });
  const elements = elementsOf(over);
  const open = elements === null || openOf(over) !== undefined;
  const bodies = (elements ?? []).map(([key, value]) => sourceBody(body, scopeWith(key, value)));
  if (!open) return { bodies, complete: true };
  const any = unknownFrom(originsOf(over));
  return { bodies: [...bodies, sourceBody(body, scopeWith(any, any), true)], complete: false };
};

/** `ingress = [{…}]`, and every block of JSON syntax: an object, or a list of them. */
const writtenAsValue = (expression: Expression, file: SourceText, around: Surroundings): SourceBlocks => {
  if (expression.kind === 'object') return one(objectBody(expression.items, file), at(around, expression, file));
  if (expression.kind === 'tuple') {
    return joined(expression.items.map((item) => writtenAsValue(item, file, around)));
  }
  const value = evaluate(expression, { ...around.scope, file });
  return bodiesOf(value, value.place === undefined ? around : { ...around, place: value.place });
};

const at = (around: Surroundings, { span }: Expression, file: SourceText): Surroundings => ({
  ...around,
  place: placeAt(file, span),
});

/** An object as a body, so that what it holds is computed in the scope of a `dynamic` block around it. */
const objectBody = (items: readonly ObjectItem[], file: SourceText): ConfigBody => ({
  attributes: new Map(
    items.flatMap(({ key, value, span }) =>
      key.kind === 'literal' && key.value !== null ? [[String(key.value), { value, span, file }] as const] : [],
    ),
  ),
  blocks: [],
  syntax: 'json',
});

const bodiesOf = (value: Symbolic, around: Surroundings): SourceBlocks => {
  if (value.kind === 'known') return { bodies: [], complete: value.value === null };
  if (value.kind === 'list') {
    const parts = value.items.map((item) => bodiesOf(item, item.place ? { ...around, place: item.place } : around));
    return joined([...parts, { bodies: [], complete: value.open === undefined }]);
  }
  if (value.kind !== 'map') return { bodies: [], complete: false };
  return { bodies: [valueBody(value, around)], complete: true };
};

const valueBody = (value: Extract<Symbolic, { kind: 'map' }>, around: Surroundings): SourceBody => ({
  place: around.place,
  calls: around.module.calls,
  names: () => [...value.entries.keys()],
  attribute: (name) => {
    const item = entryAt(value, name);
    return item === undefined ? undefined : { value: item, place: item.place ?? around.place };
  },
  words: () => [],
  blocks: (name) => {
    const item = entryAt(value, name);
    return item === undefined ? { bodies: [], complete: true } : bodiesOf(item, around);
  },
});

/** `"dynamic": {"auth": {"for_each": …, "content": {…}}}`, or a list of such. */
const dynamicInJson = (body: ConfigBody, name: string, around: Surroundings): readonly SourceBlocks[] => {
  const written = body.attributes.get('dynamic');
  if (written === undefined) return [];
  return objectsIn(written.value)
    .flatMap((items) => items.filter(({ key }) => key.kind === 'literal' && key.value === name))
    .flatMap(({ value }) => objectsIn(value))
    .map((items) => {
      const settings = objectBody(items, written.file);
      const forEach = settings.attributes.get('for_each');
      const content = settings.attributes.get('content');
      if (forEach === undefined || content?.value.kind !== 'object') return { bodies: [], complete: false };
      const over = evaluate(forEach.value, { ...around.scope, file: written.file });
      const inner = objectBody(content.value.items, written.file);
      return repeat(over, iteratorOf(settings, name), inner, at(around, content.value, written.file));
    });
};

const objectsIn = (expression: Expression): readonly (readonly ObjectItem[])[] => {
  if (expression.kind === 'object') return [expression.items];
  return expression.kind === 'tuple' ? expression.items.flatMap(objectsIn) : [];
};
