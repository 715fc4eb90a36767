import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Accepted } from './accept.ts';
import { type Admission, type AdmissionRules, admit, largestBody } from './admit.ts';
import { codeOf, internalFault } from './error-words.ts';
import type { KeptReports } from './kept-reports.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { type OwnPage, isOwnPage, reportsPath } from './own-paths.ts';
import { createBodyReader } from './read-body.ts';
import type { Task } from './task.ts';

export type AnswerTools = {
  /** Where run tasks are posted. */
  readonly path: string;
  readonly rules: AdmissionRules;
  /** Takes a task on, so that it is not lost any more; `full` when there are too many. */
  readonly accept: (task: Task) => Promise<Accepted>;
  readonly isReady: () => boolean;
  /** The code for which accepted work cannot be written; undefined where it can. */
  readonly diskFault: () => Promise<string | undefined>;
  readonly renderMetrics: () => string;
  readonly reports: KeptReports | undefined;
  readonly metrics: Metrics;
  readonly log: Log;
};

type Reply = {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Of requests that are read at a time, in bytes. */
const bodiesTogether = 32 << 20;

type Tools = AnswerTools & { readonly readBody: ReturnType<typeof createBodyReader> };

/** Answers whatever comes. */
export const answerWith = (given: AnswerTools): RequestListener => {
  const readBody = createBodyReader({ largest: largestBody, together: bodiesTogether });
  const tools = { ...given, readBody };
  return async (request, response) => {
    try {
      write(response, await reply(request, tools));
    } catch (error) {
      tools.log('error', 'request-crashed', { error: codeOf(error) });
      write(response, sentence(500, 'This server has an internal error.'));
    }
  };
};

const write = (response: ServerResponse, { status, body, headers = {} }: Reply): void => {
  // Of a body that was not read the rest must not be taken for the next request.
  const end = status === 413 || status === 503 ? { Connection: 'close' } : {};
  const later = status === 503 ? { 'Retry-After': '10' } : {};
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
    ...later,
    ...end,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
};

const sentence = (status: number, message: string): Reply => ({ status, body: `${JSON.stringify({ message })}\n` });

const reply = async (request: IncomingMessage, tools: Tools): Promise<Reply> => {
  const path = pathOf(request.url ?? '');
  if (path === tools.path) return request.method === 'POST' ? takeTask(request, tools) : onlyFor('POST');
  const read = isOwnPage(path) ? pages[path] : path.startsWith(reportsPath) ? reportPage : undefined;
  if (read === undefined) return sentence(404, 'There is nothing here.');
  return request.method === 'GET' || request.method === 'HEAD' ? read(tools, path) : onlyFor('GET, HEAD');
};

/** Proxies may ask with the whole address. */
const pathOf = (target: string): string => target.replace(/^https?:\/\/[^/?#]*/i, '').split('?')[0] || '/';

const onlyFor = (method: 'POST' | 'GET, HEAD'): Reply => ({
  ...sentence(405, `This address is for ${method.replace(', ', ' and ')} only.`),
  headers: { Allow: method },
});

type Page = (tools: AnswerTools, path: string) => Reply | Promise<Reply>;

const pages: Readonly<Record<OwnPage, Page>> = {
  '/healthz': () => ({ status: 200, body: '{"status":"ok"}' }),
  // By the scaffold of HashiCorp for run tasks.
  '/healthcheck': () => ({ status: 200, body: '{"status":"available"}' }),
  '/readyz': async ({ isReady, diskFault }: AnswerTools) => {
    if (!isReady()) return { status: 503, body: '{"status":"stopping"}' };
    const error = await diskFault();
    return error === undefined
      ? { status: 200, body: '{"status":"ready"}' }
      : { status: 503, body: JSON.stringify({ status: 'nothing can be written to --state-dir', error }) };
  },
  '/metrics': ({ renderMetrics }: AnswerTools) => ({
    status: 200,
    body: renderMetrics(),
    headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' },
  }),
};

const reportPage: Page = async ({ reports }, path) => {
  const html = await reports?.read(path.slice(reportsPath.length));
  if (html === undefined || html === null) return sentence(404, 'There is no such report, or not any more.');
  return {
    status: 200,
    body: html,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Referrer-Policy': 'no-referrer',
      'X-Frame-Options': 'DENY',
      'X-Robots-Tag': 'noindex',
    },
  };
};

const takeTask = async (request: IncomingMessage, tools: Tools): Promise<Reply> => {
  const { metrics, log } = tools;
  const start = performance.now();
  let counted = '500';
  try {
    const { status, reason } = await judgeRequest(request, tools);
    counted = reason === aborted ? 'aborted' : String(status);
    // Whoever has no key can go away as often as they like: a line for each would fill the log.
    if (status !== 200 && reason !== aborted) log('warning', 'request-refused', { status, reason });
    return status === 200 ? { status, body: '{}' } : sentence(status, reason);
  } finally {
    metrics.count('requests_total', { status: counted });
    if (counted !== 'aborted') metrics.observe('acknowledgement_seconds', (performance.now() - start) / 1000);
  }
};

type Judged = { readonly status: number; readonly reason: string };

const aborted = 'The request was broken off.';

const unread = {
  'too large': { status: 413, reason: `The body is larger than ${largestBody} bytes.` },
  busy: { status: 503, reason: 'Too many requests are being read.' },
  aborted: { status: 400, reason: aborted },
} as const;

const judgeRequest = async (request: IncomingMessage, tools: Tools): Promise<Judged> => {
  if (!tools.isReady()) return { status: 503, reason: 'This server is stopping.' };
  const body = await tools.readBody(request);
  if (typeof body === 'string') return unread[body];
  const signature = request.headers['x-tfc-task-signature'];
  const admission = admit(Array.isArray(signature) ? signature.join(', ') : signature, body, tools.rules, new Date());
  return settle(admission, tools);
};

const settle = async (admission: Admission, { accept, log }: AnswerTools): Promise<Judged> => {
  if (admission.kind === 'refused') return admission;
  if (admission.kind === 'verification') {
    log('info', 'verification');
    return { status: 200, reason: '' };
  }
  const accepted = await accept(admission.task).catch((error) => {
    const code = codeOf(error);
    log('error', 'task-not-kept', { error: code });
    return { code };
  });
  // Not taken on: the caller posts it again.
  if (typeof accepted === 'object') return { status: 503, reason: internalFault(accepted.code) };
  return accepted === 'full' ? { status: 503, reason: 'Too many tasks wait here.' } : { status: 200, reason: '' };
};
