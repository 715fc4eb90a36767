import { coversAction } from '../iam/shape.ts';
import type { Entity, Principal } from '../model/auth-model.ts';
import type { IamStatement } from '../model/iam.ts';
import { literal } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { connectResource, dataSourceStep, reachNote } from './expressions.ts';
import { step, steps } from './mend-blocks.ts';
import type { PrincipalPolicies } from './principals.ts';
import type { World } from './world.ts';

const connect = 'rds-db:connect';

/** How to take `rds-db:connect` out of a Deny: the statement, an action of it, or an exception from all actions. */
export const denyMend = ({ address }: Entity, { actions }: IamStatement): string => {
  if (actions.negated) {
    return step(`In the Deny statement of ${address} add to the actions that it leaves out (NotAction, not_actions)`, [
      `"${connect}"`,
    ]);
  }
  const texts = actions.patterns.map((pattern) => literal(pattern) ?? '*');
  const covering = texts.filter((text) => coversAction(text, connect));
  const own = covering.every((text) => text.toLowerCase().startsWith('rds-db:'));
  if (own && covering.length === texts.length)
    return `In ${address} delete the statement that denies ${covering.join(' and ')}.`;
  if (own)
    return `In the Deny statement of ${address} delete the action ${covering.map((text) => `"${text}"`).join(' and ')}.`;
  return steps(
    step(`In the Deny statement of ${address} write in place of its actions, in jsonencode`, [
      `NotAction = ["${connect}"]`,
    ]),
    step('or, in a data source', [`not_actions = ["${connect}"]`]),
  );
};

/** A boundary lets through only what it allows itself; whoever cannot change it takes it off. */
export const boundaryMend = (
  world: World,
  { boundarySet: { at, value } }: PrincipalPolicies,
  { account }: Principal,
  endpoint: ConnectEndpoint,
  user: string | null,
): string => {
  const byArn = world.findPolicy(value);
  const join = byArn.kind === 'one' ? byArn : world.findPolicyByName(value);
  if (join.kind !== 'one') {
    return `In ${at.address} delete the line that sets permissions_boundary, or name there a policy that allows ${connect} on ${endpoint.entity.address}.`;
  }
  const { address } = join.entity;
  const arn = connectResource(endpoint, user ?? '*', { address, account: literal(account) });
  return steps(
    allowInBoundary(address, connect, [`"${arn}"`], reachNote(address, endpoint.entity.address)),
    ...dataSourceStep(arn),
  );
};

/** A statement for the policy that is a boundary, in both styles: whichever it is written in. */
export const allowInBoundary = (policy: string, action: string, resources: readonly string[], note = ''): string => {
  const list = resources.join(', ');
  return steps(
    step(`In the policy of ${policy} add the statement, in jsonencode${note}`, [
      '{',
      '  Effect   = "Allow"',
      `  Action   = "${action}"`,
      `  Resource = [${list}]`,
      '}',
    ]),
    step('or, in a data source', ['statement {', `  actions   = ["${action}"]`, `  resources = [${list}]`, '}']),
  );
};
