import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { create } from 'tar';
import {
  type GivenRun,
  type HcpDouble,
  type Json,
  type Run,
  makeCertificate,
  startDouble,
} from './hcp-double.test-support.ts';

jest.setTimeout(30_000);

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'lambda-'));
const key = 'key-of-the-function';
const secretArn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:rds-auth-policy-a1b2c3';

// As the zip has it: nothing of this repository is near.
const file = join(folder, 'task', 'index.mjs');
let certificate: ReturnType<typeof makeCertificate>;
let double: HcpDouble;
let extension: Server;
const asked: string[] = [];

beforeAll(async () => {
  if (!existsSync(`${root}dist/lambda/index.mjs`)) throw new Error('These tests run what npm run build has built.');
  mkdirSync(join(folder, 'task'));
  cpSync(`${root}dist/lambda/index.mjs`, file);
  certificate = makeCertificate(folder);
  double = await startDouble(certificate);
  extension = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    const stage = searchParams.get('versionStage') ?? '';
    asked.push(`${searchParams.get('secretId')} ${stage} ${request.headers['x-aws-parameters-secrets-token']}`);
    const keys: Readonly<Record<string, string>> = { AWSCURRENT: key, AWSPREVIOUS: 'key-before-that' };
    response.end(JSON.stringify({ SecretString: keys[stage] }));
  });
  await new Promise<void>((resolve) => extension.listen(0, 'localhost', resolve));
});

afterAll(() => {
  double.close();
  extension.close();
  rmSync(folder, { recursive: true, force: true });
});

type Answer = { readonly statusCode: number; readonly headers: Json; readonly body: string };
type Invoked = { readonly answers: readonly Answer[]; readonly log: string };

/** Hands events to the built handler one after the other, in one process, as Lambda does. */
const invoke = async (events: readonly Json[], variables: Json = {}, seconds = 60): Promise<Invoked> => {
  const TMPDIR = mkdtempSync(join(folder, 'tmp-'));
  const EVENTS = join(TMPDIR, 'events.json');
  writeFileSync(EVENTS, JSON.stringify(events));
  const code = `
    import { readFileSync } from 'node:fs';
    const { handler } = await import(${JSON.stringify(file)});
    const answers = [];
    for (const event of JSON.parse(readFileSync(process.env.EVENTS, 'utf8'))) {
      const end = Date.now() + ${seconds * 1000};
      answers.push(await handler(event, { getRemainingTimeInMillis: () => end - Date.now(), memoryLimitInMB: '1024' }));
    }
    process.send(answers, () => process.exit());`;
  const env = {
    EVENTS,
    TMPDIR,
    NODE_EXTRA_CA_CERTS: certificate.cert,
    RDS_AUTH_POLICY_HMAC_KEY: key,
    RDS_AUTH_POLICY_ALLOW_HOST: `${double.host},${double.store}`,
    AWS_SESSION_TOKEN: 'token-of-the-role',
    ...variables,
  };
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  let answers: readonly Answer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (log += chunk));
  child.on('message', (message) => {
    answers = message as unknown as readonly Answer[];
  });
  await new Promise((resolve) => child.on('close', resolve));
  if (answers.length !== events.length) throw new Error(`The handler ended before its answer: ${log}`);
  return { answers, log };
};

type Given = { readonly path?: string; readonly stage?: string; readonly base64?: boolean; readonly by?: string };

/** A request as function URLs and HTTP APIs hand it over (payload format 2.0). */
const eventOf = (body: string, { path = '/', stage = '$default', base64 = false, by = key }: Given = {}): Json => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: path,
  rawQueryString: '',
  headers: {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    host: 'abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws',
    'user-agent': 'TFC/1.0 (+https://app.terraform.io; TFC)',
    'x-amzn-trace-id': 'Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e',
    'x-forwarded-for': '75.2.98.97',
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    'x-tfc-task-signature': createHmac('sha512', by).update(body).digest('hex'),
  },
  requestContext: {
    accountId: 'anonymous',
    apiId: 'abcdefghijklmnopqrstuvwxyz012345',
    domainName: 'abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws',
    http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '75.2.98.97', userAgent: 'TFC/1.0' },
    requestId: 'e1506fd5-9e7b-434f-bd42-4f8fa224b599',
    routeKey: '$default',
    stage,
    time: '12/Mar/2026:19:03:58 +0000',
    timeEpoch: 1773342238000,
  },
  body: base64 ? Buffer.from(body).toString('base64') : body,
  isBase64Encoded: base64,
});

const plan = readFileSync(`${root}examples/orders/plan.json`);
const fixedPlan = readFileSync(`${root}examples/orders-fixed/plan.json`);
const archiveOf = (name: string): Buffer =>
  create({ cwd: `${root}examples/${name}`, gzip: true, sync: true, portable: true }, ['main.tf']).read() as Buffer;
const configuration = archiveOf('orders');

const lastOf = (run: Run): Json => run.callbacks.at(-1)?.data ?? {};
const messageOf = (run: Run): string => lastOf(run).attributes?.message ?? '';

const startRun = (given: GivenRun): { run: Run; body: string } => {
  const run = double.start(given);
  return { run, body: JSON.stringify(double.payloadOf(run)) };
};

const verification = JSON.stringify({
  payload_version: 1,
  stage: 'test',
  access_token: 'test-token',
  capabilities: { outcomes: true },
  organization_name: 'acme',
  task_result_callback_url: 'https://app.terraform.io/api/v2/task-results/5ea8d46c-2ceb-42cd-83f2/callback',
});

test.each<[string, Given]>([
  ['of a function URL', {}],
  ['of a function URL with a body in base64', { base64: true }],
  ['of an HTTP API', { path: '/prod/runtask', stage: 'prod' }],
])('the test request %s is answered with 200', async (_, given) => {
  const { answers } = await invoke([eventOf(verification, given)]);
  expect(answers[0]).toMatchObject({ statusCode: 200, body: '{}' });
});

describe('what is refused', () => {
  const signed = eventOf(verification);
  const foreign = JSON.stringify({
    access_token: 'abc',
    task_result_id: 'taskrs-1',
    task_result_callback_url: 'https://evil.example.com/api/v2/task-results/1/callback',
  });
  const get = (path: string): Json => ({
    ...signed,
    rawPath: path,
    body: undefined,
    requestContext: { http: { method: 'GET', path } },
  });
  const cases: readonly (readonly [string, Json, number])[] = [
    ['a signature by another key', eventOf(verification, { by: 'another' }), 401],
    ['no signature', { ...signed, headers: {} }, 401],
    ['no headers', { ...signed, headers: undefined }, 401],
    ['a body that was changed', { ...signed, body: `${verification} ` }, 401],
    ['base64 that is not said to be any', { ...eventOf(verification, { base64: true }), isBase64Encoded: false }, 401],
    ['what is not JSON', eventOf('{'), 400],
    ['another host', eventOf(foreign), 403],
    ['too large a body', eventOf('x'.repeat((1 << 20) + 1)), 413],
    ['another method', get('/'), 405],
    ['the format 1.0 of payloads', { ...signed, version: '1.0' }, 500],
    ['an event of something else', { Records: [] }, 500],
  ];

  test('by table, and the function goes on', async () => {
    const { answers, log } = await invoke([...cases.map(([, event]) => event), get('/healthcheck'), signed]);
    expect(cases.map(([name], index) => [name, answers[index]?.statusCode])).toEqual(
      cases.map(([name, , status]) => [name, status]),
    );
    expect(answers.slice(-2)).toMatchObject([{ statusCode: 200, body: '{"status":"available"}' }, { statusCode: 200 }]);
    expect(log).not.toContain(key);
    expect(log).not.toContain('evil.example.com');
  });
});

test.each<[string, GivenRun, 'passed' | 'failed', RegExp]>([
  ['pre_plan', { stage: 'pre_plan', configuration }, 'failed', /cannot/],
  [
    'post_plan',
    { stage: 'post_plan', plan, configuration, planAnswers: [204, 429] },
    'failed',
    /1 cannot.*1 mandatory/,
  ],
  [
    'pre_apply',
    { stage: 'pre_apply', plan: fixedPlan, configuration: archiveOf('orders-fixed') },
    'passed',
    /All 3 ways in work/,
  ],
  ['post_apply', { stage: 'post_apply', plan: fixedPlan }, 'failed', /judges the stages pre_plan/],
])('the stage %s is judged before the answer', async (_, given, status, message) => {
  const { run, body } = startRun(given);
  const { answers, log } = await invoke([eventOf(body, { base64: true })]);
  expect(answers[0]).toMatchObject({ statusCode: 200, body: '{}' });
  // All is said when the handler is done, for then it is stopped.
  expect([run.status, lastOf(run).attributes.status]).toEqual([status, status]);
  expect(messageOf(run)).toMatch(message);
  expect(run.transcript).not.toContain('the token went to the store');
  expect(log).toContain('"event":"task-done"');
  for (const secret of [run.token, run.urlCode, key]) expect(log).not.toContain(secret);
});

test('findings have file and line', async () => {
  const { run, body } = startRun({ stage: 'post_plan', plan, configuration });
  await invoke([eventOf(body)]);
  const [, first] = lastOf(run).relationships.outcomes.data;
  expect(first.attributes['outcome-id']).toBe('connect-arn-not-resource-id');
  expect(first.attributes.body).toContain('main.tf:197');
});

test('a task that is posted again is not done again', async () => {
  const { run, body } = startRun({ stage: 'post_plan', plan: fixedPlan });
  const { answers, log } = await invoke([eventOf(body), eventOf(body)]);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  expect(run.transcript.filter((line) => line.startsWith('PATCH'))).toHaveLength(2);
  expect(log).toContain('task-repeated');
});

test('a task that another process has done changes nothing', async () => {
  const { run, body } = startRun({ stage: 'post_plan', plan: fixedPlan });
  await invoke([eventOf(body)]);
  const { answers } = await invoke([eventOf(body)]);
  expect(answers[0]?.statusCode).toBe(200);
  expect(run.callbacks.map(({ data }) => data.attributes.status)).toEqual(['running', 'passed']);
});

test('who refuses outcomes is told without them, also where it could not be reached at first', async () => {
  const { run, body } = startRun({ stage: 'post_plan', plan, refusesOutcomes: true, callbackAnswers: [503] });
  const { answers, log } = await invoke([eventOf(body)]);
  expect([answers[0]?.statusCode, run.status]).toEqual([200, 'failed']);
  expect(log).toMatch(/"callback-failed".*"answer":"503","try":1/);
  expect(log).toMatch(/"task-done".*"callback":"taken","answer":"200"/);
});

describe('the time limit', () => {
  test('a plan that does not come in time fails, and the run is told before the end', async () => {
    const { run, body } = startRun({ stage: 'post_plan', planAnswers: Array(100).fill(204) });
    const start = Date.now();
    const { answers } = await invoke([eventOf(body)], {}, 6);
    expect(Date.now() - start).toBeLessThan(6000);
    expect(answers[0]?.statusCode).toBe(200);
    expect([run.status, messageOf(run)]).toEqual(['failed', expect.stringMatching(/within the time limit/)]);
  });

  test('a limit that is far too short is no reason to say nothing', async () => {
    const { run, body } = startRun({ stage: 'post_plan', planAnswers: [204, 204, 204] });
    const { answers } = await invoke([eventOf(body)], {}, 0.9);
    expect(answers[0]?.statusCode).toBe(200);
    expect([run.status, messageOf(run)]).toEqual(['failed', expect.stringMatching(/within the time limit/)]);
  });

  test('a result that nobody takes is asked for again', async () => {
    const { run, body } = startRun({ stage: 'post_plan', plan: fixedPlan, callbackAnswers: Array(100).fill(500) });
    const { answers } = await invoke([eventOf(body)], {}, 6);
    expect([answers[0]?.statusCode, run.status]).toEqual([503, 'running']);
  });
});

describe('keys and settings', () => {
  const fromSecret = (): Json => ({
    RDS_AUTH_POLICY_HMAC_KEY: '',
    RDS_AUTH_POLICY_HMAC_SECRET: secretArn,
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String((extension.address() as AddressInfo).port),
  });
  const events = [key, 'key-before-that', 'another'].map((by) => eventOf(verification, { by }));
  const statusesWith = async (variables: Json): Promise<readonly number[]> =>
    (await invoke(events, variables)).answers.map(({ statusCode }) => statusCode);

  test('the key comes from Secrets Manager by the extension', async () => {
    expect(await statusesWith(fromSecret())).toEqual([200, 401, 401]);
    expect(asked).toContain(`${secretArn} AWSCURRENT token-of-the-role`);
    expect(asked.join()).not.toContain('AWSPREVIOUS');
  });

  test('while a key is replaced the one before is good as well', async () => {
    expect(await statusesWith({ ...fromSecret(), RDS_AUTH_POLICY_ACCEPT_PREVIOUS: 'true' })).toEqual([200, 200, 401]);
  });

  test('keys come from the environment and from files', async () => {
    const path = join(folder, 'key');
    writeFileSync(path, 'another\n');
    const variables = { RDS_AUTH_POLICY_HMAC_KEY_FILE: path, RDS_AUTH_POLICY_HMAC_KEY_PREVIOUS: 'key-before-that' };
    expect(await statusesWith(variables)).toEqual([401, 200, 200]);
  });

  test.each<[string, () => Json, RegExp]>([
    ['no key', () => ({ RDS_AUTH_POLICY_HMAC_KEY: '' }), /There is no HMAC key/],
    [
      'no extension',
      () => ({ ...fromSecret(), PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: '9' }),
      /is its layer on the function/,
    ],
    ['a word that is none', () => ({ RDS_AUTH_POLICY_UNKNOWN: 'perhaps' }), /--unknown is report or fail/],
    [
      'a file that is not there',
      () => ({ RDS_AUTH_POLICY_CONFIG_ONLY: '/gone.yaml' }),
      /names a file that is not there/,
    ],
  ])('with %s every request is 500, and the log says why', async (_, variables, message) => {
    const { answers, log } = await invoke(events, variables());
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([500, 500, 500]);
    expect(log).toMatch(message);
    expect(answers.map(({ body }) => body).join()).not.toMatch(message);
  });

  test('an organization is judged by its configuration', async () => {
    const rules = join(folder, 'task', 'strict.yaml');
    writeFileSync(rules, 'rules:\n  - policy: password-in-configuration\n    enforcement: mandatory\n');
    const variables = { RDS_AUTH_POLICY_ORGANIZATION: `other=${rules},strict=${rules}` };
    const strict = { organization_name: 'strict' };
    const [one, two] = [
      startRun({ stage: 'post_plan', plan, payload: strict }),
      startRun({ stage: 'post_plan', plan }),
    ];
    await invoke([eventOf(one.body), eventOf(two.body)], variables);
    expect(messageOf(one.run)).not.toBe(messageOf(two.run));
  });
});
