import type { Hole } from '../../symbolic.ts';
import type { Pieces } from '../scalars.ts';
import type { FunctionContext } from './context.ts';
import { isScalarAttribute } from './filled.ts';
import { type Form, formsOf } from './forms.ts';

/** Texts to try in the place of holes. */

export type Filling = ReadonlyMap<Hole, string>;

/** Texts that would change the result of a function if they stood in a hole. */
export type Obstacles = {
  readonly texts: readonly string[];
  /** The function looks for one text: what stands in one hole does not matter to what is found in another. */
  readonly local: boolean;
};

export const obstaclesFrom = (texts: readonly string[]): Obstacles => ({ texts, local: false });

/** Fillings, and characters in all of them, beyond which there are too many to try. */
const mostFillings = 1000;
const mostCharacters = 4_000_000;

/** The first filling tells the holes apart. None where there would be too many, or holes could not be told apart. */
export const fillingsOf = (
  args: readonly Pieces[],
  obstacles: Obstacles,
  context: FunctionContext,
): readonly Filling[] => {
  const written = [...args.flat().filter((piece) => typeof piece === 'string'), ...obstacles.texts].join('\n');
  const forms = formsOf(args, written);
  const holes = [...new Set(args.flat().filter((piece) => typeof piece !== 'string'))];
  const free = holes.filter((hole) => !forms.has(hole));
  const choices = free.map((hole, index) => freeForm(hole, index, obstacles.texts, context));
  const rows = combine(choices) ?? (obstacles.local && areApart(args, obstacles.texts) ? oneByOne(choices) : []);
  const formed = [...forms];
  const turns = Math.max(1, ...formed.map(([, form]) => form.length));
  const own = [...formed.map(([, [first]]) => first), ...choices.map(([first]) => first)];
  if (rows.length * turns > mostFillings || new Set(own).size < own.length || !isSmall(args, rows.length * turns))
    return [];
  return Array.from({ length: turns }, (_, turn) => turn).flatMap((turn) =>
    rows.map((row) => {
      const filling = new Map<Hole, string>(formed.map(([hole, form]) => [hole, form[turn % form.length] ?? form[0]]));
      free.forEach((hole, index) => {
        filling.set(hole, row[index] ?? '');
      });
      return filling;
    }),
  );
};

/** What stands between colons of an ARN is not empty; names and ids hold no blanks. */
const freeForm = (
  { without = '', exactly }: Hole,
  index: number,
  obstacles: readonly string[],
  context: FunctionContext,
): Form => {
  const isName = exactly !== undefined && isScalarAttribute(exactly, context);
  const possible = obstacles.filter(
    (text) =>
      !([...without].some((character) => text.includes(character)) || (isName && /\s/.test(text))) &&
      (text !== '' || without === '' || exactly === undefined),
  );
  // The second one has no character of the first.
  return [`wq${String.fromCharCode(97 + (index % 26))}zk`, ...new Set(['Q7', ...possible])];
};

/** Every combination, the one of the first choices first; null where they are too many. */
const combine = (choices: readonly Form[]): readonly (readonly string[])[] | null => {
  if (choices.reduce((count, { length }) => count * length, 1) > mostFillings) return null;
  return choices.reduce<readonly (readonly string[])[]>(
    (rows, form) => rows.flatMap((row) => form.map((text) => [...row, text])),
    [[]],
  );
};

const isSmall = (args: readonly Pieces[], count: number): boolean =>
  args.flat().reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 20), 0) * count < mostCharacters;

/** Whether no obstacle could reach from one hole into the next. */
const areApart = (args: readonly Pieces[], obstacles: readonly string[]): boolean =>
  args.every((pieces) =>
    pieces.every((piece, index) => {
      if (typeof piece !== 'string') return typeof pieces[index + 1] !== 'object';
      return index === 0 || index === pieces.length - 1 || !obstacles.some((text) => text.includes(piece));
    }),
  );

/** Each text in one hole while the others stay as they are, and in all of them. */
const oneByOne = (choices: readonly Form[]): readonly (readonly string[])[] => {
  const own = choices.map(([first]) => first);
  const rows = choices.flatMap(([, ...texts], hole) =>
    texts.map((text) => own.map((first, index) => (index === hole ? text : first))),
  );
  const longest = Math.max(0, ...choices.map(({ length }) => length));
  const together = Array.from({ length: longest }, (_, at) => choices.map((form) => form[at] ?? form[0]));
  return [own, ...rows, ...together];
};

/** Texts that make a needle when they stand next to, or between, parts of it: all that it contains. */
export const overlaps = (needle: string): Obstacles => {
  const texts = new Set(['', `-${needle}-`]);
  const longest = needle.length <= 12 ? needle.length : 0;
  for (let size = longest; size > 0; size--) {
    for (let start = 0; start + size <= needle.length; start++) texts.add(needle.slice(start, start + size));
  }
  // Of a long one, its beginnings and ends.
  for (let size = longest + 1; size <= Math.min(needle.length, 200); size++) {
    texts.add(needle.slice(0, size)).add(needle.slice(-size));
  }
  return { texts: [...texts.add(needle)], local: true };
};
