import type { DirectAccess } from './direct-access.ts';
import { listWords, unique } from './judgement.ts';

/** Those that let others in are to name the proxies alone. */
export const directAccessMend = ({ openings, proxies, groups }: DirectAccess): string => {
  const places = unique(openings.map(({ rule }) => [rule.origin.address, rule.origin.path].filter(Boolean).join('.')));
  const endpoints = listWords(
    proxies.map(({ address }) => `${address}.endpoint`),
    'or',
  );
  const lines = unique(groups.map(({ address }) => address)).map((address) => `  ${address}.id`);
  const where = places.length === 0 ? 'the security groups of the database' : listWords(places);
  const sentence = `Let clients use ${endpoints}, and let ${where} name no other group and no range but`;
  return lines.length === 0
    ? `${sentence} the security groups of ${listWords(proxies.map(({ address }) => address))}.`
    : [`${sentence}:`, ...lines].join('\n');
};
