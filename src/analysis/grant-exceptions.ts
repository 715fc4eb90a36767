import { matchStatement } from '../iam/evaluate.ts';
import type { IamStatement } from '../model/iam.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import type { NamedEndpoint } from './grant-endpoint.ts';
import { holds, undecided } from './judgement.ts';
import { connectRequest, denyRequest } from './targets.ts';
import type { World } from './world.ts';

/**
 * An Allow with `NotResource` is for every endpoint but those that it takes out for every user. Where it may take out
 * some users of an endpoint, nobody is told which: that endpoint is left undecided, so that no login counts as refused.
 */
export const endpointsLeftIn = (world: World, statement: IamStatement): readonly NamedEndpoint[] =>
  world.endpoints.all.flatMap((endpoint) => {
    const { matches } = matchStatement(statement, denyRequest(connectRequest(world, endpoint, null)));
    if (matches === false) return [];
    return [
      { endpoint, namesResourceId: matches === true ? leftIn(endpoint) : open(endpoint, statement), certain: true },
    ];
  });

const leftIn = ({ entity }: ConnectEndpoint): NamedEndpoint['namesResourceId'] =>
  holds(`NotResource does not take ${entity.address} out`);

const open = ({ entity }: ConnectEndpoint, { origin }: IamStatement): NamedEndpoint['namesResourceId'] =>
  undecided(`whom NotResource takes out at ${entity.address} is not certain`, [origin]);
