import { joinOrigins } from '../../../origins.ts';
import { fromArguments } from '../../made-from.ts';
import type { Symbolic } from '../../symbolic.ts';
import { failure, isFailure, originsOf, sensitiveLike, textAt, unknownFrom } from '../../values.ts';
import { marked } from '../scalars.ts';
import { collectionFunctions } from './collections.ts';
import type { FunctionContext, FunctionTable, TerraformFunction } from './context.ts';
import { conversionFunctions } from './conversions.ts';
import { encodingFunctions } from './encoding.ts';
import { fileFunctions } from './files.ts';
import { formatFunctions } from './format.ts';
import { hashFunctions } from './hashes.ts';
import { listFunctions } from './lists.ts';
import { mapFunctions } from './maps.ts';
import { networkFunctions } from './network.ts';
import { numberFunctions } from './numeric.ts';
import { providerFunctions } from './provider-functions.ts';
import { regexFunctions } from './regex/functions.ts';
import { textFunctions } from './texts.ts';
import { timeFunctions } from './time.ts';

export type { FunctionContext } from './context.ts';

/** The functions of Terraform over symbolic values. */
const tables: readonly FunctionTable[] = [
  collectionFunctions,
  conversionFunctions,
  encodingFunctions,
  fileFunctions,
  hashFunctions,
  networkFunctions,
  providerFunctions,
  timeFunctions,
  formatFunctions,
  listFunctions,
  mapFunctions,
  numberFunctions,
  regexFunctions,
  textFunctions,
];

const functions: ReadonlyMap<string, TerraformFunction> = new Map(tables.flatMap((table) => Object.entries(table)));

/** These see the errors of their arguments. */
const catching: ReadonlySet<string> = new Set(['try', 'can']);

export const callFunction = (name: string, args: readonly Symbolic[], context: FunctionContext): Symbolic => {
  const plain = name.replace(/^core::/, '');
  const failed = catching.has(plain) ? undefined : args.find(isFailure);
  if (failed !== undefined) return failed;
  const known = functions.get(plain);
  if (known === undefined) return sensitiveLike(notEvaluated(name, args), args);
  const [least, most] = known.arity;
  if (args.length < least || args.length > most) return failure(`${name}()`);
  return withMarks(
    known,
    withinLimits(name, args, () => known.call(args, context)),
    args,
  );
};

/** Longer texts are of no use to anybody, and texts made of such texts longer than memory. */
const longestText = 4_000_000;

/** What is too long for JavaScript, or nested too deeply, is not evaluated. */
const withinLimits = (name: string, args: readonly Symbolic[], call: () => Symbolic): Symbolic => {
  try {
    const result = call();
    return (textAt(result)?.length ?? 0) > longestText ? notEvaluated(name, args) : result;
  } catch (error) {
    if (error instanceof RangeError) return notEvaluated(name, args);
    throw error;
  }
};

const notEvaluated = (name: string, args: readonly Symbolic[]): Symbolic => {
  const { references, trailEnds } = joinOrigins(args.map((arg) => originsOf(arg)));
  return unknownFrom({ references, trailEnds: [...trailEnds, `${name}()`] });
};

/** What elements are made from stays with the elements, as their marks do. */
const withMarks = ({ marks }: TerraformFunction, result: Symbolic, args: readonly Symbolic[]): Symbolic => {
  if (marks === 'own') return result;
  return marks === 'whole' ? sensitiveLike(fromArguments(result, args), args) : marked(result, ...args);
};
