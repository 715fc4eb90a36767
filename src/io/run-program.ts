import { type ChildProcess, spawn } from 'node:child_process';

export type ProgramLimits = { readonly milliseconds: number; readonly bytes: number };

export type ProgramRun =
  | { readonly kind: 'ended'; readonly code: number; readonly stdout: Buffer; readonly stderr: string }
  | { readonly kind: 'not started'; readonly isMissing: boolean }
  | { readonly kind: 'too long' | 'too much' | 'killed' };

export type Program = {
  readonly file: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Messages are read for what they begin with. */
const stderrBytes = 1 << 16;

/** Runs a program without a shell and without input, and ends it when this program ends, the time, or the room. */
export const runProgram = (program: Program, limits: ProgramLimits): Promise<ProgramRun> =>
  new Promise((resolve) => {
    const { file, args, directory, env } = program;
    // Before the child is there: a signal that comes while it starts would leave it behind.
    const release = endTogether(() => end(child));
    const child = spawn(file, args, {
      cwd: directory,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      detached: hasGroups,
    });
    let stopped: 'too long' | 'too much' | undefined;
    const stop = (reason: 'too long' | 'too much'): void => {
      stopped ??= reason;
      end(child);
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(() => stop('too long'), limits.milliseconds);
    const finish = (run: ProgramRun): void => {
      clearTimeout(timer);
      release();
      resolve(run);
    };
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let length = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limits.bytes) stop('too much');
      else stdout.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.reduce((sum, part) => sum + part.length, 0) < stderrBytes) stderr.push(chunk);
    });
    child.on('error', (error) =>
      finish({ kind: 'not started', isMissing: 'code' in error && error.code === 'ENOENT' }),
    );
    child.on('close', (code) => {
      if (stopped !== undefined) finish({ kind: stopped });
      else if (code === null) finish({ kind: 'killed' });
      else
        finish({ kind: 'ended', code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') });
    });
  });

const hasGroups = process.platform !== 'win32';

/** Terraform starts providers, which would go on without it: they are in its group. */
const end = (child: ChildProcess): void => {
  try {
    if (hasGroups && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** In a group of its own the child does not hear Ctrl-C, and it would outlive this process. */
const endTogether = (endChild: () => void): (() => void) => {
  const onSignal = (signal: NodeJS.Signals): void => {
    endChild();
    release();
    // With no listener left it does what it does by itself: a shell sees by which signal the program ended.
    process.kill(process.pid, signal);
  };
  const release = (): void => {
    process.off('exit', endChild);
    for (const signal of endings) process.off(signal, onSignal);
  };
  process.on('exit', endChild);
  for (const signal of endings) process.on(signal, onSignal);
  return release;
};
