import { expect, test } from '@jest/globals';
import { slotsOf } from './slots.ts';

const never = new AbortController().signal;

test('there are as many places as were said, and the first who waits gets the first that is free', async () => {
  const slots = slotsOf(2);
  const [first, second] = [await slots.take(never), await slots.take(never)];
  const got: string[] = [];
  const third = slots.take(never).then((release) => {
    got.push('third');
    return release;
  });
  void slots.take(never).then(() => got.push('fourth'));
  await Promise.resolve();
  expect(got).toEqual([]);
  first?.();
  await third;
  expect(got).toEqual(['third']);
  second?.();
  await new Promise(setImmediate);
  expect(got).toEqual(['third', 'fourth']);
});

test('who does not wait any more takes no place', async () => {
  const slots = slotsOf(1);
  const first = await slots.take(never);
  const gone = new AbortController();
  const second = slots.take(gone.signal);
  const third = slots.take(never);
  gone.abort();
  expect([await second, await slots.take(gone.signal)]).toEqual([null, null]);
  first?.();
  expect(await third).not.toBeNull();
});
