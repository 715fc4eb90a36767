import { describe, expect, test } from '@jest/globals';
import { runMain, scenario } from './run.test-support.ts';

const plan = scenario('mistake-tls-off');

describe('model', () => {
  test('one plan is an object, and equal input gives equal bytes', async () => {
    const { code, stdout, stderr } = await runMain(['model', plan]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: '1',
      tool: { name: 'rds-auth-policy' },
      input: [{ path: plan, role: 'judged' }],
      model: {
        complete: true,
        proxies: [{ address: 'aws_db_proxy.main', judged: true, requireTls: { kind: 'absent' } }],
      },
    });
    expect((await runMain(['model', plan])).stdout).toBe(stdout);
  });

  test('values keep their origin and what they refer to', async () => {
    const { model } = JSON.parse((await runMain(['model', plan])).stdout);
    expect(model.proxies[0].auth[0].secretArn).toMatchObject({
      kind: 'unknown',
      origin: { address: 'aws_db_proxy.main', path: expect.stringContaining('secret_arn') },
      references: [{ resource: expect.stringContaining('aws_secretsmanager_secret'), path: 'arn' }],
    });
  });

  test('context is part of it, and marked', async () => {
    const other = scenario('two-databases-mysql-document');
    const { input, model } = JSON.parse((await runMain(['model', plan, '--context', other])).stdout);
    expect(input.map(({ role }: { role: string }) => role)).toEqual(['judged', 'context']);
    const judged = (list: readonly { readonly judged: boolean }[]) => new Set(list.map((entity) => entity.judged));
    expect(judged(model.databases)).toEqual(new Set([true, false]));
    const away = model.databases.find((database: { judged: boolean }) => !database.judged);
    expect([away.id, away.origin.document]).toEqual([`@1/${away.address}`, 1]);
  });

  test('several plans are an array', async () => {
    const documents = JSON.parse((await runMain(['model', plan, scenario('mistake-no-auth')])).stdout);
    expect(documents.map(({ input }: { input: { path: string }[] }) => input[0]?.path)).toEqual([
      plan,
      scenario('mistake-no-auth'),
    ]);
  });

  test.each([
    [['model', 'none.json'], 'There is no such file.'],
    [['model', plan, 'none.json'], 'There is no such file.'],
    [['model', plan, '--context', 'none/*.json'], 'none/*.json'],
    [['model', '-'], 'JSON'],
  ])('%j has no answer', async (argv, message) => {
    const { code, stdout, stderr } = await runMain(argv, { input: '{' });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    // A report would be no model.
    expect(stdout).toBe('');
  });
});
