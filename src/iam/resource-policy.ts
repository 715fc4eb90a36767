import type { IamPolicyDocument, IamPrincipal, IamStatement } from '../model/iam.ts';
import { type ListValue, type Tri, type Value, literal } from '../model/value.ts';
import { type IamRequest, hasEffect, matchStatement } from './evaluate.ts';
import { every, not, some } from './tri.ts';

/** A role, as the principal element of a resource's policy may name it. */
export type Caller = {
  readonly arn: string | undefined;
  readonly name: string | undefined;
  readonly account: string | undefined;
  /** Whether it has a permissions boundary. */
  readonly bounded: Tri;
  /** Whether an id that is known after apply is the role's; false where it is another identity's. */
  readonly refersTo: (id: Value<string>) => Tri;
  /** The text of a template, with `ownAccount` for the account that the provider is in; undefined where it tells less. */
  readonly textOf?: (id: Value<string>) => string | undefined;
};

/** Stands in a principal for the account of the provider, which nothing states. */
export const ownAccount = '\ue000';

/** What the policy of a resource says to a role. */
export type ResourceAnswer = {
  /** An Allow names the role. */
  readonly byName: Tri;
  /** An Allow is for everyone. */
  readonly byAnyone: Tri;
  /** An Allow names the role's account, and so leaves it to the account's IAM policies. */
  readonly byAccount: Tri;
  readonly deny: Tri;
  /** Nothing states the role's account: it was taken to be the one that the policy names. */
  readonly accountAssumed: boolean;
};

export const askResourcePolicy = (
  documents: readonly IamPolicyDocument[],
  caller: Caller,
  request: IamRequest,
): ResourceAnswer => {
  const statements = documents.flatMap((document) => document.statements);
  const open: Tri[] = documents.every((document) => document.complete) ? [] : ['unknown'];
  const applies = (effect: 'Allow' | 'Deny', who: (statement: IamStatement) => Tri): Tri =>
    some([
      ...statements.map((statement) =>
        every([hasEffect(statement, effect), who(statement), matchStatement(statement, request).matches]),
      ),
      ...open,
    ]);
  const allows = (names: (entry: IamPrincipal) => Tri): Tri => applies('Allow', (s) => isAllowedBy(s, names));
  const byAccount = allows((entry) => namesAccount(entry, caller));
  // The role's account is the provider's, whatever both are.
  const namesOwn = ({ type, id }: IamPrincipal): Tri => type === 'AWS' && accountIn(id, caller) === ownAccount;
  return {
    byName: allows((entry) => namesRole(entry, caller)),
    byAnyone: allows(namesAnyone),
    byAccount,
    deny: applies('Deny', (statement) => isDeniedBy(statement, caller)),
    accountAssumed: byAccount === true && caller.account === undefined && allows(namesOwn) !== true,
  };
};

/** `NotPrincipal` together with Allow is not supported (IAM User Guide, "NotPrincipal"). */
const isAllowedBy = ({ principals }: IamStatement, names: (entry: IamPrincipal) => Tri): Tri => {
  if (principals === null) return false;
  return principals.negated ? 'unknown' : some(principals.entries.map(names));
};

/** Denying an account denies every principal in it. */
const isDeniedBy = ({ principals }: IamStatement, caller: Caller): Tri => {
  if (principals === null) return false;
  const { entries, negated } = principals;
  const role = some(entries.map((entry) => some([namesAnyone(entry), namesRole(entry, caller)])));
  const account = some(entries.map((entry) => namesAccount(entry, caller)));
  return negated ? isLeftOut(role, account, caller) : some([role, account]);
};

/**
 * A Deny for all but those whom `NotPrincipal` lists: it must list the role and its account, and denies whoever has a
 * permissions boundary in any case. Source: IAM User Guide, "IAM JSON policy elements: NotPrincipal".
 */
const isLeftOut = (role: Tri, account: Tri, { bounded }: Caller): Tri => {
  if (bounded === true || (role === false && account === false)) return true;
  return role === true && account === true && bounded === false ? false : 'unknown';
};

const namesAnyone = ({ type, id }: IamPrincipal): Tri => (type === 'AWS' || type === '*') && literal(id) === '*';

const sessionPattern = /^arn:[^:]*:sts::([^:]*):assumed-role\/([^/]+)\//;
const rolePattern = /^arn:[^:]*:iam::([^:]*):role\/(?:.*\/)?([^/]+)$/;

const textOf = (id: Value<string>, caller: Caller): string | undefined => literal(id) ?? caller.textOf?.(id);

const namesRole = ({ type, id }: IamPrincipal, caller: Caller): Tri => {
  if (type !== 'AWS' && type !== '*') return false;
  const text = textOf(id, caller);
  if (text === undefined) return caller.refersTo(id);
  if (text === caller.arn) return true;
  // Nobody knows what AWS calls its session, nor the unique id of a role that does not exist yet.
  if (text.startsWith('AROA')) return 'unknown';
  const [, sessionAccount, sessionRole] = sessionPattern.exec(text) ?? [];
  if (sessionRole !== undefined) return every([sessionRole === caller.name, mayBe(sessionAccount, caller), 'unknown']);
  const [, account, name] = rolePattern.exec(text) ?? [];
  if (name === undefined || name !== caller.name) return false;
  // Of a template the provider's account is not known, so that the ARN may be the role's.
  return every([mayBe(account, caller), caller.arn === undefined || (account === ownAccount && 'unknown')]);
};

/** An account that nothing states is the one that is named; one that something states may be the provider's. */
const mayBe = (account: string | undefined, caller: Caller): Tri => {
  if (caller.account === undefined || account === caller.account) return true;
  return account === ownAccount && 'unknown';
};

/** `arn:aws:iam::123456789012:root`, or the bare account id. */
const accountPattern = /^(?:(\d{12}|\ue000)|arn:[^:]*:iam::([^:]*):root)$/;

const accountIn = (id: Value<string>, caller: Caller): string | undefined => {
  const [, bare, inArn] = accountPattern.exec(textOf(id, caller) ?? '') ?? [];
  return bare ?? inArn;
};

const namesAccount = ({ type, id }: IamPrincipal, caller: Caller): Tri => {
  if (type !== 'AWS') return false;
  // What refers to an identity, this one or another, is no account.
  if (textOf(id, caller) === undefined) return caller.refersTo(id) === 'unknown' && 'unknown';
  const account = accountIn(id, caller);
  return account !== undefined && mayBe(account, caller);
};

/** Whether a grant of a key lets its grantee use it so. */
export const grantCovers = (isGrantee: Tri, operations: ListValue<string>, operation: string): Tri => {
  const listed = operations.items.map((item) => (item.kind === 'known' ? item.value === operation : 'unknown'));
  return every([isGrantee, some([...listed, ...(operations.complete ? [] : (['unknown'] as const))])]);
};

/** An account that nothing states is taken to be the same. */
export const areTwoAccounts = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other;

/** What identity policies say of a request, and what the permissions boundary leaves of it. */
export type IdentityStand = { readonly granted: Tri; readonly boundary: Tri; readonly deny: Tri };

/** Of a policy of the resource: an Allow for the role itself is limited by its boundary; for anyone, AWS does not say. */
const direct = (resource: ResourceAnswer, { boundary }: IdentityStand): Tri =>
  some([every([resource.byName, boundary]), every([resource.byAnyone, some([boundary, 'unknown'])])]);

const own = ({ granted, boundary }: IdentityStand): Tri => every([granted, boundary]);

const reaches = (resource: ResourceAnswer): Tri => some([resource.byName, resource.byAnyone, resource.byAccount]);

const unlessDenied = (allowed: Tri, identity: IdentityStand, resource: ResourceAnswer): Tri =>
  every([allowed, not(identity.deny), not(resource.deny)]);

/**
 * Whether a role may act on a resource with a policy of its own: within one account either side allows it, across two
 * both must; a Deny on either ends it. Source: IAM User Guide, "Policy evaluation logic".
 */
export const decideResource = (identity: IdentityStand, resource: ResourceAnswer, acrossAccounts: boolean): Tri => {
  const allowed = acrossAccounts
    ? every([own(identity), reaches(resource)])
    : some([own(identity), direct(resource, identity)]);
  return unlessDenied(allowed, identity, resource);
};

/** The key policy that KMS gives a key without one: it leaves access to the IAM policies of the key's own account. */
export const defaultKeyPolicy = (acrossAccounts: boolean): ResourceAnswer => ({
  byName: false,
  byAnyone: false,
  byAccount: !acrossAccounts,
  deny: false,
  accountAssumed: false,
});

/**
 * Whether a role may use a KMS key: IAM policies count only where the key policy leaves access to the account; a grant
 * counts beside it. Source: KMS Developer Guide, "Determining access to KMS keys" and "Allowing users in other accounts".
 */
export const decideKey = (
  identity: IdentityStand,
  policy: ResourceAnswer,
  granted: Tri,
  acrossAccounts: boolean,
): Tri => {
  const byPolicy = acrossAccounts
    ? every([own(identity), reaches(policy)])
    : some([direct(policy, identity), every([policy.byAccount, own(identity)])]);
  // Whether a grant alone is enough for another account is not documented.
  const byGrant = acrossAccounts ? every([granted, some([own(identity), 'unknown'])]) : granted;
  return unlessDenied(some([byPolicy, byGrant]), identity, policy);
};
