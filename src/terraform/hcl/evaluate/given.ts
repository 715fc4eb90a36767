import type { Given } from '../../../model/value.ts';
import { placeAt } from '../lines.ts';
import type { Place, Symbolic } from '../symbolic.ts';
import type { ConfigAttribute } from './config-body.ts';
import type { ModuleConfig } from './configuration.ts';
import type { Module } from './module-types.ts';

/**
 * Where the value of an argument is to be changed, where its text only hands on what is written elsewhere: as an argument
 * of a module's call, as a local value, in a file of variables.
 */
export const givenAt = (
  { file, span, value: { kind } }: ConfigAttribute,
  value: () => Symbolic,
  module: Module,
): Given | undefined => {
  if (ownKinds.has(kind)) return undefined;
  const { place } = value();
  if (place === undefined || contains(placeAt(file, span), place)) return undefined;
  return leftOut(module, place) ?? place;
};

/** What such an expression comes to is written in it. */
const ownKinds: ReadonlySet<string> = new Set(['literal', 'template', 'tuple', 'object']);

const contains = (outer: Place, inner: Place): boolean =>
  outer.file === inner.file &&
  !isBefore([inner.line, inner.column], [outer.line, outer.column]) &&
  !isBefore([outer.endLine, outer.endColumn], [inner.endLine, inner.endColumn]);

type Position = readonly [line: number, column: number];

const isBefore = ([line, column]: Position, [other, otherColumn]: Position): boolean =>
  line < other || (line === other && column < otherColumn);

/** Nobody changes the default of a module for one of its calls. */
const leftOut = (module: Module, place: Place): Given | undefined => {
  if (module.parent === null) return undefined;
  const [call] = module.calls;
  const name = defaultsOf(module.config).find(([, written]) => contains(written, place))?.[0];
  return name === undefined || call === undefined ? leftOut(module.parent, place) : { ...call, leftOut: name };
};

type Default = readonly [name: string, place: Place];

const known = new WeakMap<ModuleConfig, readonly Default[]>();

const defaultsOf = (config: ModuleConfig): readonly Default[] => {
  const before = known.get(config);
  if (before !== undefined) return before;
  const found = [...config.variables].flatMap(([name, { body }]): readonly Default[] => {
    const written = body.attributes.get('default');
    return written === undefined ? [] : [[name, placeAt(written.file, written.span)]];
  });
  known.set(config, found);
  return found;
};
