import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** What nobody holds is gone after it. Weak references hold on until the present turn is over. */
export const collectGarbage = async (): Promise<void> => {
  for (let turns = 0; turns < 5; turns += 1) {
    await setImmediate();
    collect();
  }
};
