import { matchStatement } from '../iam/evaluate.ts';
import { hasVariable, hasWildcard } from '../iam/shape.ts';
import type { IamStatement } from '../model/iam.ts';
import type { Judgement } from '../model/judgement.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import type { NamedEndpoint } from './grant-endpoint.ts';
import { fails, holds, undecided } from './judgement.ts';
import { connectRequest, denyRequest } from './targets.ts';
import type { World } from './world.ts';

/** An endpoint that `NotResource` does not take out for everyone. */
export type EndpointLeftIn = {
  readonly named: NamedEndpoint;
  /** Whether a user may log in: an exception may be for him alone. */
  readonly leavesIn: (user: string) => Judgement;
};

/** An Allow with `NotResource` is for every endpoint but those that it takes out for every user. */
export const endpointsLeftIn = (world: World, statement: IamStatement): readonly EndpointLeftIn[] =>
  world.endpoints.all.flatMap((endpoint) => {
    const namesResourceId = judgeLeftIn(world, statement, endpoint, null);
    if (namesResourceId.holds === false) return [];
    const leavesIn = (user: string): Judgement =>
      hasWildcard(user) || hasVariable(user) ? namesResourceId : judgeLeftIn(world, statement, endpoint, user);
    return [{ named: { endpoint, namesResourceId, certain: true }, leavesIn }];
  });

/** A reference in `NotResource` does not tell whom it takes out, so that no login counts as refused for it. */
const judgeLeftIn = (
  world: World,
  statement: IamStatement,
  endpoint: ConnectEndpoint,
  user: string | null,
): Judgement => {
  const { address } = endpoint.entity;
  const { origin } = statement;
  const { matches } = matchStatement(statement, denyRequest(connectRequest(world, endpoint, user)));
  if (matches === true) return holds(`NotResource does not take ${address} out`, [origin]);
  if (matches === false) return fails(`NotResource takes ${user ?? 'everyone'} at ${address} out`, [origin]);
  return undecided(`whether NotResource takes ${user ?? 'anyone'} at ${address} out is not certain`, [origin]);
};
