import { hasEffect, matchActions } from '../iam/evaluate.ts';
import { every, some } from '../iam/tri.ts';
import type { Creation, ProxyTarget } from '../model/auth-model.ts';
import type { IamPolicyDocument } from '../model/iam.ts';
import type { Judgement, Subject } from '../model/judgement.ts';
import type { Tri } from '../model/value.ts';
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
    const needs = [...versionsOf(context, facts), ...policiesOf(facts, attachments)];
    const missing =
      creation === undefined
        ? []
        : needs.flatMap(({ id, isNeeded }): readonly Missing[] => {
            const made = creations.get(id);
            return made === undefined || creation.waitsFor.includes(withoutKeys(id)) ? [] : [{ made, isNeeded }];
          });
    const order = judgeOrder(facts, target, creation, missing);
    return [
      {
        kind: 'proxyTarget',
        address: target.address,
        attributes: {
          address: text(target.address),
          afterCredentials: judged(order),
          orderMend: textLater(() =>
            order.holds === true
              ? ''
              : orderMend(
                  target,
                  missing.map(({ made }) => made),
                ),
          ),
        },
      },
    ];
  });
};

const withoutKeys = (id: string): string => id.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');

/** What a proxy logs in with, or may. */
type Need = { readonly id: string; readonly isNeeded: true | 'unknown' };

type Missing = { readonly made: Creation; readonly isNeeded: true | 'unknown' };

const versionsOf = ({ world }: AnalysisContext, { auth }: ProxyFacts): readonly Need[] =>
  auth.flatMap(({ link }): readonly Need[] =>
    link.kind === 'managed' ? world.versions.of(link.secret.id).map(({ id }) => ({ id, isNeeded: true })) : [],
  );

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
const policiesOf = (facts: ProxyFacts, attachments: Attachments): readonly Need[] => {
  const { role } = facts;
  if (role.kind !== 'principal') return [];
  const actions = actionsOf(facts);
  return role.policies.documents.flatMap(({ carrier, document }): readonly Need[] => {
    const isNeeded = allowsAny(document, actions);
    const ids = attachments.get(`${carrier.id} ${role.principal.id}`) ?? [carrier.id];
    return isNeeded === false ? [] : ids.map((id) => ({ id, isNeeded }));
  });
};

/** What the role must be allowed. */
const actionsOf = ({ proxy, auth, endToEnd }: ProxyFacts): readonly string[] => [
  ...(auth.length > 0 || !proxy.authComplete ? ['secretsmanager:GetSecretValue', 'kms:Decrypt'] : []),
  ...(endToEnd === false ? [] : ['rds-db:connect']),
];

const allowsAny = ({ statements, complete }: IamPolicyDocument, actions: readonly string[]): Tri => {
  const allows = statements.flatMap((statement) =>
    actions.map((action) => every([hasEffect(statement, 'Allow'), matchActions(statement.actions, action)])),
  );
  return some(complete ? allows : [...allows, 'unknown']);
};

const judgeOrder = (
  facts: ProxyFacts,
  { address, origin }: ProxyTarget,
  creation: Creation | undefined,
  missing: readonly Missing[],
): Judgement => {
  if (creation === undefined) return holds(`${address} is registered already`, [origin]);
  if (missing.length === 0) return judgeUnseen(facts, { address, origin });
  const names = listWords(unique(missing.map(({ made }) => made.address)));
  const origins = [origin, ...missing.map(({ made }) => made.origin)];
  if (!creation.complete) {
    return undecided(
      `whether ${address} waits for ${names} cannot be told: a plan does not keep what a local value refers to, and a module that is not installed cannot be read`,
      origins,
    );
  }
  return missing.some(({ isNeeded }) => isNeeded === true)
    ? fails(`${address} does not wait for ${names}, so that it may be registered first`, origins)
    : undecided(`whether ${facts.proxy.address} needs ${names} to log in cannot be told`, origins);
};

/** It waits for all that is in view. */
const judgeUnseen = ({ proxy, auth, role }: ProxyFacts, target: Pick<ProxyTarget, 'address' | 'origin'>): Judgement => {
  const origins = [target.origin, proxy.origin];
  if (!proxy.authComplete || auth.some(({ link }) => link.kind === 'unknown')) {
    return undecided(`which secrets ${proxy.address} logs in with cannot be told`, origins);
  }
  if (role.kind === 'unknown') return undecided(`which role ${proxy.address} has cannot be told`, origins);
  return holds(`${target.address} waits for what its proxy logs in with`, [target.origin]);
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
