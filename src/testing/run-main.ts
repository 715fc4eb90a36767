import { Readable } from 'node:stream';
import { main } from '../cli/main.ts';

export type Run = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs the program in this process, with a text or bytes on standard input, and an environment. */
export const runMain = async (
  argv: readonly string[],
  input: string | Uint8Array = '',
  env: Readonly<Record<string, string>> = {},
  columns = 80,
): Promise<Run> => {
  const written = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
      return true;
    },
    columns,
  });
  const stdin = Readable.from([Buffer.from(input)]);
  const code = await main(argv, { stdin, stdout: sink('stdout'), stderr: sink('stderr'), env });
  return { code, ...written };
};
