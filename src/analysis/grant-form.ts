import type { ConnectResource } from '../iam/connect-resource.ts';
import { hasVariable, hasWildcard } from '../iam/shape.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Origin } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import type { NamedEndpoint } from './grant-endpoint.ts';
import { fails } from './judgement.ts';

/** IAM compares `dbuser:RESOURCE_ID/USER` (fact 4.1): what a grant writes in another form no login has. */

export const notByColon = ({ entity }: ConnectEndpoint, origin: Origin): Judgement =>
  fails(`writes dbuser/ in front of the id of ${entity.address}; IAM compares an ARN with dbuser: there`, [origin]);

/** Where the id is wrong as well, that speaks. */
export const namesNobody = ({ endpoint, namesResourceId }: NamedEndpoint): Judgement =>
  namesResourceId.holds === false
    ? namesResourceId
    : fails(
        `names no user: IAM compares an ARN with /USER behind the resource id of ${endpoint.entity.address}`,
        namesResourceId.origins,
      );

/** Whether nothing follows the id for certain: what is not known to be an id may hold the `/USER`. */
export const endsAtId = (
  { id, user }: Extract<ConnectResource, { kind: 'arn' }>,
  { namesResourceId }: NamedEndpoint,
): boolean =>
  user === null &&
  namesResourceId.holds !== 'unknown' &&
  id.every((part) => (typeof part === 'string' ? !hasWildcard(part) && !hasVariable(part) : !('computed' in part)));
