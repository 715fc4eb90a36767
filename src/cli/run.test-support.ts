import { Readable } from 'node:stream';
import { main } from './main.ts';

type Run = { readonly code: number; readonly stdout: string; readonly stderr: string };

type Given = {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The clock of the run. */
  readonly now?: () => Date;
};

/** Runs the program as a terminal of 80 columns would show it. */
export const runMain = async (argv: readonly string[], { input = '', env = {}, now }: Given = {}): Promise<Run> => {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const streams = {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: output('stdout'),
    stderr: output('stderr'),
    env,
    ...(now === undefined ? {} : { now }),
  };
  return { code: await main(argv, streams), ...written };
};

export const scenario = (name: string): string => `testdata/scenarios/${name}/plan.json`;
