import type { IamStatement } from '../model/iam.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Reference } from '../model/value.ts';
import { classifyActions } from './connect-action.ts';
import type { NamedEndpoint } from './grant-endpoint.ts';
import { type Spoken, theInput } from './input-words.ts';
import { undecided } from './judgement.ts';

/**
 * What a statement names that is no ARN of a login: one with another service in it or with no user, the endpoint itself,
 * or, where the plan keeps no more than references, perhaps that.
 */
export type Foreign = 'user' | 'endpoint' | 'perhaps the endpoint';

/** What a grant tells of it. */
type Meant = {
  readonly endpoint: NamedEndpoint['endpoint'];
  readonly statement: IamStatement;
  readonly namesResourceId: Judgement;
  readonly inScope: Judgement;
};

/**
 * An ARN of another service beside one that lets the same in is for another action of the statement, and one without a
 * user does no harm there (as in `[ID, ID/*]`). That of an endpoint is for another action beside one that lets anybody in,
 * where the statement has one.
 */
const isForOther = (foreign: Foreign, { endpoint, statement }: Meant, other: Meant): boolean =>
  other.inScope.holds !== false &&
  other.namesResourceId.holds !== false &&
  ((foreign !== 'perhaps the endpoint' && other.endpoint.entity.id === endpoint.entity.id) ||
    (foreign !== 'user' && hasOtherAction(statement)));

const hasOtherAction = ({ actions }: IamStatement): boolean =>
  actions.patterns.some((one) => classifyActions({ ...actions, patterns: [one], complete: true }).kind === 'none');

/** The grant, unless it is for another action of its statement. */
export const unlessForOther = <T extends Meant>(
  world: Spoken,
  grant: T,
  foreign: Foreign,
  all: readonly T[],
): readonly T[] => {
  if (!all.some((other) => isForOther(foreign, grant, other))) return [grant];
  if (foreign !== 'perhaps the endpoint') return [];
  const { origins } = grant.namesResourceId;
  const reason = `refers to the ARN of ${grant.endpoint.entity.address}; whether that is for another action of the statement is not in ${theInput(world)}`;
  return [{ ...grant, namesResourceId: undecided(reason, origins) }];
};

/** Of references alone. */
export const perhapsEndpoint = (
  { namesResourceId }: NamedEndpoint,
  references: readonly Reference[],
): Foreign | undefined =>
  namesResourceId.holds === false && references.some(({ path }) => path === 'arn' || path === 'db_instance_arn')
    ? 'perhaps the endpoint'
    : undefined;
