import type { Engine } from './engines.ts';

/** What a client needs to log in, for its environment or its configuration. Values may be tokens. */
export type ConnectionFacts = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly engine: Engine;
  /** What the client shows: a password, or a token of 15 minutes. */
  readonly authentication: 'password' | 'iam';
  /** TLS is always required here. Whose certificates the client has to trust: those of RDS, or Amazon's root certificates. */
  readonly certificateAuthority: 'rds' | 'amazon-trust-services';
  /** Where the password is; not for IAM. */
  readonly secretArn?: string;
};
