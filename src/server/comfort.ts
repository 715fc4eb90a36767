import type { Job, TaskQueue } from './queue.ts';
import { progressOf } from './result.ts';
import type { Tell } from './teller.ts';
import { within } from './within.ts';

export type ComfortTools = {
  readonly queue: Pick<TaskQueue, 'waiting'>;
  readonly tell: Tell;
  /** Milliseconds between two signs of life. */
  readonly heartbeat: number;
};

export type Comfort = {
  /** Resolves when nothing is said of this job any more: its line is over. */
  readonly leave: (key: string) => Promise<void>;
  readonly stop: () => void;
};

/** HCP Terraform takes 30 requests a second. */
const atOnce = 4;
/** A caller that does not answer is not waited for: there is a next time. */
const longest = 30_000;

/** Those who wait in the line need a sign of life as well. */
export const startComfort = ({ queue, tell, heartbeat }: ComfortTools): Comfort => {
  const body = progressOf('rds-auth-policy has other runs before this one.');
  const said = new Map<string, number>();
  const due = new Map<string, Job>();
  const underWay = new Map<string, { readonly end: AbortController; readonly ended: Promise<unknown> }>();
  const comfort = async ({ key, task }: Job): Promise<void> => {
    const end = new AbortController();
    const ended = within(longest, end.signal, (signal) => tell(task, body, signal)).catch(() => 'lost');
    underWay.set(key, { end, ended });
    await ended;
    if (underWay.delete(key) && !end.signal.aborted) said.set(key, Date.now());
  };
  let lanes = 0;
  const drive = async (): Promise<void> => {
    lanes += 1;
    for (const [key, job] of due) {
      due.delete(key);
      await comfort(job);
    }
    lanes -= 1;
  };
  const look = (): void => {
    const before = Date.now() - heartbeat;
    for (const job of queue.waiting())
      if ((said.get(job.key) ?? job.acceptedAt) <= before && !underWay.has(job.key)) due.set(job.key, job);
    while (lanes < atOnce && due.size > 0) void drive();
  };
  // Of those whom a server has left that was down for a while.
  look();
  const timer = setInterval(look, heartbeat / 2);
  return {
    leave: async (key) => {
      due.delete(key);
      said.delete(key);
      const found = underWay.get(key);
      found?.end.abort();
      await found?.ended;
    },
    stop: () => {
      clearInterval(timer);
      due.clear();
      for (const { end } of underWay.values()) end.abort();
    },
  };
};
