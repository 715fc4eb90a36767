import { expect, test } from '@jest/globals';
import { answer, startHttps } from './https-double.test-support.ts';
import { createMetrics } from './metrics.ts';
import { tellerOf } from './teller.ts';

const task = {
  id: 'taskrs-1',
  stage: 'post_plan',
  accessToken: 'token-canary',
  planUrl: null,
  configurationUrl: null,
  workingDirectory: '',
  organization: 'acme',
  workspace: 'orders',
  runId: 'run-1',
  isMandatory: true,
  createdAt: null,
  takesOutcomes: true,
};

test('the first and every tenth failure are logged, all are counted, and nothing is that is secret', async () => {
  const double = await startHttps();
  double.script(...Array(21).fill(answer(503)), answer(200));
  const lines: string[] = [];
  const metrics = createMetrics();
  const tell = tellerOf(
    [double.host],
    (level, event, details) => lines.push(`${level} ${event} ${details?.['try']} ${JSON.stringify(details)}`),
    metrics,
  );
  const callbackUrl = `${double.origin}/api/v2/task-results/1/callback?url_code=code-canary`;
  const told = await tell({ ...task, callbackUrl }, '{}', AbortSignal.timeout(60_000));
  double.close();
  expect(told).toEqual({ outcome: 'taken', answer: '200', tries: 22 });
  expect(lines.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(
    [1, 10, 20].map((number) => `warning callback-failed ${number}`),
  );
  expect(lines[0]).toContain('"task":"taskrs-1"');
  expect(lines.join()).not.toContain('canary');
  const text = metrics.render({ tasks_waiting: 0, tasks_running: 0, resident_memory_bytes: 0 });
  expect(text.split('\n').filter((line) => line.includes('tries_total{'))).toEqual([
    'rds_auth_policy_callback_tries_total{answer="503"} 21',
    'rds_auth_policy_callback_tries_total{answer="200"} 1',
  ]);
});
