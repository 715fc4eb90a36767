import { legNames, paths } from '../model/connection.ts';
import { subjectKinds } from '../model/judgement.ts';
import { policyActions, serveCommand } from './options.ts';

type Complete = (words: string[]) => void;

/** What yargs completes by itself: commands, options, and nothing for files, which the shell does better. */
type Usual = (onReady: (error: Error | null, words: string[] | undefined) => void) => void;

/**
 * Completes the words that only this program knows: the subjects of `explain`, and what `policies` takes. Where it knows
 * none, the shell completes names of files.
 */
export const completeWords = async (current: string, argv: unknown, usual: Usual, done: Complete): Promise<void> => {
  const values = await valuesOf(optionOf(argv, current));
  if (values.length > 0) return done(values.filter((value) => value.startsWith(current)));
  const before = positionals(argv, current);
  const isOwn = before[0] === 'explain' || before[0] === 'policies' || before[0] === serveCommand;
  if (!isOwn || (current.startsWith('-') && before[0] !== serveCommand)) return usual((_, words) => done(words ?? []));
  return done((await wordsAfter(before, current)).filter((word) => word.startsWith(current)));
};

const named = ['only', 'skip', 'set', 'subject'] as const;

/** The option whose value is being written. */
const optionOf = (argv: unknown, current: string): (typeof named)[number] | undefined =>
  named.find((name) => [Object(argv)[name]].flat().at(-1) === current);

const valuesOf = async (option: (typeof named)[number] | undefined): Promise<readonly string[]> => {
  if (option === undefined) return [];
  if (option === 'subject') return subjectKinds;
  return option === 'set' ? setNames() : policyIds();
};

/** The words before the one that is written, without the name of the program. */
const positionals = (argv: unknown, current: string): readonly string[] => {
  const all =
    typeof argv === 'object' && argv !== null && '_' in argv && Array.isArray(argv._) ? argv._.map(String) : [];
  const words = all.slice(1);
  return words.at(-1) === current ? words.slice(0, -1) : words;
};

const wordsAfter = async ([command, ...rest]: readonly string[], current: string): Promise<readonly string[]> => {
  if (command === serveCommand) return current.startsWith('-') ? serveWords() : [];
  if (command === 'explain' && rest.length === 0) return [...(await policyIds()), ...legNames, ...paths];
  if (command !== 'policies') return [];
  if (rest.length === 0) return policyActions;
  return rest.length === 1 && rest[0] === 'show' ? policyIds() : [];
};

const serveWords = async (): Promise<readonly string[]> => {
  const { serveOptions } = await import('../server/options.ts');
  return Object.keys(serveOptions).map((name) => `--${name}`);
};

const setNames = async (): Promise<readonly string[]> => {
  const { builtinPolicies } = await import('../index.ts');
  return [...new Set(builtinPolicies.map(({ policy }) => policy.set))];
};

const policyIds = async (): Promise<readonly string[]> => {
  const { builtinPolicies } = await import('../index.ts');
  return builtinPolicies.map(({ policy }) => policy.id);
};
