import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { collectGarbage } from './collect-garbage.test-support.ts';
import { type Download, type Downloaded, download } from './download.ts';
import { type HttpsDouble, type Step, answer, reset, startHttps } from './https-double.test-support.ts';

let double: HttpsDouble;
beforeAll(async () => {
  double = await startHttps();
});
afterAll(() => double.close());

const readAll = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

const get = (steps: readonly Step[], given: Partial<Download> = {}): Promise<Downloaded<string>> => {
  double.script(...steps);
  const url = `${double.origin}/api/v2/plans/1/json-output`;
  const from = { what: 'The plan', url, token: 'token', hosts: [double.host], largestBytes: 1 << 20 };
  return download({ ...from, signal: AbortSignal.timeout(60_000), ...given }, readAll);
};

const plan = answer(200, '{"plan":1}');
const found = { ok: true, value: '{"plan":1}' };
const fault = (text: string, isTooLarge = false) => ({
  ok: false,
  fault: `The plan could not be downloaded${text}.`,
  isTooLarge,
});
const toward = (location: string, status = 307): Step => answer(status, '', { location });
const elsewhere = (): string => double.origin.replace('localhost', '127.0.0.1');
const hosts = () => [double.host, { ...double.host, hostname: '127.0.0.1' }];

/** Half of what was promised, and then the end of the connection. */
const half: Step = (_, response) => {
  response.writeHead(200, { 'content-length': '10' }).write('{"pla');
  setTimeout(() => response.destroy(), 50);
};
/** Half of it, and then nothing. */
const stalled: Step = (_, response) => void response.writeHead(200, { 'content-length': '10' }).write('{"pla');
/** Byte after byte, and never all. */
const dripping: Step = (request, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write('x'), 20);
  request.socket.on('close', () => clearInterval(timer));
};

describe('what passes', () => {
  test.each<[string, readonly Step[]]>([
    ['is there', [plan]],
    ['is not there yet', [answer(204), answer(204), plan]],
    ['was asked for too often', [answer(429), plan]],
    ['fails at first', [answer(500), answer(502), plan]],
    ['breaks off', [half, plan]],
    ['gets no answer', [reset, plan]],
  ])('a plan that %s', async (_, steps) => {
    expect(await get(steps)).toEqual(found);
    expect(double.asked).toEqual(steps.map(() => 'GET /api/v2/plans/1/json-output Bearer token'));
  });

  test('waiting is no failure, however often', async () => {
    expect(await get([...Array(12).fill(answer(204)), plan])).toEqual(found);
  });
});

describe('redirects', () => {
  test('within the host keep the token', async () => {
    expect(await get([toward('/_archivist/v1/object/x'), plan])).toEqual(found);
    expect(double.asked[1]).toBe('GET /_archivist/v1/object/x Bearer token');
  });

  test('to another port or host lose it, for good', async () => {
    const steps = [toward(`${elsewhere()}/v1/object/x`, 302), toward(`${elsewhere()}/v1/object/y`), plan];
    expect(await get(steps, { hosts: hosts() })).toEqual(found);
    expect(double.asked.slice(1)).toEqual(['GET /v1/object/x without a token', 'GET /v1/object/y without a token']);
  });

  test('behind a temporary address that is over, all is asked for again', async () => {
    const steps = [toward(`${elsewhere()}/v1/object/x`), answer(403), toward(`${elsewhere()}/v1/object/y`), plan];
    expect(await get(steps, { hosts: hosts() })).toEqual(found);
    expect(double.asked.map((line) => line.split(' ')[1])).toEqual([
      '/api/v2/plans/1/json-output',
      '/v1/object/x',
      '/api/v2/plans/1/json-output',
      '/v1/object/y',
    ]);
  });

  test('are followed three times', async () => {
    const next = toward('/next');
    expect(await get([next, next, next, plan])).toEqual(found);
    expect(await get([next])).toEqual(fault(': too many redirects'));
    expect(double.asked).toHaveLength(4);
  });

  test.each<[string, string]>([
    [
      'https://10.0.0.1/',
      '. The address leads into a private network: name that host with --allow-host if it is meant',
    ],
    ['http://archivist.terraform.io/', '. A redirect does not lead to an https address'],
    ['https://', '. A redirect does not lead to an https address'],
    ['https://archivist.terraform.io:8443/', '. A redirect leads to a port that is not allowed here'],
  ])('to %s are not', async (location, text) => {
    expect(await get([toward(location)])).toEqual(fault(text));
    expect(double.asked).toHaveLength(1);
  });
});

describe('what does not pass', () => {
  test.each<[number, string]>([
    [401, 'the token of the task is not valid any more (status 401)'],
    [404, 'there is none, or the token may not read it (status 404)'],
    [422, 'Terraform before 0.12 makes no such plan (status 422)'],
    [410, 'status 410'],
  ])('status %i is final', async (status, text) => {
    expect(await get([answer(status)])).toEqual(fault(`: ${text}`));
    expect(double.asked).toHaveLength(1);
  });

  test('status 500 is tried six times', async () => {
    expect(await get([answer(500)])).toEqual(fault(' (status 500)'));
    expect(double.asked).toHaveLength(6);
  });

  test.each<[string, Step, string]>([
    ['is never there', answer(204), ' within 0 minutes (it is not there yet)'],
    ['may never be asked for', answer(429), ' within 0 minutes (status 429)'],
  ])('a plan that %s has its time', async (_, step, text) => {
    expect(await get([step], { patience: { waiting: 1500, whole: 60_000 } })).toEqual(fault(text));
    expect(double.asked.length).toBeGreaterThanOrEqual(2);
  });

  test.each<[string, Step]>([
    ['stops in the middle', stalled],
    ['drips', dripping],
  ])('a plan that %s has its time', async (_, step) => {
    const getting = get([step], { patience: { waiting: 60_000, whole: 1500 } });
    await collectGarbage();
    expect(await getting).toEqual(fault(' within 0 minutes (it came too slowly)'));
  });

  test('it ends with the task', async () => {
    const later = answer(204, '', { 'retry-after': '30' });
    const patience = { waiting: 60_000, whole: 60_000 };
    const result = await get([later], { signal: AbortSignal.timeout(1500), patience });
    expect(result).toEqual(fault(' in time (it is not there yet)'));
  });

  test('what is too large is not asked for again', async () => {
    expect(await get([answer(200, 'x'.repeat(2 << 20))])).toEqual({
      ok: false,
      fault: 'The plan is larger than 1 MiB.',
      isTooLarge: true,
    });
    expect(double.asked).toHaveLength(1);
  });

  test('what the reader throws is thrown', async () => {
    double.script(plan);
    const url = `${double.origin}/api/v2/plans/1/json-output`;
    const from = { what: 'The plan', url, token: 'token', hosts: [double.host], largestBytes: 99 };
    const reading = download({ ...from, signal: AbortSignal.timeout(9000) }, async () => {
      throw new Error('ENOSPC');
    });
    await expect(reading).rejects.toThrow('ENOSPC');
  });
});

test('a reader that does not mind the end of its bytes is not believed', async () => {
  double.script(half, plan);
  const url = `${double.origin}/api/v2/plans/1/json-output`;
  const from = { what: 'The plan', url, token: 'token', hosts: [double.host], largestBytes: 99 };
  const careless = (bytes: AsyncIterable<Uint8Array>): Promise<string> => readAll(bytes).catch(() => 'damaged');
  expect(await download({ ...from, signal: AbortSignal.timeout(9000) }, careless)).toEqual(found);
});
