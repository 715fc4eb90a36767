import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/**
 * HCP Terraform as a run task meets it: signed requests that are repeated until they are answered with 200, plans behind
 * a temporary address, first not there (204) and then too often asked for (429), callbacks that are checked by the
 * documented limits and refused (422) after a result, and runs that end in error when nothing comes in time.
 */
export type Run = {
  readonly id: string;
  readonly token: string;
  readonly urlCode: string;
  readonly given: GivenRun;
  /** What happened, in order. */
  readonly transcript: string[];
  readonly callbacks: Json[];
  status: 'pending' | 'running' | 'passed' | 'failed' | 'errored';
  readonly ended: Promise<void>;
};

type KnownRun = Run & { readonly end: () => void; asked: number; stored: number; results: number };

type Handler = (request: IncomingMessage, response: ServerResponse, run: KnownRun) => number | Promise<number>;

export type GivenRun = {
  readonly stage: string;
  readonly plan?: string | Buffer;
  readonly configuration?: Buffer;
  /** Statuses of the API before the plan is there. */
  readonly planAnswers?: readonly number[];
  /** Where the plan redirects to, in place of the store. */
  readonly redirect?: string;
  /** Statuses of the store before it gives the plan; `half` begins to give it. */
  readonly storeAnswers?: readonly (number | 'half')[];
  /** Statuses of the first callbacks with a result. */
  readonly callbackAnswers?: readonly number[];
  /** Refuses outcomes, as an installation with other limits may. */
  readonly refusesOutcomes?: boolean;
  readonly payload?: Json;
};

// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire has any shape, and tests look at it
export type Json = any;

export type HcpDouble = {
  readonly host: string;
  readonly store: string;
  readonly start: (given: GivenRun) => Run;
  readonly payloadOf: (run: Run) => Json;
  /** Posts as HCP Terraform does: again and again, until there is a 200. The number of tries is in the transcript. */
  readonly post: (run: Run, url: string, key: string) => Promise<void>;
  readonly close: () => void;
};

const temporary = 60_000;

export const makeCertificate = (directory: string): { readonly cert: string; readonly key: string } => {
  const [cert, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
  return { cert, key };
};

export const startDouble = async (
  certificate: { readonly cert: string; readonly key: string },
  deadline = 110_000,
): Promise<HcpDouble> => {
  const runs = new Map<string, KnownRun>();
  const objects = new Map<string, { readonly run: KnownRun; readonly bytes: Buffer; readonly until: number }>();
  const tls = { cert: readFileSync(certificate.cert), key: readFileSync(certificate.key) };

  const answer = (
    response: ServerResponse,
    status: number,
    headers: Record<string, string> = {},
    body = '',
  ): number => {
    response.writeHead(status, headers).end(body);
    return status;
  };
  const keep = (run: KnownRun, bytes: Buffer): string => {
    const name = randomBytes(16).toString('hex');
    objects.set(name, { run, bytes, until: Date.now() + temporary });
    return name;
  };
  const givePlan = (response: ServerResponse, run: KnownRun): number => {
    const { plan, planAnswers, redirect } = run.given;
    const status = planAnswers?.[run.asked];
    run.asked += 1;
    if (status === 429) return answer(response, 429, { 'x-ratelimit-limit': '30', 'x-ratelimit-reset': '0.2' });
    if (status === 503) return answer(response, 503, { 'retry-after': '0.2' });
    if (status !== undefined) return answer(response, status, {}, '{"errors":[]}');
    if (plan === undefined) return answer(response, 404);
    const location = redirect ?? `https://${store}/v1/object/${keep(run, Buffer.from(plan))}`;
    return answer(response, 307, { location });
  };
  /** What becomes of a callback; the status of the answer. */
  const judgeCallback = (text: string, run: KnownRun): number => {
    const body: Json = JSON.parse(text);
    const { status } = body.data?.attributes ?? {};
    const isResult = status !== 'running';
    // By what stands before the API, or before it has looked at the body.
    const refused = isResult ? run.given.callbackAnswers?.[run.results] : undefined;
    if (isResult) run.results += 1;
    if (refused !== undefined) return refused;
    const fault = faultOf(text, run);
    if (fault !== null) {
      run.transcript.push(`fault: ${fault}`);
      return 422;
    }
    run.callbacks.push(body);
    run.status = status;
    if (isResult) run.end();
    return 200;
  };
  const takeCallback = async (request: IncomingMessage, response: ServerResponse, run: KnownRun) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    // The query is a part of the permission.
    if (request.url?.endsWith(`?url_code=${run.urlCode}`) !== true) return answer(response, 401);
    if (request.headers['content-type'] !== 'application/vnd.api+json') return answer(response, 415);
    const status = judgeCallback(Buffer.concat(chunks).toString('utf8'), run);
    const elsewhere = status === 307 ? { location: `https://${store}/v1/object/${keep(run, Buffer.from('x'))}` } : {};
    return answer(response, status, elsewhere);
  };
  const giveConfiguration = (response: ServerResponse, run: KnownRun): number => {
    const { configuration } = run.given;
    if (configuration === undefined) return answer(response, 404);
    return answer(response, 302, { location: `https://${store}/v1/object/${keep(run, configuration)}` });
  };
  const handlers: Readonly<Record<string, Handler>> = {
    plans: (_, response, run) => givePlan(response, run),
    'configuration-versions': (_, response, run) => giveConfiguration(response, run),
    'task-results': takeCallback,
  };
  const onApi = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, kind = '', id = ''] = /^\/api\/v2\/([\w-]+)\/([\w-]+)\//.exec(request.url ?? '') ?? [];
    const [run, handle] = [runs.get(id.replace(/^(plan|cv)-/, '')), handlers[kind]];
    if (run === undefined || handle === undefined) return void answer(response, 404);
    const isRight = request.headers.authorization === `Bearer ${run.token}`;
    const status = isRight ? await handle(request, response, run) : answer(response, 401);
    run.transcript.push(`${request.method} ${kind} ${status}`);
  };
  const refusalOf = (run: KnownRun, what: string): number | 'half' | undefined => {
    if (what !== 'plan') return undefined;
    run.stored += 1;
    return run.given.storeAnswers?.[run.stored - 1];
  };
  const onStore = (request: IncomingMessage, response: ServerResponse): void => {
    const object = objects.get(request.url?.replace('/v1/object/', '') ?? '');
    if (object === undefined) return void answer(response, 404);
    const { run, bytes, until } = object;
    if (request.headers.authorization !== undefined) run.transcript.push('the token went to the store');
    const what = bytes === run.given.configuration ? 'configuration' : 'plan';
    const status = refusalOf(run, what) ?? (until < Date.now() ? 403 : 200);
    run.transcript.push(`${request.method} ${what} from the store ${status}`);
    give(response, status, bytes);
  };

  const servers: Server[] = [];
  const open = async (handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> => {
    const server = createServer(tls, handler);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const host = `localhost:${await open((request, response) => void onApi(request, response))}`;
  const store = `127.0.0.1:${await open(onStore)}`;

  const payloadOf = ({ id, token, urlCode, given }: Run): Json => ({
    payload_version: 1,
    stage: given.stage,
    access_token: token,
    capabilities: { outcomes: true },
    configuration_version_download_url: `https://${host}/api/v2/configuration-versions/cv-${id}/download`,
    configuration_version_id: `cv-${id}`,
    is_speculative: false,
    organization_name: 'acme',
    ...(given.stage === 'pre_plan' ? {} : { plan_json_api_url: `https://${host}/api/v2/plans/plan-${id}/json-output` }),
    run_app_url: `https://${host}/app/acme/orders/runs/run-${id}`,
    run_created_at: new Date().toISOString(),
    run_created_by: 'alice',
    run_id: `run-${id}`,
    run_message: 'Triggered via UI',
    task_result_callback_url: `https://${host}/api/v2/task-results/${id}/callback?url_code=${urlCode}`,
    task_result_enforcement_level: 'mandatory',
    task_result_id: `taskrs-${id}`,
    vcs_branch: null,
    workspace_id: 'ws-1',
    workspace_name: 'orders',
    workspace_working_directory: null,
    ...given.payload,
  });

  return {
    host,
    store,
    payloadOf,
    start: (given) => {
      const id = randomBytes(8).toString('hex');
      let end = (): void => {};
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      const secrets = { token: `token.${randomBytes(12).toString('hex')}`, urlCode: randomBytes(12).toString('hex') };
      const run = { id, ...secrets, given, transcript: [], callbacks: [], status: 'pending' as Run['status'], ended };
      const kept = Object.assign(run, { end, asked: 0, stored: 0, results: 0 });
      runs.set(id, kept);
      setTimeout(deadline, undefined, { ref: false }).then(() => {
        if (kept.status === 'pending' || kept.status === 'running') kept.status = 'errored';
        end();
      });
      return run;
    },
    post: async (run, url, key) => {
      const body = JSON.stringify(payloadOf(run));
      const signature = createHmac('sha512', key).update(body).digest('hex');
      for (let tries = 1; tries <= 40; tries += 1) {
        const status = await postOnce(url, body, signature);
        run.transcript.push(`POST ${status}`);
        if (status === 200) return;
        await setTimeout(250);
      }
    },
    close: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
};

const give = (response: ServerResponse, status: number | 'half', bytes: Buffer): void => {
  if (status !== 'half') return void response.writeHead(status).end(status === 200 ? bytes : undefined);
  response.writeHead(200, { 'content-length': String(bytes.length) });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
};

/** The status, or 0 where nobody answers. */
export const postOnce = async (url: string, body: string | Uint8Array, signature: string): Promise<number> => {
  const headers = { 'Content-Type': 'application/json', 'X-TFC-Task-Signature': signature };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'User-Agent': 'TFC/1.0' },
      body: body as string,
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
};

const isText = (value: unknown, most: number): boolean =>
  typeof value === 'string' && value !== '' && value.length <= most;
const isAddress = (value: unknown): boolean =>
  value === undefined || (isText(value, 500) && /^https?:\/\//.test(String(value)));

/** What is wrong with a callback, by the documentation and the narrower of its schemas. */
const faultOf = (text: string, run: Run): string | null => {
  if (run.status === 'passed' || run.status === 'failed') return 'after the result';
  if (Buffer.byteLength(text) > 1 << 20) return 'larger than 1 MB';
  const { data }: Json = JSON.parse(text);
  if (data?.type !== 'task-results') return 'type';
  const { status, message, url } = data.attributes;
  if (!['running', 'passed', 'failed'].includes(status)) return 'status';
  if (!isText(message, 1000) || !isAddress(url)) return 'message or url';
  if (data.relationships === undefined) return null;
  const outcomes = data.relationships.outcomes.data;
  if (run.given.refusesOutcomes === true) return 'outcomes';
  if (!Array.isArray(outcomes) || outcomes.length === 0 || outcomes.length > 250) return 'number of outcomes';
  return outcomes.map(outcomeFault).find((fault) => fault !== null) ?? null;
};

const outcomeFault = ({ type, attributes }: Json): string | null => {
  if (type !== 'task-result-outcomes') return 'type of an outcome';
  if (!isText(attributes['outcome-id'], 64)) return 'outcome-id';
  if (!isText(attributes.description, 1000) || attributes.description.includes('\n')) return 'description';
  if (!isText(attributes.body, 10_000) || !isAddress(attributes.url)) return 'body or url';
  const tags = Object.entries<Json>(attributes.tags ?? { left_out: [] });
  return tags.length === 0 || tags.length > 10 || !tags.every(isTag) ? 'tags' : null;
};

const levels = ['none', 'info', 'warning', 'error'];

const isTag = ([key, tags]: [string, Json]): boolean =>
  /^[A-Za-z_]\w*$/.test(key) &&
  Array.isArray(tags) &&
  tags.every(({ label, level }) => isText(label, 32) && levels.includes(level));
