import { admit, largestBody } from './admit.ts';
import { keyOf } from './disk-queue.ts';
import { codeOf } from './error-words.ts';
import { type JudgeTools, judgeTask } from './judge-task.ts';
import { judgeTools } from './judge-tools.ts';
import { NoKey, readLambdaSettings } from './lambda-settings.ts';
import { type Log, logTo } from './log.ts';
import { type Performed, performTask } from './perform-task.ts';
import type { Settings } from './settings.ts';
import { type Task, detailsOf } from './task.ts';
import { tellerOf } from './teller.ts';

/** A request by a function URL or by an HTTP API, in the format 2.0 of its payload. */
type LambdaEvent = {
  readonly version?: string;
  readonly rawPath?: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext?: { readonly http?: { readonly method?: string } };
};

type LambdaContext = {
  readonly getRemainingTimeInMillis: () => number;
  /** Mebibytes, as a text. */
  readonly memoryLimitInMB: string;
};

type LambdaAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

type Handler = (event: LambdaEvent, context: LambdaContext) => Promise<LambdaAnswer>;

type Work = { readonly settings: Settings; readonly context: LambdaContext; readonly tools: Tools };
type Tools = { readonly program: string; readonly log: Log; readonly done: Map<string, number> };

/** How long a task that is done is known to the process that did it. */
const remembered = 2 * 3_600_000;

/**
 * The handler of a function. All work is done before it answers, because Lambda stops the process then. `program` judges:
 * a file that Node runs as the command line.
 */
export const handlerOf = (
  env: Readonly<Record<string, string | undefined>>,
  program: string,
  write: (text: string) => unknown = (text) => process.stdout.write(text),
): Handler => {
  const tools: Tools = { program, log: logTo(write), done: new Map() };
  return async (event, context) => {
    try {
      return toOtherRequest(event) ?? (await takeTask(event, context, env, tools));
    } catch (error) {
      const details = { error: codeOf(error) };
      tools.log('error', 'request-crashed', error instanceof NoKey ? { ...details, message: error.message } : details);
      return answer(500, 'This function has an internal error: see its log.');
    }
  };
};

const answer = (statusCode: number, message?: string, more: Readonly<Record<string, string>> = {}): LambdaAnswer => ({
  statusCode,
  headers: {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...more,
  },
  body: JSON.stringify(message === undefined ? {} : { message }),
});

/** Null for what may be a run task. */
const toOtherRequest = ({ version, rawPath = '', requestContext }: LambdaEvent): LambdaAnswer | null => {
  const method = requestContext?.http?.method;
  if (version !== '2.0' || method === undefined)
    return answer(500, 'This function takes requests of function URLs and of HTTP APIs with payload format 2.0.');
  if (method === 'POST') return null;
  const isRead = method === 'GET' || method === 'HEAD';
  if (isRead && rawPath.endsWith('/healthcheck')) return { ...answer(200), body: '{"status":"available"}' };
  return answer(405, 'This address is for POST only.', { allow: 'POST' });
};

const takeTask = async (
  event: LambdaEvent,
  context: LambdaContext,
  env: Readonly<Record<string, string | undefined>>,
  tools: Tools,
): Promise<LambdaAnswer> => {
  const { log } = tools;
  const refuse = (status: number, reason: string): LambdaAnswer => {
    log('warning', 'request-refused', { status, reason });
    return answer(status, reason);
  };
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded === true ? 'base64' : 'utf8');
  if (body.length > largestBody) return refuse(413, `The body is larger than ${largestBody} bytes.`);
  const read = await readLambdaSettings(env, Number(context.memoryLimitInMB));
  if (read.kind !== 'settings') {
    log('error', 'settings-wrong', { message: read.kind === 'mistake' ? read.message : read.kind });
    return answer(500, 'The settings of this function are wrong: see its log.');
  }
  const { settings } = read;
  const admission = admit(event.headers?.['x-tfc-task-signature'], body, settings, new Date());
  if (admission.kind === 'refused') return refuse(admission.status, admission.reason);
  if (admission.kind === 'task') return finish(admission.task, { settings, context, tools });
  log('info', 'verification');
  return answer(200);
};

/** Does a task, unless this process has done it; 503 where nobody could be told, so that it is posted again. */
const finish = async (task: Task, work: Work): Promise<LambdaAnswer> => {
  const { log, done } = work.tools;
  const start = Date.now();
  const key = keyOf(new URL(task.callbackUrl).host, task.id);
  for (const [old, at] of done) if (at < start - remembered) done.delete(old);
  if (done.has(key)) {
    log('info', 'task-repeated', detailsOf(task));
    return answer(200);
  }
  log('info', 'task-accepted', detailsOf(task));
  const { outcome, answer: said, status } = await perform(task, work);
  const isTold = outcome === 'taken' || outcome === 'final';
  const seconds = (Date.now() - start) / 1000;
  log(isTold ? 'info' : 'warning', 'task-done', {
    ...detailsOf(task),
    status,
    callback: outcome,
    answer: said,
    seconds,
  });
  if (outcome === 'lost') return answer(503, 'The result could not be sent.');
  done.set(key, Date.now());
  return answer(200);
};

const tooLate =
  'The check did not end within the time limit of the function. Give the function more time, or more memory, with which it is faster.';

const perform = async (
  task: Task,
  { settings, context, tools: { program, log } }: Work,
): Promise<Performed & { readonly status: string }> => {
  const tell = tellerOf(settings.hosts, log);
  const judge: JudgeTools = {
    ...(await judgeTools(settings, program)),
    onCheckFailed: (_, end) => log('warning', 'check-failed', { ...detailsOf(task), end }),
  };
  const left = context.getRemainingTimeInMillis();
  let status = 'failed';
  const performed = await performTask({
    task,
    tell: (body, signal) => tell(task, body, signal),
    // The last moments are for the answer.
    deadline: Date.now() + Math.floor(left - Math.min(1000, left / 10)),
    margin: Math.floor(Math.min(30_000, left / 3)),
    tooLate,
    heartbeat: 240_000,
    stopped: new AbortController().signal,
    judge: (signal) => judgeTask(task, judge, signal),
    keep: async (payload) => {
      status = payload.status;
    },
    log: (event, details) => log('warning', event, { ...detailsOf(task), ...details }),
  });
  return { ...performed, status };
};
