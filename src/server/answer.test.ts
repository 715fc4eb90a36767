import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type Server, createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type AnswerTools, answerWith } from './answer.ts';
import { createMetrics } from './metrics.ts';

const key = 'key';
const payload = JSON.stringify({
  task_result_id: 'taskrs-1',
  access_token: 'token',
  task_result_callback_url: 'https://app.terraform.io/api/v2/task-results/1/callback',
});

let server: Server;
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const start = async (given: Partial<AnswerTools> = {}) => {
  const said: unknown[][] = [];
  const metrics = createMetrics();
  const gauges = { tasks_waiting: 0, tasks_running: 0, resident_memory_bytes: 0 };
  const tools: AnswerTools = {
    path: '/runtask',
    rules: { keys: [key], hosts: [{ hostname: 'app.terraform.io', port: '' }], oldestRun: 1e9 },
    accept: async () => 'added',
    isReady: () => true,
    diskFault: async () => undefined,
    renderMetrics: () => metrics.render(gauges),
    reports: undefined,
    metrics,
    log: (...words) => said.push(words),
    ...given,
  };
  server = createServer(answerWith(tools));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  const post = (body = payload) => {
    const signature = createHmac('sha512', key).update(body).digest('hex');
    return fetch(`${base}/runtask`, { method: 'POST', body, headers: { 'X-TFC-Task-Signature': signature } });
  };
  const counted = (): readonly string[] =>
    tools
      .renderMetrics()
      .split('\n')
      .filter((line) => line.startsWith('rds_auth_policy_requests_total{'));
  return { base, port, post, said, counted, rendered: tools.renderMetrics };
};

const failing = (code: string) => async (): Promise<never> => {
  throw Object.assign(new Error('quotes hunter2'), { code });
};

describe('a task', () => {
  test('that cannot be written is not taken on, and everybody who looks can see it', async () => {
    const { post, said, counted } = await start({ accept: failing('ENOSPC') });
    const answer = await post();
    expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([
      503,
      '10',
      expect.stringMatching(/no room on the disk of the server \(ENOSPC\)/),
    ]);
    expect(said[0]).toEqual(['error', 'task-not-kept', { error: 'ENOSPC' }]);
    expect(JSON.stringify(said)).not.toContain('hunter2');
    expect(counted()).toEqual(['rds_auth_policy_requests_total{status="503"} 1']);
  });

  test('is counted where the server has a fault', async () => {
    const isReady = (): boolean => {
      throw Object.assign(new Error('quotes hunter2'), { code: 'EFAULT' });
    };
    const { post, said, counted } = await start({ isReady });
    expect((await post()).status).toBe(500);
    expect(said).toEqual([['error', 'request-crashed', { error: 'EFAULT' }]]);
    expect(counted()).toEqual(['rds_auth_policy_requests_total{status="500"} 1']);
  });

  test.each<[string, Partial<AnswerTools>]>([
    ['too many wait', { accept: async () => 'full' }],
    ['it stops', { isReady: () => false }],
  ])('is to come again later where %s', async (_, given) => {
    const { post } = await start(given);
    const answer = await post();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  });

  test('that is broken off is counted, and writes no line', async () => {
    const { port, said, counted, rendered } = await start();
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /runtask HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc');
    await setTimeout(100);
    socket.destroy();
    for (let tries = 0; counted().length === 0 && tries < 100; tries += 1) await setTimeout(20);
    expect(counted()).toEqual(['rds_auth_policy_requests_total{status="aborted"} 1']);
    expect(rendered()).toContain('rds_auth_policy_acknowledgement_seconds_count 0');
    expect(said).toEqual([]);
  });

  test('that is half here takes no room from others without end', async () => {
    const { port, post, counted } = await start();
    const sockets = Array.from({ length: 40 }, () => connect(port, '127.0.0.1'));
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.resume();
      socket.write(`POST /runtask HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n${'x'.repeat(1048000)}`);
    }
    for (let tries = 0; counted().length === 0 && tries < 100; tries += 1) await setTimeout(20);
    expect(counted()[0]).toMatch(/status="503"/);
    for (const socket of sockets) socket.destroy();
    for (let tries = 0; !counted().join().includes('aborted') && tries < 100; tries += 1) await setTimeout(20);
    await setTimeout(100);
    expect((await post()).status).toBe(200);
  });
});

describe('an address', () => {
  test('says that nothing can be written', async () => {
    const { base } = await start({ diskFault: async () => 'ENOSPC' });
    const answer = await fetch(`${base}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { status: 'nothing can be written to --state-dir', error: 'ENOSPC' },
    ]);
  });

  test.each([
    ['/healthz', 'POST', 405, 'GET, HEAD'],
    ['/runtask', 'GET', 405, 'POST'],
    ['/healthz', 'HEAD', 200, null],
    ['/constructor', 'GET', 404, null],
    ['/healthz?a=b', 'GET', 200, null],
  ])('%s by %s is %i', async (path, method, status, allow) => {
    const { base } = await start();
    const answer = await fetch(`${base}${path}`, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([status, allow]);
  });

  test.each([
    ['http://rds.example.com/healthz', 200],
    ['https://rds.example.com/healthz?a', 200],
    ['http://rds.example.com', 404],
    ['http://rds.example.com/runtask', 405],
  ])('may be whole: %s', async (path, status) => {
    const { port } = await start();
    const asked = request({ port, host: '127.0.0.1', path });
    asked.end();
    const [answer] = await once(asked, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(status);
  });
});
