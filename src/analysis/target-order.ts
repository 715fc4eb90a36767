import { matchActions } from '../iam/evaluate.ts';
import type { Creation, ProxyTarget } from '../model/auth-model.ts';
import type { IamPolicyDocument } from '../model/iam.ts';
import type { Judgement, Subject } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { joinPolicy } from './boundaries.ts';
import { inModuleOf, moduleOf, reachNote } from './expressions.ts';
import { fails, holds, listWords, undecided, unique } from './judgement.ts';
import { step } from './mend-blocks.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { push } from './push.ts';
import { judged, text, textLater } from './subject-attributes.ts';

/** Targets, and whether what their proxies log in with is there when they are registered. */
export const targetSubjects = (context: AnalysisContext): readonly Subject[] => {
  const { world, proxies } = context;
  const creations = new Map(world.model.creations.map((creation) => [creation.id, creation]));
  const attachments = attachmentsOf(context, creations);
  return proxies.flatMap((facts) => {
    const target = facts.target?.target;
    if (target === undefined || !target.judged || !target.managed) return [];
    const creation = creations.get(target.id);
    const missing =
      creation === undefined
        ? []
        : [...versionsOf(context, facts), ...policiesOf(facts, attachments)]
            .flatMap((id) => creations.get(id) ?? [])
            .filter(({ id }) => !creation.waitsFor.includes(withoutKeys(id)));
    const order = judgeOrder(facts, target, creation, missing);
    return [
      {
        kind: 'proxyTarget',
        address: target.address,
        attributes: {
          address: text(target.address),
          afterCredentials: judged(order),
          orderMend: textLater(() => (order.holds === true ? '' : orderMend(target, missing))),
        },
      },
    ];
  });
};

const withoutKeys = (id: string): string => id.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');

const versionsOf = ({ world }: AnalysisContext, { auth }: ProxyFacts): readonly string[] =>
  auth.flatMap(({ link }) => (link.kind === 'managed' ? world.versions.of(link.secret.id).map(({ id }) => id) : []));

/** New attachments by the policy that they attach, and the role. */
type Attachments = ReadonlyMap<string, readonly string[]>;

const attachmentsOf = ({ world }: AnalysisContext, creations: ReadonlyMap<string, Creation>): Attachments => {
  const found = new Map<string, string[]>();
  for (const attachment of world.model.policyAttachments.filter(({ id }) => creations.has(id))) {
    const policy = joinPolicy(world, attachment);
    if (policy.kind !== 'one') continue;
    for (const { kind, name } of attachment.holders) {
      const holder = world.findPrincipal(name, kind);
      if (holder.kind === 'one') push(found, `${policy.entity.id} ${holder.entity.id}`, attachment.id);
    }
  }
  return found;
};

/** What makes the role able to read, decrypt or connect: its inline policies, and the attachments of others. */
const policiesOf = ({ role }: ProxyFacts, attachments: Attachments): readonly string[] =>
  role.kind !== 'principal'
    ? []
    : role.policies.documents
        .filter(({ document }) => isForCredentials(document))
        .flatMap(({ carrier }) => attachments.get(`${carrier.id} ${role.principal.id}`) ?? [carrier.id]);

const actions = ['secretsmanager:GetSecretValue', 'kms:Decrypt', 'rds-db:connect'];

const isForCredentials = ({ statements, complete }: IamPolicyDocument): boolean =>
  !complete ||
  statements.some(
    (statement) =>
      literal(statement.effect) === 'Allow' &&
      actions.some((action) => matchActions(statement.actions, action) !== false),
  );

const judgeOrder = (
  { proxy, auth }: ProxyFacts,
  { address, origin }: ProxyTarget,
  creation: Creation | undefined,
  missing: readonly Creation[],
): Judgement => {
  if (creation === undefined) return holds(`${address} is registered already`, [origin]);
  if (missing.length === 0 && (!proxy.authComplete || auth.some(({ link }) => link.kind === 'unknown'))) {
    return undecided(`which secrets ${proxy.address} logs in with is not in the plan`, [origin, proxy.origin]);
  }
  if (missing.length === 0) return holds(`${address} waits for what its proxy logs in with`, [origin]);
  const names = listWords(unique(missing.map((other) => other.address)));
  const origins = [origin, ...missing.map((other) => other.origin)];
  return creation.complete
    ? fails(`${address} does not wait for ${names}, so that it may be registered first`, origins)
    : undecided(
        `whether ${address} waits for ${names} cannot be told: behind a local value, and in text without a plan, that is not followed`,
        origins,
      );
};

const orderMend = ({ address }: ProxyTarget, missing: readonly Creation[]): string => {
  const others = unique(missing.map((other) => withoutKeys(other.address)));
  const named = unique(others.map((other) => nameFrom(withoutKeys(address), other)));
  const note = unique(others.map((other) => outsideNote(withoutKeys(address), other))).join('');
  return step(`In ${address} write, beside what depends_on names already${note}`, [
    `depends_on = [${named.join(', ')}]`,
  ]);
};

/** Of what is in a module below, only the whole module can be waited for. */
const nameFrom = (place: string, address: string): string => {
  const [here, there] = [moduleOf(place), moduleOf(address)];
  if (here === there) return inModuleOf(place, address);
  if (here !== '' && !there.startsWith(`${here}.`)) return address;
  const below = here === '' ? there : there.slice(here.length + 1);
  return below.split('.').slice(0, 2).join('.');
};

const outsideNote = (place: string, address: string): string => {
  const [here, there] = [moduleOf(place), moduleOf(address)];
  return here === '' || here === there || there.startsWith(`${here}.`) ? '' : reachNote(place, address, 'id');
};
