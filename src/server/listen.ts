import type { Server } from 'node:http';
import type { Settings } from './settings.ts';

/** Each may hold the body of a request that nobody has signed. */
const mostConnections = 256;

export const limited = (server: Server): Server => {
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.maxConnections = mostConnections;
  return server;
};

/** The port. */
export const listen = (server: Server, { port, host }: Settings): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** Lets what is being answered end, for a moment. */
export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1000).unref();
  });

const signals = ['SIGTERM', 'SIGINT'] as const;

/**
 * `timeout` tells a process and then its group, npm passes on the Ctrl-C that the program has got as well: what follows
 * within this time is the same wish.
 */
const sameWish = 1000;

/** A later signal, whichever it is, ends the process at once: what is not done is on the disk. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    let first: number | undefined;
    const stop = (signal: NodeJS.Signals): void => {
      first ??= performance.now();
      resolve();
      if (performance.now() - first < sameWish) return;
      for (const each of signals) process.removeListener(each, stop);
      process.kill(process.pid, signal);
    };
    for (const signal of signals) process.on(signal, stop);
  });
