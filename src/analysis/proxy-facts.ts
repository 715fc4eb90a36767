import type { Principal, Proxy, ProxyTarget } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Tri } from '../model/value.ts';
import type { DatabaseFacts } from './databases.ts';
import type { NetworkGap } from './network.ts';
import type { PrincipalPolicies } from './principals.ts';
import type { LinkedAuth } from './secrets.ts';

/** What a proxy is registered for: a database in view, or one that nobody sees. */
export type TargetLink =
  | { readonly kind: 'database'; readonly target: ProxyTarget; readonly facts: DatabaseFacts }
  | { readonly kind: 'outside' | 'unknown'; readonly target: ProxyTarget };

export type RoleLink =
  | { readonly kind: 'principal'; readonly principal: Principal; readonly policies: PrincipalPolicies }
  | { readonly kind: 'outside'; readonly text: string }
  /** One of these; null where the plan does not narrow it down. */
  | { readonly kind: 'unknown'; readonly among: readonly Principal[] | null };

/** What the API accepts of a proxy's own arguments. */
export type ApiJudgements = {
  readonly tlsForIam: Judgement;
  readonly iamModesSupported: Judgement;
  /** Password types belong to the engine family. */
  readonly familyPasswordTypes: Judgement;
  /** The same, and the target's engine takes them. */
  readonly passwordTypesMatch: Judgement;
  readonly authWithoutUsername: Judgement;
  readonly hasCredentials: Judgement;
  /** No block names its secret by what is no ARN at all. */
  readonly secretArnsTaken: Judgement;
};

/** What the proxy's role can do. */
export type RoleJudgements = {
  readonly assumable: Judgement;
  readonly mayRead: (auth: LinkedAuth) => Judgement;
  readonly mayDecrypt: (auth: LinkedAuth) => Judgement;
  /** Whether the role may connect to the database as a user; null asks for anyone at all. */
  readonly mayConnect: (user: string | null) => Judgement;
  readonly roleMayReadSecrets: Judgement;
  readonly roleMayDecryptSecrets: Judgement;
};

/** A proxy together with one of its targets, and every judgement about the pair. */
export type ProxyFacts = ApiJudgements &
  RoleJudgements & {
    readonly proxy: Proxy;
    readonly auth: readonly LinkedAuth[];
    readonly role: RoleLink;
    /** Whether `default_auth_scheme` is IAM_AUTH; unset is NONE (fact 8.4). */
    readonly endToEnd: Tri;
    readonly target: TargetLink | null;
    readonly hasTarget: Judgement;
    readonly servesTarget: Judgement;
    readonly targetsWriter: Judgement;
    readonly targetTakesIam: Judgement;
    /** In the VPC of the target. */
    readonly inTargetVpc: Judgement;
    /** The same, and in two zones. */
    readonly placedRight: Judgement;
    readonly reachesTarget: Judgement;
    readonly networkGap: NetworkGap | null;
    /** Everything for want of which no login through the proxy can work. */
    readonly works: Judgement;
  };
