import { describe, expect, test } from '@jest/globals';
import type { AllowedHost } from './addresses.ts';
import { send } from './send.ts';
import { pauseAfter, wait } from './wait.ts';

const tryHost = (host: string, hosts: readonly AllowedHost[] = []) =>
  send({ method: 'GET', url: `https://${host}/secret-path`, headers: {}, hosts, signal: AbortSignal.timeout(5000) });

describe('a request', () => {
  test.each([
    ['a name that leads into this machine', 'localhost:9'],
    ['an address of this machine', '127.0.0.1:9'],
    ['one of IPv6', '[::1]:9'],
    ['one of IPv4 in IPv6', '[::ffff:127.0.0.1]:9'],
    ['a private address', '10.0.0.1'],
    ['credentials of a cloud', '169.254.169.254'],
  ])('to %s is not made', async (_, host) => {
    await expect(tryHost(host)).rejects.toThrow(/^EPRIVATE$/);
  });

  test('to credentials of a cloud is not made, whoever allows it', async () => {
    await expect(tryHost('169.254.169.254', [{ hostname: '169.254.169.254', port: '' }])).rejects.toThrow(/^EPRIVATE$/);
  });

  test.each(['localhost', '127.0.0.1'])(
    'to %s is made where that is allowed, and its failure quotes nothing',
    async (hostname) => {
      await expect(tryHost(`${hostname}:9`, [{ hostname, port: '9' }])).rejects.toThrow(
        /^(ECONNREFUSED|AggregateError)$/,
      );
    },
  );

  test('ends with its time', async () => {
    const hosts = [{ hostname: '127.0.0.1', port: '9' }];
    const given = { method: 'GET', url: 'https://127.0.0.1:9/', headers: {}, hosts } as const;
    await expect(send({ ...given, signal: AbortSignal.abort() })).rejects.toThrow(/ABORT|Abort/);
  });
});

test.each<[number, Record<string, string>, number]>([
  [1, {}, 1000],
  [2, {}, 2000],
  [10, {}, 30_000],
  [1, { 'x-ratelimit-reset': '0.5' }, 500],
  [1, { 'x-ratelimit-reset': '0' }, 100],
  [1, { 'retry-after': '7' }, 7000],
  [1, { 'retry-after': '86400' }, 60_000],
  [3, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 4000],
  [1, { 'x-ratelimit-reset': '-1' }, 1000],
])('after %i tries, with %j, it waits %i ms', (tries, headers, milliseconds) => {
  expect(pauseAfter(tries, headers)).toBe(milliseconds);
});

test('waiting ends with its time', async () => {
  expect([await wait(1, new AbortController().signal), await wait(60_000, AbortSignal.timeout(10))]).toEqual([
    true,
    false,
  ]);
});
