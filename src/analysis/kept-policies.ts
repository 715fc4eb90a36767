import { managedPolicy } from '../iam/managed-policies.ts';
import type { Entity, PolicyCarrier, Principal } from '../model/auth-model.ts';
import type { IamPolicyDocument } from '../model/iam.ts';
import type { Origin } from '../model/value.ts';
import type { Exclusion, Exclusions } from './exclusions.ts';
import type { Join } from './join.ts';

/** What exclusive lists, and attachments that may be missing, leave of the policies of a principal. */

/** A document and the resource that carries it. */
export type CarriedDocument = {
  readonly carrier: Entity;
  readonly document: IamPolicyDocument;
  /** ARN of a policy that AWS manages, which the carrier only attaches. */
  readonly managedArn: string | null;
};

/** An attached policy that is not in view, and what attaches it. */
export type Unseen = {
  readonly text: string;
  readonly at: Entity;
  readonly origin: Origin;
  /** Nobody can say whether what attaches it is there. */
  readonly perhaps: boolean;
};

/** Policies that something attaches of which nobody can say whether it is there. */
export type PerhapsAttached = {
  /** `by` is null where the policy is attached for certain. */
  readonly add: (principal: Principal, carrier: PolicyCarrier, by: Entity | null) => void;
  /** What attaches it, if nothing does for certain. */
  readonly of: (principal: Principal, carrier: PolicyCarrier) => Entity | null;
};

export const newPerhapsAttached = (): PerhapsAttached => {
  const found = new Map<string, Entity | null>();
  const keyOf = (principal: Principal, carrier: PolicyCarrier): string => `${principal.id} ${carrier.id}`;
  return {
    add: (principal, carrier, by) => {
      const key = keyOf(principal, carrier);
      found.set(key, by === null || found.get(key) === null ? null : by);
    },
    of: (principal, carrier) => found.get(keyOf(principal, carrier)) ?? null,
  };
};

/** A policy in view, and what speaks against it. */
export type Carried = {
  readonly carrier: PolicyCarrier;
  readonly exclusion: Exclusion | null;
  readonly perhaps: boolean;
};

/** Policies in view; of one that is attached to a user and to his group, what leaves him most of it. */
export const carriedBy = (
  carriers: ReadonlyMap<string, readonly PolicyCarrier[]>,
  exclusions: Exclusions,
  attached: PerhapsAttached,
  holders: readonly Principal[],
  doubtful: ReadonlySet<Principal>,
): readonly Carried[] => {
  const carried = new Map<PolicyCarrier, Carried>();
  for (const holder of holders) {
    for (const carrier of carriers.get(holder.id) ?? []) {
      const exclusion = exclusions.ofCarrier(holder, carrier);
      const found = { carrier, exclusion, perhaps: doubtful.has(holder) || attached.of(holder, carrier) !== null };
      const before = carried.get(carrier);
      if (before === undefined || doubt(found) < doubt(before)) carried.set(carrier, found);
    }
  }
  return [...carried.values()];
};

const doubt = ({ exclusion, perhaps }: Carried): number => {
  if (exclusion?.taken === true) return 2;
  return exclusion !== null || perhaps ? 1 : 0;
};

export const keptDocument = (carried: Carried): readonly CarriedDocument[] => {
  const { carrier } = carried;
  if (doubt(carried) === 2) return [];
  return [{ carrier, document: doubt(carried) === 0 ? carrier.document : inDoubt(carrier.document), managedArn: null }];
};

type KeptUnseen = {
  readonly document?: CarriedDocument;
  readonly outside?: string;
  readonly perhapsOutside?: true;
  /** Nobody can say what is left of it. */
  readonly open: boolean;
};

/** Of the policies out of view, those that AWS manages and everybody uses are known by their ARN. */
export const keptUnseen = (
  exclusions: Exclusions,
  holder: Principal,
  { text, at, origin, perhaps }: Unseen,
): KeptUnseen => {
  const exclusion = exclusions.ofArn(holder, text);
  if (exclusion?.taken === true) return { open: false };
  const document = managedPolicy(text, origin);
  if (document === null) return exclusion === null ? outside(text, perhaps) : { open: true };
  const kept = exclusion === null && !perhaps ? document : inDoubt(document);
  return { document: { carrier: at, document: kept, managedArn: text }, open: false };
};

/** A policy of AWS that neither allows nor denies what a login needs: to whom it is attached does not matter. */
export const allowsNothing = (join: Join<PolicyCarrier>): boolean =>
  join.kind === 'outside' && managedPolicy(join.text, { address: '', path: '' })?.statements.length === 0;

const outside = (text: string, perhaps: boolean): KeptUnseen =>
  perhaps ? { perhapsOutside: true, open: false } : { outside: text, open: false };

/** Whether it is attached at all is not known, and so whether a statement of it ever matches. */
const inDoubt = (document: IamPolicyDocument): IamPolicyDocument => ({
  ...document,
  statements: document.statements.map((statement) => ({ ...statement, mayBeMissing: true as const })),
});
