import { createHmac, timingSafeEqual } from 'node:crypto';

export type SignatureVerdict = 'right' | 'wrong' | 'unexpected';

/**
 * Whether `X-TFC-Task-Signature` is the HMAC-SHA512 of the body, in hex, by one of the keys: several, so that a key can be
 * replaced without a pause. A signature that nobody can check (`unexpected`) is a mistake in the set-up, not a pass.
 */
export const judgeSignature = (
  signature: string | undefined,
  body: Uint8Array,
  keys: readonly string[],
): SignatureVerdict => {
  const isGiven = signature !== undefined && signature !== '';
  if (keys.length === 0) return isGiven ? 'unexpected' : 'right';
  // Unequal lengths make timingSafeEqual throw.
  if (!isGiven || !/^[0-9a-f]{128}$/i.test(signature)) return 'wrong';
  const given = Buffer.from(signature, 'hex');
  // Every key is tried, so that the time does not tell which one it was.
  const matches = keys.map((key) => timingSafeEqual(given, createHmac('sha512', key).update(body).digest()));
  return matches.includes(true) ? 'right' : 'wrong';
};
