import { didYouMean } from '../model/suggest.ts';
import { buildParser, helpText } from './help.ts';
import { type Arguments, interpret, splitCommand } from './invocation.ts';
import { type Command, completionCommand, optionNames, optionTable, serveCommand } from './options.ts';

/** Reads any command line: also what asks for help or completion, and what is wrong. */
export const readArguments = async (argv: readonly string[], width: number): Promise<Arguments> => {
  const mistakes: string[] = [];
  const parser = buildParser(argv, width).fail((message) => {
    mistakes.push(message);
  });
  const parsed = await parser.parseAsync();
  const unknown = unknownOptions(parsed);
  if (isCompletion(argv)) return { kind: 'help', text: '' };
  const words = parsed._.map(String);
  if (unknown[0] !== undefined)
    return { kind: 'mistake', message: words.includes(serveCommand) ? serveLate : unknown[0] };
  if (parsed['help'] === true) return { kind: 'help', text: await helpText(namedCommand(words), width) };
  if (parsed['version'] === true) return { kind: 'version' };
  if (mistakes[0] !== undefined) return { kind: 'mistake', message: mistakes[0] };
  return interpret(...splitCommand(words), parsed);
};

const serveLate = 'serve is the first word, and its options follow: rds-auth-policy serve --state-dir DIR.';

/** What `splitCommand` takes for granted where nothing is named is no wish for its help. */
const namedCommand = (words: readonly string[]): Command | null => {
  const [command, rest] = splitCommand(words);
  return rest.length < words.length ? command : null;
};

const known: ReadonlySet<string> = new Set(optionNames);

/** A sentence for each option that does not exist, with the one that was probably meant. */
const unknownOptions = (parsed: Readonly<Record<string, unknown>>): readonly string[] => {
  const shorts = optionNames.flatMap((name) => optionTable[name].short ?? []);
  return Object.keys(parsed)
    .filter((key) => !known.has(key) && !shorts.includes(key) && key !== '_' && key !== '$0')
    .map((key) => `There is no option ${dashed(key)}${didYouMean(key, known).replace('mean ', 'mean --')}`);
};

const dashed = (key: string): string => (key.length === 1 ? `-${key}` : `--${key}`);

const isCompletion = (argv: readonly string[]): boolean =>
  argv[0] === completionCommand || argv.includes('--get-yargs-completions');
