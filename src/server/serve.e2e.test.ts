import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Header, create } from 'tar';
import {
  type GivenRun,
  type HcpDouble,
  type Json,
  type Run,
  makeCertificate,
  postOnce,
  startDouble,
} from './hcp-double.test-support.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = `${root}bin/rds-auth-policy.js`;
const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const key = 'key-of-the-run-task';
const previousKey = 'key-before-that';

// A busy machine takes its time.
jest.setTimeout(120_000);

let certificate: ReturnType<typeof makeCertificate>;
let double: HcpDouble;
const started: ChildProcess[] = [];

beforeAll(async () => {
  if (!existsSync(`${root}dist/cli/main.cjs`)) throw new Error('These tests run what npm run build has built.');
  certificate = makeCertificate(folder);
  double = await startDouble(certificate);
});

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  double.close();
  rmSync(folder, { recursive: true, force: true });
});

type Serving = {
  readonly child: ChildProcess;
  readonly base: string;
  readonly url: string;
  readonly log: () => string;
};

/** Starts the built program. It knows the double by its certificate, as it would know a private installation. */
const start = async (
  stateDirectory: string,
  args: readonly string[] = [],
  port = 0,
  more: Readonly<Record<string, string>> = {},
): Promise<Serving> => {
  const hosts = [double.host, double.store].flatMap((host) => ['--allow-host', host]);
  const argv = [program, 'serve', '--port', String(port), '--state-dir', stateDirectory, ...hosts, ...args];
  const env = {
    NODE_EXTRA_CA_CERTS: certificate.cert,
    RDS_AUTH_POLICY_HMAC_KEY: key,
    RDS_AUTH_POLICY_HMAC_KEY_PREVIOUS: previousKey,
    ...more,
  };
  const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  for (let tries = 0; !text.includes('"listening"'); tries += 1) {
    if (tries > 200) throw new Error(`It does not start: ${text}`);
    await setTimeout(50);
  }
  const listening: Json = JSON.parse(text.split('\n').find((line) => line.includes('"listening"')) ?? '');
  const base = `http://127.0.0.1:${listening.port}`;
  return { child, base, url: `${base}/runtask`, log: () => text };
};

/** The archive of a configuration, as the API gives it. */
const archiveOf = (directory: string, prefix: string): Buffer =>
  create({ cwd: `${root}${directory}`, prefix, gzip: true, sync: true, portable: true }, ['main.tf']).read() as Buffer;

const evilArchive = (): Buffer => {
  const head = Buffer.alloc(512);
  new Header({ path: '../../escaped.tf', size: 0, type: 'File', mode: 0o644 }).encode(head, 0);
  return gzipSync(Buffer.concat([head, Buffer.alloc(1024)]));
};

const broken = join(folder, 'no-hcl');
mkdirSync(broken);
writeFileSync(join(broken, 'main.tf'), 'resource "aws_db_instance" "orders" {\n  engine = "mysql\n}\n');

const brokenPlan = readFileSync(`${root}examples/orders/plan.json`);
const fixedPlan = readFileSync(`${root}examples/orders-fixed/plan.json`);
const binaryPlan = readFileSync(`${root}testdata/scenarios/mistake-tls-off/plan.tfplan`);
const configuration = archiveOf('examples/orders', 'infra');
const fixed = archiveOf('examples/orders-fixed', '');
const inInfra = { workspace_working_directory: 'infra' };

/** Lines of the log with an event, or all. */
const logged = (server: Serving, event: string): readonly Json[] =>
  server
    .log()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes(event))
    .map((line) => JSON.parse(line));

const lastOf = (run: Run): Json => run.callbacks.at(-1)?.data ?? {};
const messageOf = (run: Run): string => lastOf(run).attributes?.message ?? '';
const outcomesOf = (run: Run): readonly Json[] => lastOf(run).relationships?.outcomes.data ?? [];
const finals = (run: Run): number => run.callbacks.filter(({ data }) => data.attributes.status !== 'running').length;

describe('the server', () => {
  const state = join(folder, 'state');
  let server: Serving;
  const runs: Run[] = [];

  beforeAll(async () => {
    const rules = join(folder, 'strict.yaml');
    writeFileSync(rules, 'rules:\n  - policy: password-in-configuration\n    enforcement: mandatory\n');
    const more = [
      '--organization',
      `strict=${rules}`,
      '--public-url',
      'https://rds.example.com/',
      '--max-plan-mb',
      '1',
    ];
    server = await start(state, [...more, '--concurrency', '3', '--check-seconds', '60']);
  });

  const perform = async (given: GivenRun, by = key): Promise<Run> => {
    const run = double.start(given);
    runs.push(run);
    await double.post(run, server.url, by);
    await run.ended;
    return run;
  };

  test('judges a plan with its configuration, and asks as often as it must', async () => {
    const run = await perform({
      stage: 'post_plan',
      plan: brokenPlan,
      configuration,
      planAnswers: [204, 429, 503],
      payload: inInfra,
    });
    expect(run.status).toBe('failed');
    expect(run.transcript.filter((line) => !line.includes('configuration'))).toEqual([
      'POST 200',
      ...['GET plans 204', 'PATCH task-results 200'].sort(
        (a, b) => run.transcript.indexOf(a) - run.transcript.indexOf(b),
      ),
      'GET plans 429',
      'GET plans 503',
      'GET plans 307',
      'GET plan from the store 200',
      'PATCH task-results 200',
    ]);
    expect(run.transcript).toContain('GET configuration-versions 302');
    expect(run.transcript).toContain('GET configuration from the store 200');
    expect(run.callbacks.map(({ data }) => data.attributes.status)).toEqual(['running', 'failed']);
    expect(messageOf(run)).toMatch(/1 cannot.*1 mandatory/);
    const [way, first] = outcomesOf(run);
    expect(way.attributes.description).toMatch(
      /^aws_iam_role\.service → .* cannot log in: grant: .*\(infra\/main\.tf:197\)$/,
    );
    expect(way.attributes.body).toContain('**Fix:**');
    expect(messageOf(run)).toContain(' aws_iam_role_policy.service_connect (infra/main.tf:197): names the name');
    expect(first.attributes).toMatchObject({
      'outcome-id': 'connect-arn-not-resource-id',
      tags: { Status: [{ label: 'Failed', level: 'error' }], Severity: [{ label: 'High', level: 'error' }] },
    });
    expect(first.attributes.body).toContain('infra/main.tf:197');
    expect(first.attributes.body).toContain('**Fix:**');
    expect(outcomesOf(run)).toHaveLength(9);
  });

  test('says by what it judges', () => {
    const lines: readonly Json[] = server
      .log()
      .split('\n')
      .filter((line) => line.includes('"configuration"'))
      .map((line) => JSON.parse(line));
    const hash = createHash('sha256')
      .update(readFileSync(join(folder, 'strict.yaml')))
      .digest('hex');
    expect(server.log()).toContain('"event":"hmac-key-short"');
    expect(lines.map(({ event, file, hash: said }) => [event, file, said])).toEqual([
      ['configuration', join(folder, 'strict.yaml'), `sha256:${hash}`],
    ]);
  });

  test('keeps the report behind an address that nobody can guess', async () => {
    const { url } = lastOf(runs[0] as Run).attributes;
    expect(url).toMatch(/^https:\/\/rds\.example\.com\/reports\/[\w-]{43}$/);
    const read = async (name: string) => fetch(`${server.base}/reports/${name}`);
    const page = await read(url.split('/').at(-1));
    expect([page.status, page.headers.get('referrer-policy'), page.headers.get('cache-control')]).toEqual([
      200,
      'no-referrer',
      'no-store',
    ]);
    const html = await page.text();
    expect(html).toContain('connect-arn-not-resource-id');
    expect(html).not.toContain(folder);
    expect(html).toContain('server/no-configuration.yaml');
    for (const { attributes } of outcomesOf(runs[0] as Run))
      expect(html).toContain(`id="${attributes.url.split('#')[1]}"`);
    expect((await read('x'.repeat(43))).status).toBe(404);
    expect((await read('..%2f..%2ftasks')).status).toBe(404);
    expect(readdirSync(join(state, 'reports')).join()).not.toContain(url.split('/').at(-1));
  });

  test.each<[string, GivenRun, string, RegExp]>([
    [
      'a plan that is right, before apply',
      { stage: 'pre_apply', plan: fixedPlan, configuration: fixed },
      'passed',
      /All 3 ways in work/,
    ],
    [
      'a plan without configuration',
      { stage: 'post_plan', plan: fixedPlan },
      'passed',
      /The configuration could not be downloaded.*judged without it/,
    ],
    [
      'a plan whose configuration is elsewhere',
      { stage: 'post_plan', plan: fixedPlan, configuration: fixed, payload: { workspace_working_directory: 'gone' } },
      'passed',
      /no Terraform files in the working directory of the workspace, "gone"\./,
    ],
    [
      'a working directory that leads out',
      { stage: 'post_plan', plan: fixedPlan, configuration: fixed, payload: { workspace_working_directory: '../..' } },
      'passed',
      /leads out/,
    ],
    [
      'a configuration before the plan',
      { stage: 'pre_plan', configuration, payload: inInfra },
      'failed',
      /1 of 3 ways in cannot work/,
    ],
    [
      'no configuration before the plan',
      { stage: 'pre_plan', payload: { configuration_version_download_url: null } },
      'failed',
      /cannot be downloaded/,
    ],
    [
      'an archive that leads out of itself',
      { stage: 'post_plan', plan: fixedPlan, configuration: evilArchive() },
      'failed',
      /leads out of it/,
    ],
    [
      'an archive that is none',
      { stage: 'post_plan', plan: fixedPlan, configuration: Buffer.from('<html>') },
      'failed',
      /damaged/,
    ],
    ['a stage after apply', { stage: 'post_apply', plan: fixedPlan }, 'failed', /asked for post_apply/],
    [
      'a stage that nobody knows',
      { stage: '](https://evil.example)', plan: fixedPlan },
      'failed',
      /asked for another one/,
    ],
    ['no plan', { stage: 'post_plan', configuration: fixed }, 'failed', /The plan could not be downloaded.*404/],
    ['no address of a plan', { stage: 'post_plan', payload: { plan_json_api_url: null } }, 'failed', /names no plan/],
    ['a plan of an old Terraform', { stage: 'post_plan', planAnswers: [422] }, 'failed', /before 0\.12/],
    [
      'an API that is down for good',
      { stage: 'post_plan', plan: fixedPlan, planAnswers: Array(6).fill(503) },
      'failed',
      /The plan could not be downloaded \(status 503\)/,
    ],
    ['a token that is over', { stage: 'post_plan', planAnswers: [401] }, 'failed', /token of the task/],
    [
      'a redirect into the network',
      { stage: 'post_plan', plan: fixedPlan, redirect: 'https://10.0.0.1/' },
      'failed',
      /private network/,
    ],
    [
      'a redirect to credentials',
      { stage: 'post_plan', plan: fixedPlan, redirect: 'https://169.254.169.254/' },
      'failed',
      /private network/,
    ],
    [
      'a redirect to http',
      { stage: 'post_plan', plan: fixedPlan, redirect: 'http://archivist.terraform.io/' },
      'failed',
      /https/,
    ],
    ['a redirect to nowhere', { stage: 'post_plan', plan: fixedPlan, redirect: 'https://' }, 'failed', /https/],
    [
      'a temporary address that is over',
      { stage: 'post_plan', plan: fixedPlan, storeAnswers: [403] },
      'passed',
      /ways in work/,
    ],
    [
      'a plan that breaks off at first',
      { stage: 'post_plan', plan: fixedPlan, configuration: fixed, storeAnswers: ['half'] },
      'passed',
      /All 3 ways in work/,
    ],
    [
      'what is no plan',
      { stage: 'post_plan', plan: '<html>hunter2-canary</html>' },
      'failed',
      /^The question could not be answered\. The plan: This is an HTML or XML page, perhaps the error page of a download\.$/,
    ],
    [
      'a configuration that is no HCL',
      {
        stage: 'pre_plan',
        configuration: create({ cwd: broken, gzip: true, sync: true, portable: true }, ['main.tf']).read() as Buffer,
      },
      'failed',
      /^The question could not be answered\. main\.tf:2: Invalid multi-line string\.$/,
    ],
    [
      'a plan that is too large',
      { stage: 'post_plan', plan: `{"a":"${'x'.repeat(1 << 20)}"}` },
      'failed',
      /larger than 1 MiB/,
    ],
    [
      'an organization with rules of its own',
      { stage: 'post_plan', plan: fixedPlan, configuration: fixed, payload: { organization_name: 'strict' } },
      'failed',
      /mandatory/,
    ],
    [
      'a callback that fails at first',
      { stage: 'post_plan', plan: fixedPlan, callbackAnswers: [500, 429] },
      'passed',
      /ways in work/,
    ],
    [
      'a callback that redirects',
      { stage: 'post_plan', plan: brokenPlan, callbackAnswers: [307] },
      'failed',
      /1 mandatory/,
    ],
    [
      'an advisory task',
      { stage: 'post_plan', plan: brokenPlan, payload: { task_result_enforcement_level: 'advisory' } },
      'failed',
      /the run goes on/,
    ],
    ['a binary plan', { stage: 'post_plan', plan: binaryPlan }, 'failed', /is not its JSON/],
    [
      'a caller that refuses outcomes',
      { stage: 'post_plan', plan: brokenPlan, refusesOutcomes: true },
      'failed',
      /1 mandatory/,
    ],
    [
      'a caller that refuses outcomes, after it could not be reached',
      { stage: 'post_plan', plan: brokenPlan, refusesOutcomes: true, callbackAnswers: [503] },
      'failed',
      /1 mandatory/,
    ],
    [
      'a caller that takes no outcomes',
      { stage: 'post_plan', plan: brokenPlan, payload: { capabilities: undefined } },
      'failed',
      /1 mandatory/,
    ],
  ])('ends once, with %s', async (_, given, status, message) => {
    const run = await perform(given);
    expect([run.status, finals(run)]).toEqual([status, 1]);
    expect(messageOf(run)).toMatch(message);
    expect(run.transcript).not.toContain('the token went to the store');
    const faults = run.transcript.filter((line) => line.startsWith('fault'));
    expect(faults).toEqual(given.refusesOutcomes === true ? ['fault: outcomes'] : []);
    if (given.refusesOutcomes === true) expect(outcomesOf(run)).toEqual([]);
  });

  test('sends no outcomes to who does not take them', () => {
    const run = runs.find(({ given }) => Object.hasOwn(given.payload ?? {}, 'capabilities'));
    expect(lastOf(run as Run)).not.toHaveProperty('relationships');
  });

  test('follows no redirect of a callback', () => {
    const run = runs.find(({ given }) => given.callbackAnswers?.[0] === 307);
    expect(run?.transcript.filter((line) => line.includes('PATCH'))).toEqual([
      'PATCH task-results 200',
      'PATCH task-results 307',
      'PATCH task-results 200',
    ]);
  });

  test('is content where the caller has a result already', async () => {
    const run = double.start({ stage: 'post_plan', plan: fixedPlan, callbackAnswers: [409] });
    await double.post(run, server.url, key);
    for (let tries = 0; !server.log().includes('"callback":"final"') && tries < 100; tries += 1) await setTimeout(50);
    expect(run.transcript.filter((line) => line.startsWith('PATCH'))).toEqual([
      'PATCH task-results 200',
      'PATCH task-results 409',
    ]);
  });

  test.each([401, 403, 404])(
    'says that a caller refuses to be told (%i), and tells it nothing else',
    async (status) => {
      const run = double.start({ stage: 'post_plan', plan: brokenPlan, callbackAnswers: [status] });
      await double.post(run, server.url, key);
      const isOver = () => logged(server, 'task-done').some(({ task }) => task === `taskrs-${run.id}`);
      for (let tries = 0; !isOver() && tries < 200; tries += 1) await setTimeout(50);
      const lines = logged(server, '').filter(({ task }) => task === `taskrs-${run.id}`);
      expect(lines.slice(1)).toMatchObject([
        { level: 'warning', event: 'callback-failed', try: 1, answer: String(status) },
        { level: 'warning', event: 'task-done', status: 'failed', callback: 'refused', answer: String(status) },
      ]);
      expect(run.transcript.filter((line) => line.startsWith('PATCH'))).toEqual([
        'PATCH task-results 200',
        `PATCH task-results ${status}`,
      ]);
    },
  );

  test('takes the key before the last', async () => {
    expect((await perform({ stage: 'post_plan', plan: fixedPlan }, previousKey)).transcript[0]).toBe('POST 200');
  });

  test('does once what is posted many times', async () => {
    const run = double.start({ stage: 'post_plan', plan: fixedPlan });
    await Promise.all(Array.from({ length: 5 }, () => double.post(run, server.url, key)));
    await run.ended;
    await double.post(run, server.url, key);
    await setTimeout(500);
    expect([finals(run), run.transcript.filter((line) => line === 'GET plans 307')]).toEqual([1, ['GET plans 307']]);
  });

  const sign = (body: string): string => createHmac('sha512', key).update(body).digest('hex');
  const bodyOf = (given: GivenRun): string => JSON.stringify(double.payloadOf(double.start(given)));

  test.each<[string, () => string, (body: string) => string, number]>([
    [
      'a verification with a stage',
      () => JSON.stringify({ payload_version: 1, access_token: 'test-token', stage: 'test' }),
      sign,
      200,
    ],
    ['a verification without one', () => JSON.stringify({ payload_version: 1, access_token: 'test-token' }), sign, 200],
    ['a signature that is wrong', () => bodyOf({ stage: 'post_plan' }), () => sign('other'), 401],
    ['no signature', () => bodyOf({ stage: 'post_plan' }), () => '', 401],
    ['what is no JSON', () => '{', sign, 400],
    [
      'a foreign host',
      () => bodyOf({ stage: 'post_plan', payload: { plan_json_api_url: 'https://evil.example/api/v2/plans/1' } }),
      sign,
      403,
    ],
    [
      'two hosts',
      () => bodyOf({ stage: 'post_plan', payload: { plan_json_api_url: `https://${double.store}/api/v2/plans/1` } }),
      sign,
      403,
    ],
    ['what is too large', () => `{"a":"${'x'.repeat(2 << 20)}"}`, sign, 413],
    [
      'an old run',
      () => bodyOf({ stage: 'post_plan', payload: { run_created_at: '2021-01-01T00:00:00Z' } }),
      sign,
      403,
    ],
  ])('answers %s at once, and does nothing', async (_, body, signature, status) => {
    const before = server.log().match(/task-accepted/g)?.length;
    const text = body();
    expect(await postOnce(server.url, text, signature(text))).toBe(status);
    expect(server.log().match(/task-accepted/g)?.length).toBe(before);
  });

  test.each([
    ['/healthz', 200, /"ok"/],
    ['/healthcheck', 200, /^\{"status":"available"\}$/],
    ['/readyz', 200, /"ready"/],
    ['/metrics', 200, /^rds_auth_policy_requests_total\{status="401"\} 2$/m],
    ['/metrics', 200, /^rds_auth_policy_tasks_total\{stage="other",result="failed"\} 1$/m],
    ['/metrics', 200, /^rds_auth_policy_callback_tries_total\{answer="503"\} 1$/m],
    ['/metrics', 200, /^rds_auth_policy_task_seconds_count \d+$/m],
    ['/runtask', 405, /POST/],
    ['/', 404, /nothing/],
    ['/reports/', 404, /no such report/],
  ])('has %s', async (path, status, text) => {
    const response = await fetch(`${server.base}${path}`);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(text);
  });

  test('keeps no secret, neither in its log nor on the disk nor in what it sends', () => {
    const secrets = [key, previousKey, 'hunter2-canary', ...runs.flatMap(({ token, urlCode }) => [token, urlCode])];
    const files = readdirSync(state, { recursive: true, encoding: 'utf8' }).map((name) => join(state, name));
    const texts = [
      server.log(),
      ...files.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path, 'utf8')),
      ...runs.map(({ callbacks }) => JSON.stringify(callbacks)),
    ];
    expect(runs.length).toBeGreaterThan(20);
    expect(secrets.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
    expect(server.log()).not.toMatch(/v1\/object|crashed/);
    expect(files.filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([]);
    expect([readdirSync(join(state, 'work')), readdirSync(join(state, 'tasks'))]).toEqual([[], []]);
  });

  test('answers the request that docs/run-task.md signs by hand', () => {
    const [, script = ''] = /^```sh\n(body=[\s\S]*?)^```/m.exec(readFileSync(`${root}docs/run-task.md`, 'utf8')) ?? [];
    const ask = (given: string) =>
      spawnSync('bash', ['-euo', 'pipefail', '-c', script.replace('http://127.0.0.1:22180', server.base)], {
        env: { ...process.env, RDS_AUTH_POLICY_HMAC_KEY: given },
        encoding: 'utf8',
      });
    expect([ask(key).status, ask(key).stdout]).toEqual([0, '{}']);
    expect([ask('another').status, ask('another').stderr]).toEqual([22, expect.stringContaining('401')]);
  });

  test('keeps another server out of its directory', () => {
    const args = [program, 'serve', '--port', '0', '--state-dir', state];
    const env = { RDS_AUTH_POLICY_HMAC_KEY: key };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^rds-auth-policy serve: Another server works in the --state-dir\. Stop it first/);
    expect(existsSync(join(state, 'work'))).toBe(true);
  });

  test('stops when it is told to, and until then says so', async () => {
    const run = double.start({ stage: 'post_plan', plan: fixedPlan, planAnswers: [204] });
    await double.post(run, server.url, key);
    server.child.kill('SIGTERM');
    for (let tries = 0; !server.log().includes('"stopping"') && tries < 100; tries += 1) await setTimeout(20);
    const { url } = lastOf(runs[0] as Run).attributes;
    const pages = ['/readyz', '/healthz', new URL(url).pathname].map((path) => fetch(`${server.base}${path}`));
    expect((await Promise.all(pages)).map(({ status }) => status)).toEqual([503, 200, 200]);
    const late = JSON.stringify(double.payloadOf(double.start({ stage: 'post_plan' })));
    expect(await postOnce(server.url, late, sign(late))).toBe(503);
    const [code] = await once(server.child, 'exit');
    expect([code, run.status, server.log().includes('"stopped"')]).toEqual([0, 'passed', true]);
  });
});

test('loses nothing and does nothing twice when it is killed at work', async () => {
  const state = join(folder, 'killed');
  const first = await start(state, ['--concurrency', '4']);
  const runs = Array.from({ length: 20 }, (_, index) =>
    double.start({ stage: 'post_plan', plan: index % 2 === 0 ? fixedPlan : brokenPlan, planAnswers: [204] }),
  );
  const port = Number(new URL(first.url).port);
  const posting = runs.map((run) => double.post(run, first.url, key));
  await Promise.all(posting.slice(0, 12));
  await Promise.race(runs.map(({ ended }) => ended));
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const done = runs.filter(({ status }) => status === 'passed' || status === 'failed').length;
  expect(done).toBeLessThan(20);
  const second = await start(state, ['--concurrency', '4'], port);
  await Promise.all(posting);
  await Promise.all(runs.map(({ ended }) => ended));
  expect(runs.map(({ status }) => status)).toEqual(runs.map((_, index) => (index % 2 === 0 ? 'passed' : 'failed')));
  expect(runs.map(finals)).toEqual(runs.map(() => 1));
  await setTimeout(300);
  expect(readdirSync(join(state, 'tasks'))).toEqual([]);
  second.child.kill('SIGTERM');
  await once(second.child, 'exit');
});

test('says at once that it cannot speak to the caller', async () => {
  const server = await start(join(folder, 'untrusting'), [], 0, { NODE_EXTRA_CA_CERTS: '' });
  const run = double.start({ stage: 'post_plan', plan: fixedPlan });
  await double.post(run, server.url, key);
  for (let tries = 0; logged(server, 'callback-failed').length === 0 && tries < 100; tries += 1) await setTimeout(50);
  expect(logged(server, 'callback-failed')).toMatchObject([
    { level: 'warning', task: `taskrs-${run.id}`, answer: 'DEPTH_ZERO_SELF_SIGNED_CERT', try: 1 },
  ]);
  const metrics = await (await fetch(`${server.base}/metrics`)).text();
  expect(metrics).toMatch(/^rds_auth_policy_callback_tries_total\{answer="DEPTH_ZERO_SELF_SIGNED_CERT"\} [1-9]/m);
  server.child.kill('SIGKILL');
  await once(server.child, 'exit');
});

test('ends at once by a later signal, whichever it is', async () => {
  const server = await start(join(folder, 'two signals'), ['--grace-seconds', '600']);
  const run = double.start({ stage: 'post_plan', planAnswers: Array(1000).fill(204) });
  await double.post(run, server.url, key);
  server.child.kill('SIGTERM');
  for (let tries = 0; !server.log().includes('"stopping"') && tries < 500; tries += 1) await setTimeout(20);
  await setTimeout(1500);
  server.child.kill('SIGINT');
  expect(await once(server.child, 'exit')).toEqual([null, 'SIGINT']);
});

test('takes two signals at once, as of timeout or npm, for one', async () => {
  const server = await start(join(folder, 'one wish'));
  server.child.kill('SIGTERM');
  server.child.kill('SIGINT');
  expect(await once(server.child, 'exit')).toEqual([0, null]);
});

test('starts with more work than files can be open, and says how much', async () => {
  const state = join(folder, 'much');
  const first = await start(state, ['--grace-seconds', '0']);
  const run = double.start({ stage: 'post_plan', planAnswers: Array(1000).fill(204) });
  await double.post(run, first.url, key);
  first.child.kill('SIGTERM');
  await once(first.child, 'exit');
  const [file = ''] = readdirSync(join(state, 'tasks'));
  const job: Json = JSON.parse(readFileSync(join(state, 'tasks', file), 'utf8'));
  for (let index = 0; index < 299; index += 1) {
    const other = createHash('sha1').update(String(index)).digest('hex');
    writeFileSync(join(state, 'tasks', `${other}.json`), JSON.stringify({ ...job, key: other }));
  }
  const limit = ['-c', 'ulimit -n 150 && exec "$0" "$@"', process.execPath, program, 'serve', '--port', '0'];
  const hosts = [double.host, double.store].flatMap((host) => ['--allow-host', host]);
  const env = { NODE_EXTRA_CA_CERTS: certificate.cert, RDS_AUTH_POLICY_HMAC_KEY: key };
  const child = spawn('bash', [...limit, '--state-dir', state, ...hosts], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  let log = '';
  for await (const chunk of child.stdout) {
    log += chunk;
    if (log.includes('"listening"')) break;
  }
  expect(log).toContain('"left":300');
  child.kill('SIGKILL');
});

test('goes on with others while one waits', async () => {
  const server = await start(join(folder, 'waiting'), ['--concurrency', '1']);
  const slow = double.start({ stage: 'post_plan', planAnswers: Array(1000).fill(204) });
  await double.post(slow, server.url, key);
  const others = [fixedPlan, brokenPlan].map((plan) => double.start({ stage: 'post_plan', plan }));
  for (const run of others) await double.post(run, server.url, key);
  await Promise.all(others.map(({ ended }) => ended));
  expect([slow.status, ...others.map(({ status }) => status)]).toEqual(['running', 'passed', 'failed']);
  server.child.kill('SIGKILL');
  await once(server.child, 'exit');
});

test('leaves what it cannot finish for the next start', async () => {
  const state = join(folder, 'left');
  const first = await start(state, ['--grace-seconds', '0']);
  const run = double.start({ stage: 'post_plan', plan: fixedPlan, planAnswers: [204, 204] });
  await double.post(run, first.url, key);
  first.child.kill('SIGTERM');
  const [code] = await once(first.child, 'exit');
  expect([code, finals(run), readdirSync(join(state, 'tasks')).length]).toEqual([0, 0, 1]);
  await start(state);
  await run.ended;
  expect([run.status, finals(run)]).toEqual(['passed', 1]);
});

const isRunning = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  // Where nobody waits for the orphan it stays as a zombie.
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
};

describe('a plan that is too much', () => {
  const large = join(folder, 'large.json');
  beforeAll(() => {
    execFileSync(process.execPath, [`${root}scripts/bench/make-plan.mjs`, large, '0', '1', '1500'], {
      stdio: 'ignore',
    });
  });

  test('ends with a server that is killed', async () => {
    const server = await start(join(folder, 'killed at work'));
    const run = double.start({ stage: 'post_plan', plan: readFileSync(large) });
    await double.post(run, server.url, key);
    const children = (): readonly number[] =>
      execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number))
        .flatMap(([pid = 0, parent]) => (parent === server.child.pid ? [pid] : []));
    for (let tries = 0; children().length === 0 && tries < 200; tries += 1) await setTimeout(50);
    const [check = 0] = children();
    const used = (): string => execFileSync('ps', ['-o', 'time=', '-p', String(check)], { encoding: 'utf8' }).trim();
    // Of its seconds at work, in which it looks at nothing else.
    for (let tries = 0; used() === '00:00:00' && tries < 1000; tries += 1) await setTimeout(50);
    const isThere = (): boolean => isRunning(check);
    expect([children(), isThere()]).toEqual([[check], true]);
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    for (let tries = 0; isThere() && tries < 40; tries += 1) await setTimeout(50);
    expect(isThere()).toBe(false);
  });

  test.each<[string, readonly string[], RegExp, string]>([
    [
      'takes too long',
      ['--check-seconds', '3'],
      /took more than 3 seconds and was stopped.*--check-seconds\./,
      'too long',
    ],
    ['fills the memory', ['--check-memory-mb', '64'], /more than 64 MiB of memory.*--check-memory-mb\./, 'SIGABRT'],
  ])(
    '%s, and harms no other',
    async (name, args, message, end) => {
      const server = await start(join(folder, name), args);
      const run = double.start({ stage: 'post_plan', plan: readFileSync(large) });
      await double.post(run, server.url, key);
      await run.ended;
      expect([run.status, messageOf(run)]).toEqual(['failed', expect.stringMatching(message)]);
      const said: Json = JSON.parse(
        server
          .log()
          .split('\n')
          .find((line) => line.includes('check-failed')) ?? '{}',
      );
      expect([said.end, said.run]).toEqual([end, `run-${run.id}`]);
      const other = double.start({ stage: 'post_plan', plan: fixedPlan });
      await double.post(other, server.url, key);
      await other.ended;
      expect(other.status).toBe('passed');
    },
    60_000,
  );
});

/** Starts the server as it must not start: its exit code, and what it says. */
const refused = (
  args: readonly string[],
  env: Record<string, string> = { RDS_AUTH_POLICY_HMAC_KEY: key },
  state = join(folder, 'none'),
) =>
  new Promise<readonly [number | null, string]>((resolve) => {
    const child = spawn(process.execPath, [program, 'serve', '--state-dir', state, ...args], { env });
    started.push(child);
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.on('exit', (code) => resolve([code, text]));
  });

describe('it does not start, and says which option is wrong, with', () => {
  test('a port that is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const [code, said] = await refused(['--port', String(port)]);
    other.close();
    expect([code, said]).toEqual([2, expect.stringMatching(`--port ${port} is in use on 127\\.0\\.0\\.1`)]);
  });

  test('a host that is none of this machine', async () => {
    const [code, said] = await refused(['--host', '999.1.1.1', '--port', '0']);
    expect([code, said]).toEqual([2, expect.stringMatching(/--host 999\.1\.1\.1 is no address of this machine/)]);
  });

  test('a state directory that is a file', async () => {
    const [code, said] = await refused([], undefined, `${root}package.json`);
    expect([code, said]).toEqual([2, expect.stringMatching(/--state-dir .*package\.json cannot be used \(EEXIST\)/)]);
  });

  const rules = join(folder, 'wrong.yaml');
  test.each<[string, readonly string[], string, RegExp]>([
    ['no YAML', ['--config-only', rules], 'rules: [\n', /wrong\.yaml:2:1: This is not YAML/],
    ['a key that nobody knows', ['--organization', `acme=${rules}`], 'polices: []\n', /wrong\.yaml:1:1: Unknown key/],
    [
      'a policy that nobody knows',
      ['--config-only', rules],
      'rules:\n  - policy: proxy-tlss\n    enforcement: mandatory\n',
      /wrong\.yaml:2:13: There is no policy proxy-tlss/,
    ],
    [
      'policies that are not there',
      ['--config-only', rules],
      'policies:\n  - ./gone\n',
      /wrong\.yaml: .*gone: There is no such directory of policies/,
    ],
  ])('a configuration that is wrong: %s', async (_, args, text, message) => {
    writeFileSync(rules, text);
    const [code, said] = await refused([...args, '--port', '0']);
    expect([code, said]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('without a key', () => {
  test.each<[string, readonly string[], Record<string, string>, RegExp]>([
    ['it does not start', [], {}, /no HMAC key/],
    ['nor with an empty one', [], { RDS_AUTH_POLICY_HMAC_KEY: '' }, /no HMAC key/],
    ['nor with the one before alone', [], { RDS_AUTH_POLICY_HMAC_KEY_PREVIOUS: 'x' }, /no HMAC key/],
    ['nor with a file that is not there', ['--hmac-key-file', '/nowhere'], {}, /ENOENT/],
    [
      'nor with a key that is not to be',
      ['--insecure-no-hmac-key'],
      { RDS_AUTH_POLICY_HMAC_KEY: 'x' },
      /leave out one/,
    ],
  ])('%s', async (_, args, env, text) => {
    const [code, said] = await refused(args, env);
    expect(code).toBe(2);
    expect(said).toMatch(text);
  });
});

describe('where it cannot listen', () => {
  const folderOf = (name: string): string => join(folder, `${name} cannot listen`);

  /** A directory with a task that was taken on and not done. */
  const leaveWork = async (name: string): Promise<Run> => {
    const run = double.start({ stage: 'post_plan', plan: fixedPlan, planAnswers: [204, 204] });
    const server = await start(folderOf(name), ['--grace-seconds', '0']);
    await double.post(run, server.url, key);
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    return run;
  };

  test.each<[string, (port: string) => readonly string[], RegExp]>([
    ['a host that is none', () => ['--host', '999.1.1.1', '--port', '0'], /no address of this machine/],
    ['a port that is taken', (port) => ['--port', port], /is in use on/],
  ])('it ends at once, with %s, and leaves all work as it was', async (name, args, message) => {
    const [run, other] = [await leaveWork(name), await start(join(folder, `${name} for another`))];
    const theirs = double.start({ stage: 'post_plan', plan: fixedPlan, planAnswers: [204] });
    await double.post(theirs, other.url, key);
    const told = run.transcript.length;
    const hosts = [double.host, double.store].flatMap((host) => ['--allow-host', host]);
    const argv = [program, 'serve', '--state-dir', folderOf(name), ...hosts, ...args(new URL(other.base).port)];
    const begin = performance.now();
    const child = spawn(process.execPath, argv, {
      env: { RDS_AUTH_POLICY_HMAC_KEY: key },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    let [said, log] = ['', ''];
    child.stderr?.on('data', (chunk) => (said += chunk));
    child.stdout?.on('data', (chunk) => (log += chunk));
    const [code] = await once(child, 'close');
    expect([code, log]).toEqual([2, '']);
    expect(said).toMatch(message);
    // Node takes its time to start on a busy machine; whatever would hold the process would hold it for good.
    expect(performance.now() - begin).toBeLessThan(30_000);
    expect([run.transcript.length, readdirSync(join(folderOf(name), 'tasks')).length]).toEqual([told, 1]);
    await theirs.ended;
    expect(theirs.status).toBe('passed');
    other.child.kill('SIGKILL');
    await once(other.child, 'exit');
  });
});
