/** What one run of a policy has read that only apply will tell, and nothing has dealt with yet. */
export type UnknownReads = { readonly pending: Map<Error, string> };

const runs = new WeakMap<Error, UnknownReads>();

/** Stops whoever reads an unknown value as if it were known. */
export const unknownSignal = (reason: string, reads: UnknownReads): Error => {
  const signal = new Error(`This is known only after apply: ${reason}`);
  runs.set(signal, reads);
  reads.pending.set(signal, reason);
  return signal;
};

/** A truth, or the work to find it out. */
export type Question = boolean | (() => boolean);

/**
 * True when all of these are. False when one of them is, whatever the others: an unknown counts only where it decides.
 * Give functions: `all(() => proxy.a, () => proxy.b)`. The operator && would stop at the first unknown.
 */
export const all = (...questions: readonly Question[]): boolean => !decide(questions, false);

/** True when one of these is, whatever the others; false when all are false. The operator || would stop at the first unknown. */
export const any = (...questions: readonly Question[]): boolean => decide(questions, true);

/** Whether one of the answers is the one that decides; stops with an unknown that could be it. */
const decide = (questions: readonly Question[], deciding: boolean): boolean => {
  const open: Error[] = [];
  for (const question of questions) {
    const answer = attempt(question);
    if (answer === deciding) {
      for (const signal of open) runs.get(signal)?.pending.delete(signal);
      return true;
    }
    if (typeof answer !== 'boolean') open.push(answer);
  }
  const [first] = open;
  if (first !== undefined) throw first;
  return false;
};

const attempt = (question: Question): boolean | Error => {
  try {
    return typeof question === 'function' ? question() : question;
  } catch (error) {
    if (error instanceof Error && runs.has(error)) return error;
    throw error;
  }
};

export const isUnknownSignal = (error: unknown): boolean => error instanceof Error && runs.has(error);
