import { type IamRequest, evaluate, hasEffect, isAllowed, matchStatement } from '../iam/evaluate.ts';
import { opaqueDocument } from '../iam/parse-document.ts';
import { every, not, some } from '../iam/tri.ts';
import type { KmsGrant, KmsKey, Principal, Secret } from '../model/auth-model.ts';
import type { IamPolicyDocument, IamPrincipal, IamStatement } from '../model/iam.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Origin, type Tri, literal } from '../model/value.ts';
import type { Grouped } from './grouping.ts';
import { canonicalId, throughAliases } from './join.ts';
import { holds, judge, unique } from './judgement.ts';
import type { Boundary, PrincipalPolicies } from './principals.ts';
import type { World } from './world.ts';

/** What identity policies say of a request. */
export type IdentityAnswer = {
  readonly allow: Tri;
  readonly deny: Tri;
  readonly assumptions: readonly string[];
  readonly origins: readonly Origin[];
  /** Some document could not be decoded. */
  readonly undecoded: boolean;
};

const referenceUsedWhole = (origins: readonly Origin[]): string =>
  `reference used whole: ${unique(origins.map((origin) => `${origin.address} ${origin.path}`.trim())).join(', ')}`;

/** Identity policies, boundary included; a policy out of view is assumed to allow what nothing in view does. */
export const askIdentity = (policies: PrincipalPolicies, request: IamRequest): IdentityAnswer => {
  const decision = evaluate(
    policies.documents.map(({ document }) => document),
    request,
  );
  const boundary = askBoundary(policies.boundary, request);
  const inView = some([decision.allow, ...(policies.incomplete ? (['unknown'] as const) : [])]);
  const fromOutside = inView === false && policies.outside.length > 0;
  const deciding = decision.allows.filter((match) => match.matches === true);
  const whole = deciding.length > 0 && deciding.every((match) => match.whole);
  const assumed = deciding.length > 0 && deciding.every((match) => match.assumed);
  const origins = deciding.map((match) => match.statement.origin);
  return {
    allow: every([fromOutside ? true : inView, boundary.allow]),
    deny: decision.deny,
    assumptions: [
      ...(fromOutside
        ? [`${unique(policies.outside).join(', ')} is not in view and is assumed to allow ${request.action}`]
        : []),
      ...(whole ? [referenceUsedWhole(origins)] : []),
      ...(assumed ? ['the account, region and partition that the policy names are those of the resource'] : []),
      ...boundary.assumptions,
    ],
    origins: [...origins, ...decision.undecoded.map((document) => document.origin)],
    undecoded: decision.undecoded.length > 0,
  };
};

export const askBoundary = (
  boundary: Boundary,
  request: IamRequest,
): { readonly allow: Tri; readonly assumptions: readonly string[] } => {
  if (boundary.kind === 'none') return { allow: true, assumptions: [] };
  if (boundary.kind === 'unknown') return { allow: 'unknown', assumptions: [] };
  if (boundary.kind === 'outside') {
    return {
      allow: true,
      assumptions: [`the permissions boundary ${boundary.text} is assumed to allow ${request.action}`],
    };
  }
  return { allow: isAllowed(evaluate([boundary.document], request)), assumptions: [] };
};

/** Whether a statement's principal element names a role; conditions on accounts are taken by name. */
const namesPrincipal = (world: World, statement: IamStatement, role: Principal): Tri => {
  if (statement.principals === null) return false;
  const named = some(statement.principals.entries.map((entry) => isPrincipal(world, entry, role)));
  return statement.principals.negated ? not(named) : named;
};

const isPrincipal = (world: World, entry: IamPrincipal, role: Principal): Tri => {
  if (entry.type !== 'AWS' && entry.type !== '*') return false;
  const text = literal(entry.id);
  if (text !== undefined) return text === '*' || text === literal(role.arn) || endsWithName(text, role);
  const values = throughAliases(entry.id, world.aliases);
  const references = values.flatMap((value) => (value.kind === 'unknown' ? value.references : []));
  if (references.some((reference) => canonicalId(reference.resource, world.aliases) === role.id)) return true;
  const others = references.length > 0 && references.every((reference) => /aws_iam_\w+\./.test(reference.resource));
  return others ? false : 'unknown';
};

const endsWithName = (text: string, role: Principal): boolean => {
  const name = literal(role.name);
  return literal(role.arn) === undefined && name !== undefined && /:role\//.test(text) && text.endsWith(`/${name}`);
};

/** `arn:aws:iam::123456789012:root`, or the bare account id: the account, which delegates to its IAM policies. */
const namesAccount = (statement: IamStatement): Tri =>
  some(
    (statement.principals?.entries ?? []).map((entry) => {
      const text = literal(entry.id);
      if (entry.type !== 'AWS') return false;
      return text === undefined ? 'unknown' : /^\d{12}$|^arn:[^:]*:iam::[^:]*:root$/.test(text);
    }),
  );

type ResourceAnswer = { readonly allow: Tri; readonly deny: Tri; readonly delegates: Tri };

/** What the policy of the resource itself says to a role. */
const askResource = (
  world: World,
  documents: readonly IamPolicyDocument[],
  role: Principal,
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
  return {
    allow: applies('Allow', (statement) => namesPrincipal(world, statement, role)),
    deny: applies('Deny', (statement) => namesPrincipal(world, statement, role)),
    delegates: applies('Allow', namesAccount),
  };
};

/** Whether the role may read the secret: by its own policies, or by the secret's; a Deny in either ends it. */
export const mayReadSecret = (
  world: World,
  role: Principal,
  policies: PrincipalPolicies,
  secret: Secret,
  request: IamRequest,
): Judgement => {
  const identity = askIdentity(policies, request);
  const own = [
    ...(secret.resourcePolicy === null ? [] : [secret.resourcePolicy]),
    ...ownDocuments(world.secretPolicies, secret.id),
  ];
  const resource = askResource(world, own, role, request);
  const answer = every([some([identity.allow, resource.allow]), not(identity.deny), not(resource.deny)]);
  return judge(
    answer,
    {
      yes: `${role.address} may read ${secret.address}`,
      no: denied([identity.deny, resource.deny])
        ? `a Deny keeps ${role.address} from reading ${secret.address}`
        : [`${role.address} has no policy that allows secretsmanager:GetSecretValue on ${secret.address}`]
            .concat(policies.takenAway)
            .join('; '),
      unknown: `whether ${role.address} may read ${secret.address} is decided by a policy whose text is known after apply`,
    },
    answer === false ? [role.origin, secret.origin] : [...identity.origins, role.origin],
    identity.allow === true ? identity.assumptions : [],
  );
};

const denied = (denies: readonly Tri[]): boolean => denies.includes(true);

/** Documents of the policies for an entity; one that may be for it, or for another, is a document nobody can read. */
const ownDocuments = (
  policies: Grouped<{ readonly document: IamPolicyDocument }>,
  id: string,
): readonly IamPolicyDocument[] => [
  ...policies.of(id).map(({ document }) => document),
  ...policies.maybeOf(id).map(({ document }) => opaqueDocument(document.origin)),
];

/** Whether the role may decrypt with a customer-managed key: the key policy allows it, or delegates to IAM policies. */
export const mayDecrypt = (
  world: World,
  role: Principal,
  policies: PrincipalPolicies,
  key: KmsKey,
  request: IamRequest,
): Judgement => {
  if (!key.policyInView) {
    return holds(
      '',
      [key.origin],
      [`the policy of ${key.address} is not in view and is assumed to let ${role.address} decrypt`],
    );
  }
  const identity = askIdentity(policies, request);
  const answer = every([
    some([keyPolicyAllows(world, role, key, request, identity.allow), grantAllows(world, role, key)]),
    not(identity.deny),
  ]);
  return judge(
    answer,
    {
      yes: `${role.address} may decrypt with ${key.address}`,
      no: `neither ${role.address} nor the policy of ${key.address} allows kms:Decrypt`,
      unknown: `whether ${role.address} may decrypt with ${key.address} is decided by a policy whose text is known after apply`,
    },
    answer === false ? [role.origin, key.origin] : [...identity.origins, key.origin],
    identity.allow === true ? identity.assumptions : [],
  );
};

const keyPolicyAllows = (world: World, role: Principal, key: KmsKey, request: IamRequest, identity: Tri): Tri => {
  const standalone = ownDocuments(world.keyPolicies, key.id);
  const documents = standalone.length > 0 ? standalone : key.policy === null ? [] : [key.policy];
  // The default key policy delegates to the account's IAM policies.
  if (documents.length === 0) return identity;
  // In a key policy "Resource" means the key itself, however it is written.
  const itself: IamRequest = { ...request, resource: { ...request.resource, relation: () => 'itself' } };
  const resource = askResource(world, documents, role, itself);
  return every([some([resource.allow, every([resource.delegates, identity])]), not(resource.deny)]);
};

const grantAllows = (world: World, role: Principal, key: KmsKey): Tri =>
  some([
    ...world.keyGrants.of(key.id).map((grant) => grantsDecrypt(world, role, grant)),
    ...world.keyGrants.maybeOf(key.id).map((grant) => every([grantsDecrypt(world, role, grant), 'unknown'])),
  ]);

const grantsDecrypt = (world: World, role: Principal, { grantee, operations }: KmsGrant): Tri => {
  const join = world.findRoleByArn(grantee);
  if (join.kind === 'unknown' || join.kind === 'some') return 'unknown';
  return (
    join.kind === 'one' && join.entity.id === role.id && operations.items.some((item) => literal(item) === 'Decrypt')
  );
};
