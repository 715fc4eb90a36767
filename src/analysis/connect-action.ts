import { coversAction } from '../iam/shape.ts';
import type { IamPatterns } from '../model/iam.ts';
import { literal } from '../model/value.ts';

/** How a statement stands to `rds-db:connect`. */
export type ConnectAction = {
  /** `any` is an administrator's `*`; `misspelt` is meant to be it and is not. */
  readonly kind: 'connect' | 'any' | 'misspelt' | 'unknown' | 'none';
  /** The action as it is written. */
  readonly text: string;
};

const connect = 'rds-db:connect';

export const classifyActions = (actions: IamPatterns): ConnectAction => {
  const texts = actions.patterns.flatMap((pattern) => literal(pattern) ?? []);
  if (actions.negated)
    return { kind: texts.some((text) => coversAction(text, connect)) ? 'none' : 'any', text: 'NotAction' };
  const covering = texts.filter((text) => coversAction(text, connect));
  const exact = covering.find((text) => text.includes(':') && !text.startsWith('*:'));
  if (exact !== undefined) return { kind: 'connect', text: exact };
  if (covering[0] !== undefined) return { kind: 'any', text: covering[0] };
  const wrong = texts.find(isMisspelling);
  if (wrong !== undefined) return { kind: 'misspelt', text: wrong };
  const complete = actions.complete && actions.patterns.every(({ kind }) => kind === 'known');
  return { kind: complete ? 'none' : 'unknown', text: '' };
};

/** Services that people write for `rds-db`; `rds` itself has no action with `connect` in it (fact 4.14). */
const services = new Set([
  'rds',
  'rds-db',
  'rds-data',
  'rds_db',
  'rdsdb',
  'rds-iam',
  'rds-proxy',
  'rdsproxy',
  'db-rds',
  'aws-rds-db',
]);

const isMisspelling = (text: string): boolean => {
  const [service = '', action = ''] = text.toLowerCase().split(':');
  if (service === 'rds-db') return !coversAction(text, connect);
  return services.has(service) && action.includes('connect');
};
