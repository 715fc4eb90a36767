import { keyOf } from './disk-queue.ts';
import type { Log } from './log.ts';
import type { TaskQueue } from './queue.ts';
import { type Task, detailsOf } from './task.ts';

export type Accepted = 'added' | 'present' | 'full';

/** Takes tasks into a queue where no more than some wait. Those that are being written count. */
export const acceptInto = (queue: TaskQueue, mostWaiting: number, log: Log): ((task: Task) => Promise<Accepted>) => {
  let arriving = 0;
  return async (task) => {
    const key = keyOf(new URL(task.callbackUrl).host, task.id);
    // What was taken on is not refused when it is posted again, however many wait.
    if (!(await queue.has(key)) && queue.waiting().length + arriving >= mostWaiting) return 'full';
    arriving += 1;
    try {
      const added = await queue.add({ key, task, acceptedAt: Date.now() });
      log('info', added === 'added' ? 'task-accepted' : 'task-repeated', detailsOf(task));
      return added;
    } finally {
      arriving -= 1;
    }
  };
};
