import type { Given } from '../../../model/value.ts';
import { placeAt } from '../lines.ts';
import type { Place, Symbolic } from '../symbolic.ts';
import type { Expression } from '../syntax.ts';
import type { ConfigAttribute } from './config-body.ts';
import type { ModuleConfig } from './configuration.ts';
import type { Module } from './module-types.ts';

/**
 * Where the value of an argument is to be changed, where its text only hands on what is written elsewhere: as an argument
 * of a module's call, as a local value, in a file of variables.
 */
export const givenAt = (attribute: ConfigAttribute, value: () => Symbolic, module: Module): Given | undefined => {
  if (!mayHandOn(attribute.value)) return undefined;
  const { place } = value();
  if (place === undefined || !isConfiguration(place) || contains(placeOf(attribute), place)) return undefined;
  return byDefault(module, place) ?? place;
};

/** What other expressions come to is written in them. */
const mayHandOn = (expression: Expression): boolean => {
  if (expression.kind !== 'template') return !ownKinds.has(expression.kind);
  // JSON syntax has no other way to write a name.
  const [only, more] = expression.parts;
  return only?.kind === 'interpolation' && more === undefined;
};

const ownKinds: ReadonlySet<Expression['kind']> = new Set(['literal', 'tuple', 'object']);

/** And no file that a function reads. */
const isConfiguration = ({ file }: Place): boolean => /\.(?:tf|tofu|tfvars)(?:\.json)?$/.test(file);

const placeOf = ({ file, span }: ConfigAttribute): Place => placeAt(file, span);

const contains = (outer: Place, inner: Place): boolean =>
  outer.file === inner.file &&
  !isBefore([inner.line, inner.column], [outer.line, outer.column]) &&
  !isBefore([outer.endLine, outer.endColumn], [inner.endLine, inner.endColumn]);

type Position = readonly [line: number, column: number];

const isBefore = ([line, column]: Position, [other, otherColumn]: Position): boolean =>
  line < other || (line === other && column < otherColumn);

/**
 * Nobody changes a default of a module for one of its calls: it is given there, or changed in what is given there (the
 * default of an optional attribute).
 */
const byDefault = (module: Module, place: Place): Given | undefined => {
  const { parent } = module;
  if (parent === null) return undefined;
  const [call] = module.calls;
  const name = defaultsOf(module.config).find(([, written]) => contains(written, place))?.[0];
  if (name === undefined || call === undefined) return byDefault(parent, place);
  const argument = parent.config.calls.get(module.call)?.body.attributes.get(name);
  return argument === undefined ? { ...call, leftOut: name } : placeOf(argument);
};

type Default = readonly [name: string, place: Place];

const known = new WeakMap<ModuleConfig, readonly Default[]>();

/** Where the variables of a module have their defaults: those of optional attributes are in the type. */
const defaultsOf = (config: ModuleConfig): readonly Default[] => {
  const before = known.get(config);
  if (before !== undefined) return before;
  const found = [...config.variables].flatMap(([name, { body }]) =>
    ['default', 'type'].flatMap((key): readonly Default[] => {
      const written = body.attributes.get(key);
      return written === undefined ? [] : [[name, placeOf(written)]];
    }),
  );
  known.set(config, found);
  return found;
};
