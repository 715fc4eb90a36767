import { every } from '../iam/tri.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Origin, Tri } from '../model/value.ts';

export const holds = (
  reason: string,
  origins: readonly Origin[] = [],
  assumptions: readonly string[] = [],
): Judgement => ({ holds: true, reason, origins, assumptions });

export const fails = (reason: string, origins: readonly Origin[] = []): Judgement => ({
  holds: false,
  reason,
  origins,
  assumptions: [],
});

export const undecided = (reason: string, origins: readonly Origin[] = []): Judgement => ({
  holds: 'unknown',
  reason,
  origins,
  assumptions: [],
});

/** A judgement of a three-valued answer, with the words for each. */
export const judge = (
  answer: Tri,
  words: { readonly yes: string; readonly no: string; readonly unknown: string },
  origins: readonly Origin[] = [],
  assumptions: readonly string[] = [],
): Judgement => {
  if (answer === true) return holds(words.yes, origins, assumptions);
  return answer === false ? fails(words.no, origins) : undecided(words.unknown, origins);
};

/** All of them: the failing ones speak, else the unknown ones, else the last, which asks most closely. */
export const allOf = (judgements: readonly Judgement[], none = ''): Judgement => {
  const answer = every(judgements.map((judgement) => judgement.holds));
  const speaking = judgements.filter((judgement) => judgement.holds === answer);
  const reasons = unique(speaking.map((judgement) => judgement.reason).filter((reason) => reason !== ''));
  return {
    holds: answer,
    reason: reasons.slice(answer === true ? -1 : 0).join('; ') || none,
    origins: speaking.flatMap((judgement) => judgement.origins),
    assumptions: answer === true ? unique(judgements.flatMap((judgement) => judgement.assumptions)) : [],
  };
};

export const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

/** `a`, `a and b`, `a, b and c`. */
export const listWords = (items: readonly string[], joiner = 'and'): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${joiner} ${items.at(-1)}`;
