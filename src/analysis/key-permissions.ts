import type { IamRequest } from '../iam/evaluate.ts';
import {
  type Caller,
  type ResourceAnswer,
  askResourcePolicy,
  decideKey,
  defaultKeyPolicy,
  grantCovers,
} from '../iam/resource-policy.ts';
import { every, some } from '../iam/tri.ts';
import type { KmsGrant, KmsKey, Principal } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Tri } from '../model/value.ts';
import { fails, holds, judge } from './judgement.ts';
import {
  type IdentityAnswer,
  acrossWords,
  askIdentity,
  boundaryWords,
  callerOf,
  denied,
  inAnotherAccount,
  isBounded,
  ownDocuments,
} from './permissions.ts';
import type { PrincipalPolicies } from './principals.ts';
import type { World } from './world.ts';

/** Whether the role may decrypt with a customer-managed key: the key policy allows it, or delegates to IAM policies. */
export const mayDecrypt = (
  world: World,
  role: Principal,
  policies: PrincipalPolicies,
  key: KmsKey,
  request: IamRequest,
): Judgement => {
  const identity = askIdentity(policies, request);
  const across = inAnotherAccount(role, key);
  if (!key.policyInView) return keyOutOfView(role, key, across, identity);
  const policy = askKeyPolicy(world, callerOf(world, role, policies), key, request, across);
  const answer = decideKey(identity, policy, grantAllows(world, role, key), across);
  return judge(
    answer,
    {
      yes: `${role.address} may decrypt with ${key.address}`,
      no: whyNotDecrypt(role, key, identity, policy, across),
      unknown: `whether ${role.address} may decrypt with ${key.address} rests on a policy that is known after apply, or on a condition that cannot be decided`,
    },
    answer === false ? [role.origin, key.origin] : [...identity.origins, key.origin],
    [
      ...(identity.allow === true ? identity.assumptions : []),
      ...(policy.accountAssumed && policy.byName !== true
        ? [`the account that the policy of ${key.address} leaves access to is assumed to be that of ${role.address}`]
        : []),
    ],
  );
};

const keyOutOfView = (role: Principal, key: KmsKey, across: boolean, identity: IdentityAnswer): Judgement => {
  if (across && (identity.allow === false || identity.deny === true)) {
    return fails(`${acrossWords(role, key.address, key)}, and no policy of the role allows kms:Decrypt`, [role.origin]);
  }
  return holds(
    '',
    [key.origin],
    [`the policy of ${key.address} is not in view and is assumed to let ${role.address} decrypt`],
  );
};

const whyNotDecrypt = (
  role: Principal,
  key: KmsKey,
  identity: IdentityAnswer,
  policy: ResourceAnswer,
  across: boolean,
): string => {
  if (denied([identity.deny, policy.deny])) return `a Deny keeps ${role.address} from decrypting with ${key.address}`;
  if (isBounded(identity, policy)) return boundaryWords(role, 'kms:Decrypt', key.address);
  if (across) {
    return `${acrossWords(role, key.address, key)}: both the policy of the key and one of the role must allow kms:Decrypt`;
  }
  if (identity.allow === true && policy.byAccount === false) {
    return `the policy of ${key.address} neither allows ${role.address} kms:Decrypt nor leaves it to the account's IAM policies`;
  }
  return `neither ${role.address} nor the policy of ${key.address} allows kms:Decrypt`;
};

const askKeyPolicy = (
  world: World,
  caller: Caller,
  key: KmsKey,
  request: IamRequest,
  across: boolean,
): ResourceAnswer => {
  const standalone = ownDocuments(world.keyPolicies, key.id);
  const documents = standalone.length > 0 ? standalone : key.policy === null ? [] : [key.policy];
  if (documents.length === 0) return defaultKeyPolicy(across);
  // In a key policy "Resource" means the key itself, however it is written.
  const { stands: _, ...resource } = request.resource;
  const itself: IamRequest = { ...request, resource: { ...resource, relation: () => 'itself' } };
  return askResourcePolicy(documents, caller, itself);
};

const grantAllows = (world: World, role: Principal, key: KmsKey): Tri =>
  some([
    ...world.keyGrants.of(key.id).map((grant) => grantsDecrypt(world, role, grant)),
    ...world.keyGrants.maybeOf(key.id).map((grant) => every([grantsDecrypt(world, role, grant), 'unknown'])),
  ]);

const grantsDecrypt = (world: World, role: Principal, { grantee, operations, constrained }: KmsGrant): Tri => {
  const join = world.findRoleByArn(grantee);
  const isGrantee =
    join.kind === 'one' ? join.entity.id === role.id : join.kind !== 'outside' && join.kind !== 'absent';
  const covers = grantCovers(isGrantee && (join.kind === 'one' || 'unknown'), operations, 'Decrypt');
  // Whether the encryption context of Secrets Manager satisfies it is not looked at.
  return constrained === false ? covers : every([covers, 'unknown']);
};
