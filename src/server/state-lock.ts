import { createHash } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { type Server, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { errorCode } from '../io/error-code.ts';

export type StateLock =
  /** `release` before the directory may be somebody else's. */
  | { readonly kind: 'held'; readonly release: () => Promise<void> }
  | { readonly kind: 'taken' }
  /** Not every file system has sockets. */
  | { readonly kind: 'impossible'; readonly code: string };

/** Bytes that every system takes for the path of a socket. */
const longestPath = 100;

/**
 * Makes sure that no other process of this machine works in a directory, which has to be there. A socket, because the
 * kernel forgets who listens with the process, whichever way that ends; a file with a number would outlive it.
 */
export const lockState = async (directory: string): Promise<StateLock> => {
  const path = process.platform === 'win32' ? pipeOf(directory) : join(directory, 'lock');
  // Of a longer one libuv takes the beginning, which is somebody else's.
  if (Buffer.byteLength(path) > longestPath) return { kind: 'impossible', code: 'ENAMETOOLONG' };
  const code = await tryToHold(path);
  if (typeof code !== 'string') return code;
  if (code !== 'EADDRINUSE') return { kind: 'impossible', code };
  if (await isListenedTo(path)) return { kind: 'taken' };
  // Left by a server that was killed.
  await rm(path, { force: true });
  const second = await tryToHold(path);
  if (typeof second !== 'string') return second;
  return second === 'EADDRINUSE' ? { kind: 'taken' } : { kind: 'impossible', code: second };
};

const pipeOf = (directory: string): string =>
  `\\\\.\\pipe\\rds-auth-policy-${createHash('sha256').update(directory).digest('hex')}`;

const tryToHold = (path: string): Promise<StateLock | string> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => resolve(errorCode(error)));
    server.listen(path, async () => {
      await chmod(path, 0o600).catch(() => 'no file');
      // It ends with the process, and keeps nobody from ending.
      server.unref();
      resolve({ kind: 'held', release: () => closed(server) });
    });
  });

const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

const isListenedTo = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => resolve(errorCode(error) !== 'ECONNREFUSED'));
  });
