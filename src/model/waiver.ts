import type { Diagnostic } from './diagnostic.ts';
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

/** A waiver that stands in a configuration of Terraform, for one policy. `address` is the first of those that it covers. */
export type InlineWaiver = WaiverRule & {
  /** What it covers, as globs: a resource, once for each place that its module is called at, or all that a module makes. */
  readonly addresses: readonly string[];
  /**
   * `resource`: findings at these addresses. `origin`: findings whose cause stands there, since no finding points at the
   * data source that a policy document is written in.
   */
  readonly covers: 'resource' | 'origin';
};

/** The waivers of a configuration, and what is wrong with those that could not be read. */
export type InlineWaivers = {
  readonly waivers: readonly InlineWaiver[];
  readonly diagnostics: readonly Diagnostic[];
};
