import { parseExpression } from '../parse/parse.ts';
import type { Symbolic } from '../symbolic.ts';
import type { Expression } from '../syntax.ts';
import { asSensitive, failure, fromJson, lost } from '../values.ts';
import type { ConfigBlock } from './config-body.ts';
import type { ModuleConfig } from './configuration.ts';
import { type Type, convert, parseType } from './convert.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './module-types.ts';
import type { Scope } from './scope.ts';
import { anyType } from './types.ts';

/** `sensitive = true`, of a variable or an output. */
export const isDeclaredSensitive = ({ body }: ConfigBlock): boolean => isTrue(body.attributes.get('sensitive')?.value);

const isTrue = (expression: Expression | undefined): boolean =>
  expression?.kind === 'literal' && (expression.value === true || expression.value === 'true');

/**
 * A variable of a module: what the call, or the user, gives it, else its default, as its type says. `given` is undefined
 * where nothing was given.
 */
export const variableValue = (
  config: ModuleConfig,
  name: string,
  given: Symbolic | undefined,
  evaluation: Evaluation,
): Symbolic => {
  const block = config.variables.get(name);
  if (block === undefined) return failure(`var.${name}`);
  const scope = plainScope(block, evaluation, config.directory);
  const type = typeOf(block);
  const byDefault = (): Symbolic => {
    const written = block.body.attributes.get('default');
    return written === undefined ? lost(`var.${name}`) : evaluate(written.value, { ...scope, file: written.file });
  };
  const isNull = given?.kind === 'known' && given.value === null;
  const value = given === undefined || (isNull && isNotNullable(block)) ? byDefault() : given;
  const converted = convert(value, type, (expression) => evaluate(expression, scope));
  return isDeclaredSensitive(block) ? asSensitive(converted) : converted;
};

const isNotNullable = ({ body }: ConfigBlock): boolean => {
  const written = body.attributes.get('nullable')?.value;
  return written?.kind === 'literal' && (written.value === false || written.value === 'false');
};

/** A default sees no names. */
const plainScope = ({ file }: ConfigBlock, { budget, functionsFor }: Evaluation, directory: string): Scope => ({
  lookup: () => undefined,
  functions: functionsFor(directory),
  file,
  budget,
});

/** In JSON syntax the type is a text that holds the expression. */
const typeOf = ({ body }: ConfigBlock): Type => {
  const written = body.attributes.get('type')?.value;
  if (written === undefined) return anyType;
  const isText = written.kind === 'literal' && typeof written.value === 'string';
  return parseType(isText ? parseExpression(String(written.value)).value : written);
};

/** The text of -var or TF_VAR_: as it stands for a simple type, else an expression. */
export const variableFromText = (block: ConfigBlock, text: string, evaluation: Evaluation): Symbolic => {
  const type = typeOf(block);
  const isPlain = block.body.attributes.get('type') === undefined || ['string', 'number', 'bool'].includes(type.kind);
  if (isPlain) return fromJson(text);
  const { value, faults } = parseExpression(text);
  return faults.length > 0 ? lost(`var.${block.labels[0] ?? ''}`) : evaluate(value, plainScope(block, evaluation, ''));
};
