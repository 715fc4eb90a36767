/** What a client that uses a connection must be told, as far as the plan tells it. */
export type Guide = {
  /** Id of the connection. */
  readonly connection: string;
  /** Which language and which client program the database speaks; null where nobody can see, or none is known. */
  readonly dialect: Dialect | null;
  /** The name that the client connects to: of the proxy where there is one. */
  readonly host: GuideValue;
  readonly port: GuideValue;
  readonly region: GuideValue;
  /** Whose certificate the client sees: RDS signs its databases' own; those of proxies are of Amazon's public authority (fact 6.10). */
  readonly trust: 'rds-bundle' | 'amazon-roots';
  /** What holds the password: a secret of the proxy, or the master user's. Null where none is in view. */
  readonly secret: string | null;
  /** What else is in view and worth knowing. */
  readonly facts: readonly GuideFact[];
};

export type Dialect = 'postgresql' | 'mysql' | 'mariadb' | 'sqlserver';

/** A value of the plan, the expression of one that only apply will tell, or neither. */
export type GuideValue =
  | { readonly kind: 'known'; readonly text: string }
  | { readonly kind: 'after-apply'; readonly expression: string }
  | { readonly kind: 'not-in-view' };

export const guideFactKinds = [
  'custom-dns',
  'few-addresses',
  'global-secondary',
  'master-secret-rotates',
  'other-vpc',
  'proxy-endpoint',
  'small-class',
] as const;

/** Something in view about the resources of a connection: `addresses` of those that say so. */
export type GuideFact = { readonly kind: (typeof guideFactKinds)[number]; readonly addresses: readonly string[] };
