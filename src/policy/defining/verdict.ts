/** What a policy in TypeScript says of one subject. */
export type PolicyVerdict =
  | { readonly outcome: 'pass' }
  | { readonly outcome: 'fail'; readonly message: string }
  | { readonly outcome: 'unknown'; readonly message: string };

/** There is nothing wrong, or the policy is not about this subject. */
export const pass: PolicyVerdict = { outcome: 'pass' };

/** It is wrong. The message says what was seen, in one sentence. */
export const fail = (message: string): PolicyVerdict => ({ outcome: 'fail', message });

/** Only apply will tell. Reading an unknown value says so by itself: this is for what a policy finds out otherwise. */
export const unknown = (message: string): PolicyVerdict => ({ outcome: 'unknown', message });

/** JavaScript may return anything. */
export const isVerdict = (value: unknown): value is PolicyVerdict => {
  if (typeof value !== 'object' || value === null || !('outcome' in value)) return false;
  if (value.outcome === 'pass') return true;
  return (value.outcome === 'fail' || value.outcome === 'unknown') && 'message' in value && isText(value.message);
};

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
