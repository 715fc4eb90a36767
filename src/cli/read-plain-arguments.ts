import { parseArgs } from 'node:util';
import { type Arguments, interpret, splitCommand } from './invocation.ts';
import { completionCommand, optionNames, optionTable } from './options.ts';

const config = Object.fromEntries(
  optionNames.map((name) => {
    const { type, multiple = false, short } = optionTable[name];
    return [name, { type, multiple, ...(short === undefined ? {} : { short }) }];
  }),
);

/**
 * Reads a command line that holds nothing but plans and valid options, else null. Yargs costs more at start than the
 * work on a small plan; it reads the rest, and its words are needed only there.
 */
export const readPlainArguments = (argv: readonly string[]): Arguments | null => {
  const parsed = parse(argv);
  if (parsed === null || parsed.values['help'] === true || parsed.positionals[0] === completionCommand) return null;
  if (parsed.values['version'] === true) return { kind: 'version' };
  const read = interpret(...splitCommand(parsed.positionals), parsed.values);
  return read.kind === 'run' ? read : null;
};

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options: config, allowPositionals: true, strict: true });
  } catch {
    return null;
  }
};
