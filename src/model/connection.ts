import type { Origin } from './value.ts';

/** The five ways in. `rds` stands for the database, instance or cluster. */
export const paths = ['password-rds', 'iam-rds', 'password-proxy-rds', 'iam-proxy-rds', 'iam-proxy-iam-rds'] as const;
export type Path = (typeof paths)[number];

/** What the settings make of a path, whoever may use it. */
export type Cell = 'open' | 'closed' | 'unusable' | 'unknown';

/** One row of the settings matrix; `paths` holds the first two where `proxy` is null. */
export type MatrixRow = {
  /** Address; null for a proxy whose target is missing or out of view. */
  readonly database: string | null;
  readonly proxy: string | null;
  readonly paths: Readonly<Partial<Record<Path, Cell>>>;
};

export const legNames = [
  'grant',
  'tls',
  'listener',
  'secret',
  'proxy-role',
  'target',
  'network',
  'database-user',
  'engine',
] as const;
export type LegName = (typeof legNames)[number];

/** The legs of each path, in the order in which a login meets them. */
export const legsOfPath: Readonly<Record<Path, readonly LegName[]>> = {
  'password-rds': ['network', 'database-user', 'engine'],
  'iam-rds': ['grant', 'tls', 'listener', 'network', 'database-user', 'engine'],
  'password-proxy-rds': ['listener', 'secret', 'proxy-role', 'target', 'network', 'database-user', 'engine'],
  'iam-proxy-rds': ['grant', 'tls', 'listener', 'secret', 'proxy-role', 'target', 'network', 'database-user', 'engine'],
  'iam-proxy-iam-rds': ['grant', 'tls', 'listener', 'proxy-role', 'target', 'network', 'database-user', 'engine'],
};

export type LegStatus = 'ok' | 'broken' | 'assumed' | 'unknown';

/** One question that a login hangs on, and the evidence that decided it. */
export type Leg = {
  readonly leg: LegName;
  readonly status: LegStatus;
  readonly reason: string;
  readonly origin: Origin | null;
};

export type Verdict = 'reachable' | 'unreachable' | 'unknown';

/** A path that the configuration means to be used, by whom. */
export type Connection = {
  readonly id: string;
  readonly path: Path;
  readonly database: string | null;
  readonly proxy: string | null;
  /** Database user; null where nobody can see who that is. */
  readonly user: string | null;
  /** Address of the principal, or its literal name or ARN; null where none is in view. */
  readonly principal: string | null;
  readonly verdict: Verdict;
  readonly legs: readonly Leg[];
  readonly assumptions: readonly string[];
};

export const changeKinds = ['breaks', 'heals', 'appears', 'goes', 'undecided', 'decided'] as const;

/**
 * What the plan does to one connection, from its own before and after. `undecided`: nobody can say what it will be;
 * `decided`: it was undecided before, and works after.
 */
export type Change = Pick<Connection, 'path' | 'database' | 'proxy' | 'user' | 'principal'> & {
  /** Id of the connection; of one that goes, the id that it had. */
  readonly connection: string;
  readonly kind: (typeof changeKinds)[number];
  /** Null where there was no such connection. */
  readonly before: Verdict | null;
  /** Null where there will be none. */
  readonly after: Verdict | null;
};
