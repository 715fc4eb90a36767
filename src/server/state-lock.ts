import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { type Server, connect, createServer } from 'node:net';
import { basename, join } from 'node:path';
import { errorCode } from '../io/error-code.ts';

export type StateLock =
  /** Until the process ends. */
  | { readonly kind: 'held' }
  | { readonly kind: 'taken' }
  /** Not every file system has sockets. */
  | { readonly kind: 'impossible'; readonly code: string };

/**
 * Makes sure that no other process of this machine works in a directory, which has to be there. A socket, because the
 * kernel forgets who listens with the process, whichever way that ends; a file with a number would outlive it.
 *
 * The socket is in a directory, which becomes `lock`: a directory takes the place of an empty one in one step, and of no
 * other. So whoever holds it listens, and what nobody listens to can be removed by a name that no other has.
 */
export const lockState = async (directory: string): Promise<StateLock> => {
  try {
    return await (process.platform === 'win32' ? holdPipe(directory) : holdSocket(directory));
  } catch (error) {
    return { kind: 'impossible', code: errorCode(error) };
  }
};

/** Windows forgets the name with the process. */
const holdPipe = async (directory: string): Promise<StateLock> => {
  const name = createHash('sha256').update(directory).digest('hex');
  try {
    await listenAt(`\\\\.\\pipe\\rds-auth-policy-${name}`);
    return { kind: 'held' };
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') return { kind: 'taken' };
    throw error;
  }
};

const holdSocket = async (directory: string): Promise<StateLock> => {
  const lock = join(directory, 'lock');
  const own = await mkdtemp(join(directory, 'lock-'));
  try {
    const server = await listenIn(own);
    for (;;) {
      if (await takePlace(own, lock)) return { kind: 'held' };
      if (!(await isListenedTo(lock))) continue;
      server.close();
      return { kind: 'taken' };
    }
  } finally {
    await rm(own, { recursive: true, force: true });
  }
};

/** Bytes that every system takes for the path of a socket. Of a longer one libuv takes the beginning, which is somebody else's. */
const longestPath = 100;

const listenIn = async (own: string): Promise<Server> => {
  const path = join(own, basename(own));
  if (Buffer.byteLength(path) > longestPath) throw Object.assign(new Error('too long'), { code: 'ENAMETOOLONG' });
  const server = await listenAt(path);
  await chmod(path, 0o600);
  return server;
};

const listenAt = (path: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    // It keeps nobody from ending.
    server.listen(path, () => resolve(server.unref()));
  });

const occupied: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST']);

const takePlace = async (own: string, lock: string): Promise<boolean> => {
  try {
    await rename(own, lock);
    return true;
  } catch (error) {
    if (occupied.has(errorCode(error))) return false;
    throw error;
  }
};

/** Removes what a server that has ended left there. */
const isListenedTo = async (lock: string): Promise<boolean> => {
  for (const name of await readdir(lock)) {
    const path = join(lock, name);
    const code = await connectTo(path);
    if (code !== 'ECONNREFUSED' && code !== 'ENOENT') return true;
    await rm(path, { force: true });
  }
  return false;
};

/** The code of what kept it from being connected; whatever it is, somebody may be there. */
const connectTo = (path: string): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(null);
    });
    socket.once('error', (error) => resolve(errorCode(error)));
  });
