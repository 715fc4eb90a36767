/**
 * Ends a process with the one that started it, whichever way that ended: the kernel closes its end of standard input. A
 * thread of its own looks at that, because a check that computes looks at nothing; it keeps no process from its end.
 */
const watch = `
  const { Socket } = require('node:net');
  new Socket({ fd: 0 }).on('close', () => process.kill(process.pid, 'SIGKILL')).on('error', () => {}).resume();`;

const start = `
  import { Worker, isMainThread } from 'node:worker_threads';
  if (isMainThread) new Worker(${JSON.stringify(watch)}, { eval: true, execArgv: [] }).unref();`;

/** For Node, before its program. Standard input has to be a pipe to whoever starts it. */
export const leash: readonly string[] = ['--import', `data:text/javascript,${encodeURIComponent(start)}`];
