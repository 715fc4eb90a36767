import { hasEffect, matchActions } from '../iam/evaluate.ts';
import { every, not, some } from '../iam/tri.ts';
import type { Principal } from '../model/auth-model.ts';
import type { IamStatement } from '../model/iam.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Tri, literal } from '../model/value.ts';
import { holds, judge, unique } from './judgement.ts';

const rdsService = 'rds.amazonaws.com';

/** Whether the trust policy lets RDS assume the role (fact 3.1). */
export const assumableByRds = (role: Principal): Judgement => {
  if (!role.managed)
    return holds('', [role.origin], [`${role.address} is read by a data source and is assumed to trust ${rdsService}`]);
  const { trust } = role;
  // One statement may be written elsewhere: in the data source that makes the document.
  const only = trust?.statements.length === 1 ? trust.statements[0] : undefined;
  const origin = only?.origin ?? trust?.origin ?? role.origin;
  const statements = trust?.statements ?? [];
  const open: readonly Tri[] = trust === null || trust.complete ? [] : ['unknown'];
  const denied = some([...statements.map((statement) => namesRds(statement, 'Deny')), ...open]);
  const answer = every([some([...statements.map((statement) => namesRds(statement, 'Allow')), ...open]), not(denied)]);
  const seen = unique(
    statements
      .filter((statement) => hasEffect(statement, 'Allow') !== false)
      .flatMap(({ principals }) => (principals?.entries ?? []).flatMap(({ id }) => literal(id) ?? [])),
  );
  return judge(
    answer,
    {
      yes: `${role.address} trusts ${rdsService}`,
      no: whyNot(role, denied, seen),
      unknown: whyOpen(role),
    },
    [origin],
  );
};

const whyNot = ({ address }: Principal, denied: Tri, seen: readonly string[]): string => {
  if (denied === true) return `the trust policy of ${address} denies ${rdsService}`;
  if (seen.includes(rdsService)) return `the trust policy of ${address} does not allow ${rdsService} sts:AssumeRole`;
  return `the trust policy of ${address} lets ${seen.join(', ') || 'nobody'} assume it, not ${rdsService}`;
};

/** What nobody can decide, and which condition that is. */
const whyOpen = ({ address, trust }: Principal): string => {
  const keys = unique((trust?.statements ?? []).flatMap(({ conditions }) => (conditions ?? []).map(({ key }) => key)));
  return keys.length === 0
    ? `the trust policy of ${address} is known after apply, or cannot be read as a whole`
    : `the trust policy of ${address} has a condition on ${keys.join(', ')}, and AWS documents none for the role of a proxy`;
};

const namesRds = (statement: IamStatement, effect: 'Allow' | 'Deny'): Tri => {
  const { principals, actions } = statement;
  const service = some(
    (principals?.entries ?? []).map(({ type, id }) => {
      const text = literal(id);
      if (text === undefined) return type === 'Service' || type === '' ? 'unknown' : false;
      return (type === 'Service' && text === rdsService) || text === '*';
    }),
  );
  // AWS refuses `NotPrincipal` in a trust policy, and documents no condition for the one of a proxy (fact 3.2).
  const named: Tri = principals?.negated === true ? 'unknown' : service;
  const isPlain = statement.conditions?.length === 0 && statement.mayBeMissing !== true;
  const conditions: Tri = isPlain ? true : 'unknown';
  return every([hasEffect(statement, effect), named, matchActions(actions, 'sts:AssumeRole'), conditions]);
};
