import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';

/** Whether two words name one file, be it by a link; `-` is none. */
export const isSameFile = (a: string, b: string): boolean =>
  a === b || (a !== '-' && b !== '-' && (resolve(a) === resolve(b) || realPath(a) === realPath(b)));

const realPath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
};

/** A PLAN that is given twice, or has no name. */
export const repeatedPlan = (plans: readonly string[]): string | undefined => {
  const repeated = plans.find((plan, index) => plans.findIndex((other) => isSameFile(plan, other)) < index);
  if (repeated === undefined) return plans.includes('') ? 'A PLAN has no name.' : undefined;
  return repeated === '-' ? 'Standard input (-) is given twice.' : `The PLAN ${repeated} is given twice.`;
};
