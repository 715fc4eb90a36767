import { listWords } from './judgement.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';

/** Which `auth` blocks an edit is for: by their secrets where there are several. */
export const blocksIn = ({ proxy, auth }: ProxyFacts, blocks: readonly LinkedAuth[]): string => {
  if (auth.length <= 1 || blocks.length === 0) return `the auth block of ${proxy.address}`;
  if (blocks.length === auth.length) return `each auth block of ${proxy.address}`;
  const plural = blocks.length === 1 ? '' : 's';
  return `the auth block${plural} of ${proxy.address} for ${listWords(blocks.map(({ secretName }) => secretName))}`;
};
