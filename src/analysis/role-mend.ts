import { type IamRequest, evaluate } from '../iam/evaluate.ts';
import { coversAction } from '../iam/shape.ts';
import type { KmsKey, Location } from '../model/auth-model.ts';
import type { IamStatement } from '../model/iam.ts';
import type { SubjectAttributes } from '../model/judgement.ts';
import { type Value, literal } from '../model/value.ts';
import { blocksIn } from './auth-blocks.ts';
import { rolePlace } from './credentials-mend.ts';
import { allowInBoundary } from './denial-mend.ts';
import { connectResource, dataSourceStep, inModuleOf, referenceExpression } from './expressions.ts';
import { unique } from './judgement.ts';
import { type RolePlace, addTo, instanceName, notesFor, quoted, rolePolicy, step, steps } from './mend-blocks.ts';
import { askBoundary } from './permissions.ts';
import { hasEndToEnd } from './proxy-api.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';
import { textLater } from './subject-attributes.ts';
import { connectRequest, decryptRequest, readSecretRequest } from './targets.ts';
import type { World } from './world.ts';

/** What the role of a proxy lacks, each as a resource to add. */
export const roleMends = (facts: ProxyFacts, world: World, users: readonly string[]): SubjectAttributes => ({
  readMend: textLater(() => (facts.roleMayReadSecrets.holds === true ? '' : readMend(facts, world) || lookAt(facts))),
  decryptMend: textLater(() =>
    facts.roleMayDecryptSecrets.holds === true ? '' : decryptMend(facts, world) || lookAt(facts),
  ),
  connectMend: textLater(() => (facts.endToEnd === false ? '' : connectMend(facts, world, users) || lookAt(facts))),
});

/** Where it is not decided that anything is missing. */
const lookAt = ({ proxy, role }: ProxyFacts): string =>
  `Look that no Deny and no boundary takes it from ${role.kind === 'principal' ? role.principal.address : `the role of ${proxy.address}`}.`;

/** An expression, and the address that it stands for, where it may be in another module. */
type Named = { readonly expression: string; readonly address: string | null };

const named = (role: RolePlace, address: string, attribute: string): Named => ({
  expression: `${inModuleOf(role.place, address)}.${attribute}`,
  address,
});

const addressesOf = (items: readonly Named[]): readonly string[] => items.flatMap(({ address }) => address ?? []);

const readMend = (facts: ProxyFacts, world: World): string => {
  const role = rolePlace(world, facts);
  const action = 'secretsmanager:GetSecretValue';
  const unread = facts.auth.filter((auth) => facts.mayRead(auth).holds !== true);
  const requests = unread.map((auth) =>
    auth.link.kind === 'managed' && facts.role.kind === 'principal'
      ? readSecretRequest(world, auth.link.secret, facts.role.principal)
      : null,
  );
  const lacking = unread.filter((_, index) => lacksAllow(facts, requests[index] ?? null));
  const secrets = lacking.map((auth) => secretNamed(facts, role, auth));
  const resources = unique(secrets.map(({ expression }) => expression));
  const policy = rolePolicy(role, `reads_secrets_of_${instanceName(facts.proxy.address)}`, action, resources);
  const add = step(`${addTo(role.place)}${notesFor(role.place, addressesOf(secrets), 'ARN')}`, policy);
  const all = unread.map((auth) => secretNamed(facts, role, auth).expression);
  const mend = steps(
    secrets.length === 0 ? null : add,
    ...takenBack(facts, world, requests, action, all),
    ...(secrets.length === 0 ? unread.flatMap((auth) => secretDenials(facts, world, auth)) : []),
  );
  return mend === '' ? '' : steps(mend, withoutSecrets(facts, unread));
};

/** Where end-to-end IAM is on, nobody may need the secrets. */
const withoutSecrets = (facts: ProxyFacts, unused: readonly LinkedAuth[]): string | null =>
  hasEndToEnd(facts)
    ? `Or, where nobody is to log in with ${unused.length === 1 ? 'this secret' : 'these secrets'}, delete ${blocksIn(facts, unused)}: end-to-end IAM needs none.`
    : null;

/** Whether no policy of the role allows a request; whether a boundary lets it through is another question. */
const lacksAllow = ({ role }: ProxyFacts, request: IamRequest | null): boolean => {
  if (request === null || role.kind !== 'principal') return true;
  const documents = role.policies.documents.map(({ document }) => document);
  return evaluate(documents, request).allow !== true;
};

/** A Deny outweighs every Allow, and a boundary lets through what it allows itself: no further Allow mends either. */
const takenBack = (
  { role }: ProxyFacts,
  world: World,
  requests: readonly (IamRequest | null)[],
  action: string,
  resources: readonly string[],
): readonly string[] => {
  if (role.kind !== 'principal') return [];
  const asked = requests.filter((request) => request !== null);
  const denying = role.policies.documents.filter(({ document }) =>
    asked.some((request) => evaluate([document], request).deny === true),
  );
  const bounded = asked.some((request) => askBoundary(role.policies.boundary, request).allow === false);
  const boundary = bounded ? world.findPolicy(role.policies.boundarySet.value) : null;
  return [
    ...unique(denying.map(({ carrier }) => carrier.address)).map((address) => dropDenial(address, action)),
    ...(boundary?.kind === 'one' ? [allowInBoundary(boundary.entity.address, action, unique(resources))] : []),
  ];
};

const dropDenial = (address: string, action: string): string =>
  `In ${address} delete the statement that denies ${action}.`;

/** Where the role is allowed and may not all the same, it is the secret's own policy that denies. */
const secretDenials = ({ mayRead, role }: ProxyFacts, world: World, auth: LinkedAuth): readonly string[] => {
  if (auth.link.kind !== 'managed' || mayRead(auth).holds !== false || role.kind !== 'principal') return [];
  const { secret } = auth.link;
  const own = secret.resourcePolicy === null ? [] : [secret.address];
  const places = [...own, ...world.secretPolicies.of(secret.id).map(({ address }) => address)];
  const who = role.principal.address;
  return places.map(
    (place) => `In ${place} leave ${who} out of the statement that denies secretsmanager:GetSecretValue.`,
  );
};

/** A secret that nobody can name is still the one that the proxy's own block names. */
const secretNamed = ({ proxy }: ProxyFacts, role: RolePlace, { link, block }: LinkedAuth): Named => {
  if (link.kind === 'managed') return named(role, link.secret.address, 'arn');
  if (link.kind === 'master') return named(role, link.database.address, 'master_user_secret[0].secret_arn');
  if (link.kind === 'outside') return { expression: quoted(link.text), address: null };
  const [reference] = block.secretArn.kind === 'unknown' ? block.secretArn.references : [];
  if (reference !== undefined) return { expression: referenceExpression(role.place, reference, 'arn'), address: null };
  return named(role, proxy.address, 'auth[*].secret_arn');
};

const decryptMend = (facts: ProxyFacts, world: World): string => {
  const role = rolePlace(world, facts);
  const action = 'kms:Decrypt';
  const undecrypted = facts.auth.filter((auth) => facts.mayDecrypt(auth).holds !== true);
  const secrets = undecrypted.flatMap(
    ({ link }): readonly { readonly secret: Location; readonly kmsKey: Value<string> }[] => {
      if (link.kind === 'managed') return [{ secret: link.secret, kmsKey: link.secret.kmsKey }];
      return link.kind === 'master' ? [{ secret: link.database, kmsKey: link.database.masterSecretKey }] : [];
    },
  );
  const needs = secrets.map(({ secret, kmsKey }) => {
    const join = world.findKey(kmsKey);
    const key = join.kind === 'one' ? join.entity : null;
    const request =
      key === null || facts.role.kind !== 'principal' ? null : decryptRequest(world, key, secret, facts.role.principal);
    return { key, request, name: key === null ? keyNamed(role, kmsKey) : named(role, key.address, 'arn') };
  });
  const granted = unique(needs.flatMap(({ key }) => (key !== null && needsGrant(world, key) ? key : [])));
  const lacking = needs.filter(
    ({ key, request }) => (key === null || !granted.includes(key)) && lacksAllow(facts, request),
  );
  const resources = unique(lacking.map(({ name }) => name.expression));
  const blocks = [
    ...(resources.length > 0
      ? rolePolicy(role, `decrypts_secrets_of_${instanceName(facts.proxy.address)}`, action, resources)
      : []),
    ...granted.flatMap((key) => keyGrant(role, key)),
  ];
  const note = notesFor(role.place, addressesOf(needs.map(({ name }) => name)), 'ARN');
  const all = needs.map(({ name }) => name.expression);
  const requests = needs.map(({ request }) => request);
  const mend = steps(
    blocks.length === 0 ? null : step(`${addTo(role.place)}${note}`, blocks),
    ...takenBack(facts, world, requests, action, all),
  );
  return mend === '' ? '' : steps(mend, withoutSecrets(facts, undecrypted));
};

/** The default key policy leaves access to IAM; another may not, and a grant of the key serves with any. */
const needsGrant = (world: World, key: KmsKey): boolean => {
  if (world.keyPolicies.maybeOf(key.id).length > 0) return true;
  const standalone = world.keyPolicies.of(key.id).map(({ document }) => document);
  const documents = standalone.length > 0 ? standalone : key.policy === null ? [] : [key.policy];
  return documents.length > 0 && !documents.some(({ statements }) => statements.some(leavesAccessToIam));
};

const leavesAccessToIam = ({ effect, actions, principals, conditions, mayBeMissing }: IamStatement): boolean =>
  literal(effect) === 'Allow' &&
  conditions?.length === 0 &&
  mayBeMissing !== true &&
  !actions.negated &&
  actions.patterns.some((pattern) => coversAction(literal(pattern) ?? '', 'kms:Decrypt')) &&
  principals?.negated === false &&
  principals.entries.some(({ id }) => literal(id)?.endsWith(':root') === true);

const keyGrant = (role: RolePlace, key: KmsKey): readonly string[] => [
  `resource "aws_kms_grant" "${role.name}_decrypts_with_${instanceName(key.address)}" {`,
  `  key_id            = ${inModuleOf(role.place, key.address)}.arn`,
  `  grantee_principal = ${role.arnExpression}`,
  '  operations        = ["Decrypt"]',
  '}',
];

const keyNamed = (role: RolePlace, value: Value<string>): Named => {
  const [reference] = value.kind === 'unknown' ? value.references : [];
  if (reference !== undefined) return { expression: referenceExpression(role.place, reference, 'arn'), address: null };
  const arn = literal(value);
  return arn === undefined
    ? named(role, value.origin.address, 'kms_key_id')
    : { expression: quoted(arn), address: null };
};

/** Where no user is named anywhere, the role may connect as every user whom the database lets in by IAM. */
const connectMend = (facts: ProxyFacts, world: World, users: readonly string[]): string => {
  const role = rolePlace(world, facts);
  const database = facts.target?.kind === 'database' ? facts.target.facts.database : null;
  if (database === null)
    return `Let the role of ${facts.proxy.address} call rds-db:connect on the resource id of its target.`;
  const missing = users.filter((user) => facts.mayConnect(user).holds !== true);
  const endpoint = { kind: 'database', entity: database } as const;
  const place = { address: role.place, account: literal(facts.proxy.account) };
  const asked = missing.length > 0 ? missing : ['*'];
  const resources = asked.map((user) => `"${connectResource(endpoint, user, place)}"`);
  const requests = (missing.length > 0 ? missing : [null]).map((user) => connectRequest(world, endpoint, user));
  const note = notesFor(role.place, [database.address], 'resource id');
  const purpose = `connects_to_${instanceName(database.address)}`;
  const add = step(`${addTo(role.place)}${note}`, rolePolicy(role, purpose, 'rds-db:connect', resources));
  return steps(
    requests.some((request) => lacksAllow(facts, request)) ? add : null,
    ...takenBack(facts, world, requests, 'rds-db:connect', resources),
    ...dataSourceStep(resources.join()),
  );
};
