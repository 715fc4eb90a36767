import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Admission, type AdmissionRules, admit, largestBody } from './admit.ts';
import { codeOf, internalFault } from './error-words.ts';
import { type KeptReports, reportsPath } from './kept-reports.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Task } from './task.ts';

export type AnswerTools = {
  /** Where run tasks are posted. */
  readonly path: string;
  readonly rules: AdmissionRules;
  /** Takes a task on, so that it is not lost any more; `full` when there are too many. */
  readonly accept: (task: Task) => Promise<'added' | 'present' | 'full'>;
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

/** Answers whatever comes. */
export const answerWith =
  (tools: AnswerTools): RequestListener =>
  async (request, response) => {
    try {
      write(response, await reply(request, tools));
    } catch (error) {
      tools.log('error', 'request-crashed', { error: codeOf(error) });
      write(response, sentence(500, 'This server has an internal error.'));
    }
  };

const write = (response: ServerResponse, { status, body, headers = {} }: Reply): void => {
  // Of a body that was not read the rest must not be taken for the next request.
  const end = status === 413 ? { Connection: 'close' } : {};
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
    ...end,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
};

const sentence = (status: number, message: string): Reply => ({ status, body: `${JSON.stringify({ message })}\n` });

const reply = async (request: IncomingMessage, tools: AnswerTools): Promise<Reply> => {
  const [path = ''] = (request.url ?? '').split('?');
  if (path === tools.path) return request.method === 'POST' ? takeTask(request, tools) : onlyFor('POST');
  const read = pages[path] ?? (path.startsWith(reportsPath) ? reportPage : undefined);
  if (read === undefined) return sentence(404, 'There is nothing here.');
  return request.method === 'GET' || request.method === 'HEAD' ? read(tools, path) : onlyFor('GET');
};

const onlyFor = (method: string): Reply => ({
  ...sentence(405, `This address is for ${method} only.`),
  headers: { Allow: method },
});

type Page = (tools: AnswerTools, path: string) => Reply | Promise<Reply>;

const pages: Readonly<Record<string, Page | undefined>> = Object.assign(Object.create(null), {
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
});

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

const takeTask = async (request: IncomingMessage, tools: AnswerTools): Promise<Reply> => {
  const { metrics, log } = tools;
  const start = performance.now();
  let status = 500;
  try {
    const answer = await judgeRequest(request, tools);
    status = answer.status;
    if (status !== 200) log('warning', 'request-refused', { status, reason: answer.reason });
    return status === 200 ? { status, body: '{}' } : sentence(status, answer.reason);
  } finally {
    metrics.count('requests_total', { status: String(status) });
    metrics.observe('acknowledgement_seconds', (performance.now() - start) / 1000);
  }
};

const judgeRequest = async (
  request: IncomingMessage,
  tools: AnswerTools,
): Promise<{ status: number; reason: string }> => {
  if (!tools.isReady()) return { status: 503, reason: 'This server is stopping.' };
  const body = await readBody(request);
  if (body === null) return { status: 413, reason: `The body is larger than ${largestBody} bytes.` };
  const signature = request.headers['x-tfc-task-signature'];
  const admission = admit(Array.isArray(signature) ? signature.join(', ') : signature, body, tools.rules, new Date());
  return settle(admission, tools);
};

const settle = async (
  admission: Admission,
  { accept, log }: AnswerTools,
): Promise<{ status: number; reason: string }> => {
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

/** Null for what is too large, which is not read to its end. */
const readBody = async (request: IncomingMessage): Promise<Buffer | null> => {
  if (Number(request.headers['content-length']) > largestBody) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > largestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
