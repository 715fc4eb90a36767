import { matchActions, matchStatement } from '../iam/evaluate.ts';
import { covers } from '../iam/shape.ts';
import type { IamStatement } from '../model/iam.ts';
import { type Value, literal } from '../model/value.ts';
import type { Excess, Excesses } from './excess.ts';
import type { RoleNeeds } from './role-needs.ts';
import type { World } from './world.ts';

const read = 'secretsmanager:GetSecretValue';
const writes = ['secretsmanager:PutSecretValue', 'secretsmanager:DeleteSecret', 'secretsmanager:PutResourcePolicy'];

const nothing: Excesses = { found: [], open: false };

/** A proxy reads the secrets of its auth blocks, and does nothing else with them (fact 2.4). */
export const secretExcess = (world: World, statement: IamStatement, needs: RoleNeeds): Excesses => {
  const { actions, origin } = statement;
  const excess = (words: string, at = origin): Excess => ({ words, of: 'secrets', origin: at });
  const found = writes.some((action) => matchActions(actions, action) === true) ? [excess('change secrets')] : [];
  if (matchActions(actions, read) !== true) return { found, open: false };
  const results = isForAll(statement)
    ? { found: [excess('read every secret')], open: false }
    : needs.isShared
      ? nothing
      : readExcess(world, statement, needs, excess);
  return { found: [...found, ...results.found], open: results.open };
};

/** A condition says of which, in a way that nobody can see. */
const isForAll = ({ resources, conditions, mayBeMissing }: IamStatement): boolean =>
  conditions?.length === 0 &&
  mayBeMissing !== true &&
  (resources.negated ||
    resources.patterns.some((pattern) => /^\*+$|:secret:\*+$|:secretsmanager:\*+$/.test(textOf(pattern))));

/** What is known of a text, and a mark for what is not. */
const textOf = (value: Value<string>): string => {
  if (value.kind !== 'unknown') return literal(value) ?? '';
  return (value.template ?? []).map((part) => (typeof part === 'string' ? part : '\ufffd')).join('');
};

const readExcess = (
  world: World,
  statement: IamStatement,
  needs: RoleNeeds,
  excess: (words: string, origin: Excess['origin']) => Excess,
): Excesses => {
  const stands = statement.resources.patterns.map(
    (pattern) => [pattern, standOf(world, statement, pattern, needs)] as const,
  );
  return {
    found: stands.flatMap(([pattern, stand]) =>
      typeof stand === 'object' ? [excess(`read ${stand.secret}`, pattern.origin)] : [],
    ),
    open: !statement.resources.complete || stands.some(([, stand]) => stand === 'unknown'),
  };
};

type Stand = 'needed' | 'unknown' | { readonly secret: string };

const standOf = (world: World, statement: IamStatement, pattern: Value<string>, needs: RoleNeeds): Stand => {
  const join = world.findSecret(pattern);
  if (join.kind === 'one') {
    if (needs.secrets.has(join.entity.id)) return 'needed';
    return needs.secretsKnown ? { secret: join.entity.address } : 'unknown';
  }
  if (join.kind === 'some') return 'needed';
  if (isMaster(pattern, needs) || mayBeNeeded(statement, pattern, needs)) return 'needed';
  const text = literal(pattern);
  return text !== undefined && needs.secretsKnown && needs.outside.length === 0 ? { secret: text } : 'unknown';
};

const isMaster = (pattern: Value<string>, { masters }: RoleNeeds): boolean =>
  (pattern.kind === 'unknown' &&
    pattern.references.some(({ resource, path }) => masters.has(resource) && path.startsWith('master_user_secret'))) ||
  (masters.size > 0 && /:secret:rds!/.test(textOf(pattern)));

const mayBeNeeded = (statement: IamStatement, pattern: Value<string>, needs: RoleNeeds): boolean => {
  const own: IamStatement = {
    ...statement,
    conditions: [],
    resources: { negated: false, patterns: [pattern], complete: true },
  };
  const text = literal(pattern);
  return (
    (text !== undefined && needs.outside.some((arn) => covers(text, [arn]) !== false || text.startsWith(arn))) ||
    needs.requests().some((request) => matchStatement(own, request).matches === true)
  );
};
