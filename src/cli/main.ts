import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { widthOf } from './appearance.ts';
import type { Arguments, Invocation } from './invocation.ts';
import { type Command, serveCommand } from './options.ts';
import { readPlainArguments } from './read-plain-arguments.ts';
import { run } from './run.ts';
import { settle } from './settle.ts';
import type { Streams } from './streams.ts';

/** Runs the program on a command line, without the names of node and script. The result is the exit code. */
export const main = async (argv: readonly string[], streams: Streams): Promise<number> => {
  // It has options of its own, which no start of a check reads.
  if (argv[0] === serveCommand) {
    const { serve } = await import('../server/index.ts');
    const program = fileURLToPath(new URL('../../bin/rds-auth-policy.js', import.meta.url));
    return serve(argv.slice(1), streams, program, helpWidth(streams));
  }
  const read = readPlainArguments(argv) ?? (await readUnusual(argv, streams));
  switch (read.kind) {
    case 'run': {
      const { invocation } = read;
      if (invocation.format === 'atlantis' && invocation.plans.length === 0) {
        const { runShowFile } = await import('./show-file.ts');
        return runShowFile(invocation, argv, streams, readVersion());
      }
      return (await loadCommand(invocation.command))(await settle(invocation, streams), streams, readVersion());
    }
    case 'version':
      streams.stdout.write(`${readVersion()}\n`);
      return 0;
    case 'help':
      streams.stdout.write(read.text);
      return 0;
    case 'mistake': {
      const { reportMistake } = await import('./mistake.ts');
      return reportMistake(read.message, argv, streams, readVersion());
    }
  }
};

type Run = (invocation: Invocation, streams: Streams, version: string) => Promise<number>;

/** What is not a plain check is loaded when it is asked for. */
const loadCommand = async (command: Command): Promise<Run> => {
  switch (command) {
    case 'diff':
      return (await import('./diff.ts')).diff;
    case 'explain':
      return (await import('./explain.ts')).explain;
    case 'init':
      return (await import('./init/init.ts')).init;
    case 'model':
      return (await import('./model.ts')).printModel;
    case 'policies':
      return (await import('./policies.ts')).showPolicies;
    case 'test':
      return (await import('./testing/test.ts')).testPolicies;
    default:
      return run;
  }
};

const readUnusual = async (argv: readonly string[], streams: Streams): Promise<Arguments> => {
  const { readArguments } = await import('./read-arguments.ts');
  return readArguments(argv, helpWidth(streams));
};

const widestHelp = 100;

const helpWidth = ({ stdout, env }: Streams): number => Math.min(widthOf(stdout, env), widestHelp);

/** Written in by the build of what stands alone. */
declare const bundledVersion: string | undefined;

/** Both `src/cli` and the bundle in `dist/cli` stand two levels below the package. */
const readVersion = (): string => {
  if (typeof bundledVersion === 'string') return bundledVersion;
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return String(version);
};
