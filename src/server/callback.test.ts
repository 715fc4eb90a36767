import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CallbackTry, callBack } from './callback.ts';
import { type HttpsDouble, type Step, answer, reset, startHttps } from './https-double.test-support.ts';

let double: HttpsDouble;
beforeAll(async () => {
  double = await startHttps();
});
afterAll(() => double.close());

const callWith = async (
  steps: readonly Step[],
  { hosts = [double.host], signal = AbortSignal.timeout(10_000), result = '1' } = {},
) => {
  double.script(...steps);
  const tries: CallbackTry[] = [];
  const url = `${double.origin}/api/v2/task-results/${result}/callback?url_code=secret`;
  const onTry = (tried: CallbackTry): void => void tries.push(tried);
  return { told: await callBack({ url, token: 'token', hosts, signal, onTry }, '{"data":{}}'), tries };
};

test('is one PATCH with the body as it is, its type and the token', async () => {
  const seen: string[] = [];
  const { told, tries } = await callWith([
    (request, response) => {
      const { authorization, 'content-type': type, 'content-length': length } = request.headers;
      seen.push(`${authorization} ${type} ${length}`);
      response.writeHead(200).end();
    },
  ]);
  expect(told).toEqual({ outcome: 'taken', answer: '200', tries: 1 });
  expect(tries).toEqual([{ number: 1, answer: '200', isFailed: false }]);
  expect(double.asked).toEqual(['PATCH /api/v2/task-results/1/callback?url_code=secret Bearer token']);
  expect(seen).toEqual(['Bearer token application/vnd.api+json 11']);
});

test.each<[number, string]>([
  [204, 'taken'],
  [307, 'unfit'],
  [400, 'unfit'],
  [401, 'refused'],
  [403, 'refused'],
  [404, 'refused'],
  [409, 'final'],
  [422, 'unfit'],
])('after status %i it is over: %s', async (status, outcome) => {
  const { told } = await callWith([answer(status, '', { location: `${double.origin}/elsewhere` })]);
  expect(told).toEqual({ outcome, answer: String(status), tries: 1 });
  expect(double.asked).toHaveLength(1);
});

test('what may pass is tried again, and each try is heard of', async () => {
  const { told, tries } = await callWith([reset, answer(503), answer(429), answer(200)]);
  expect(told).toEqual({ outcome: 'taken', answer: '200', tries: 4 });
  expect(tries.map(({ answer: said, isFailed }) => [said, isFailed])).toEqual([
    ['ECONNRESET', true],
    ['503', true],
    ['429', true],
    ['200', false],
  ]);
});

test('what does not pass is tried until the end, and the last answer is known', async () => {
  const end = new AbortController();
  const { told, tries } = await callWith([answer(500), answer(500), () => end.abort()], { signal: end.signal });
  expect(told).toEqual({ outcome: 'lost', answer: '500', tries: 3 });
  expect(tries).toHaveLength(2);
});

test('a request that nobody waits for any more is no failure of the caller', async () => {
  const { told, tries } = await callWith([() => {}], { signal: AbortSignal.timeout(100) });
  expect([told, tries]).toEqual([{ outcome: 'lost', answer: 'none', tries: 1 }, []]);
});

test('a private network is not tried twice', async () => {
  // A request of the test before may still arrive.
  const { told, tries } = await callWith([answer(200)], { hosts: [], result: 'private' });
  expect(told).toEqual({ outcome: 'refused', answer: 'EPRIVATE', tries: 1 });
  expect([tries.length, double.asked.filter((line) => line.includes('private'))]).toEqual([1, []]);
});
