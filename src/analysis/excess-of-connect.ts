import { parseConnectResource } from '../iam/connect-resource.ts';
import { covers } from '../iam/shape.ts';
import type { IamStatement } from '../model/iam.ts';
import type { Value } from '../model/value.ts';
import { asWritten } from './as-written.ts';
import { classifyActions } from './connect-action.ts';
import type { Excess, Excesses } from './excess.ts';
import { breadthOf } from './grant-breadth.ts';
import { endpointsInId } from './grant-endpoint.ts';
import { grantUser } from './grant-user.ts';
import type { RoleNeeds } from './role-needs.ts';
import type { World } from './world.ts';

/** With end-to-end IAM a proxy connects to its target as the users who log in; otherwise it asks for no token at all. */
export const connectExcess = (world: World, statement: IamStatement, needs: RoleNeeds): Excesses => {
  const { actions, resources, origin } = statement;
  if (needs.isShared || classifyActions(actions).kind !== 'connect') return { found: [], open: false };
  const excess = (words: string, at = origin): Excess => ({ words, of: 'connect', origin: at });
  if (needs.endToEnd === false) {
    return { found: [excess('connect to databases by IAM')], open: false };
  }
  if (needs.endToEnd === 'unknown') return { found: [], open: true };
  if (resources.negated) return { found: [excess('connect to every database as every user')], open: false };
  return {
    found: resources.patterns.flatMap((pattern) =>
      wordsFor(world, pattern, needs).map((words) => excess(words, pattern.origin)),
    ),
    open: !resources.complete || !needs.usersKnown,
  };
};

const wordsFor = (world: World, pattern: Value<string>, { targets, users }: RoleNeeds): readonly string[] => {
  if (breadthOf(world, pattern) === 'everything') return ['connect to every database as every user'];
  const resource = parseConnectResource(pattern);
  if (resource.kind !== 'arn') return [];
  const { id, idReferences } = resource;
  // What is only made from the name of a database lets nobody in.
  const named = endpointsInId(world, { id, idReferences: [] }, pattern.origin);
  const others = asWritten(world, named, pattern, idReferences).filter(
    ({ endpoint }) => endpoint.kind === 'database' && targets !== null && !targets.has(endpoint.entity.id),
  );
  const user = grantUser(resource.user);
  const name = user?.kind === 'literal' ? user.name : user?.kind === 'pattern' ? user.text : undefined;
  const isOther = name !== undefined && users !== null && ![...users].some((meant) => covers(name, [meant]) !== false);
  return [
    ...others.map(({ endpoint }) => `connect to ${endpoint.entity.address}`),
    ...(isOther ? [`connect as ${name}`] : []),
  ];
};
