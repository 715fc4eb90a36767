import type { Origin } from './value.ts';

/** An exception that somebody has made to a policy, why, and until when. */
export type Waiver = {
  /** Where it is written: in `rds-auth-policy.yaml`, or as a comment in the configuration of Terraform. */
  readonly kind: 'configuration' | 'inline';
  readonly reason: string;
  /** `YYYY-MM-DD`: its last day, in UTC. */
  readonly expires: string;
  readonly owner: string | null;
  readonly origin: Pick<Origin, 'file' | 'line' | 'column'>;
};

/** A waiver as somebody wrote it: what it covers beside what it says. */
export type WaiverRule = Waiver & {
  /** Id or alias of a policy, or a glob over ids. */
  readonly policy: string;
  /** Glob over addresses. */
  readonly address: string;
  /** Database user; null for all. */
  readonly user: string | null;
};
