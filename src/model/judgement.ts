import type { Origin, Tri, Value } from './value.ts';

/**
 * What the analysis found about one question, in three values, with the words and the evidence for it.
 * Legs of connections and policies read the same judgements.
 */
export type Judgement = {
  /** True when the question is answered in favour of the login. */
  readonly holds: Tri;
  /** One sentence that names what was seen; never a sensitive value. */
  readonly reason: string;
  /** The values that decided. */
  readonly origins: readonly Origin[];
  /** What the answer rests on and no configuration shows; non-empty only where `holds` is true. */
  readonly assumptions: readonly string[];
};

/** An attribute of a subject: a judgement, a symbolic value, plain text for messages, or a list of nested subjects. */
export type SubjectAttribute =
  | { readonly kind: 'judgement'; readonly judgement: Judgement }
  | { readonly kind: 'value'; readonly value: Value<string | number | boolean> }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly SubjectAttributes[]; readonly complete: boolean };

export type SubjectAttributes = { readonly [name: string]: SubjectAttribute };

export const subjectKinds = [
  'database',
  'proxy',
  'proxyEndpoint',
  'role',
  'secret',
  'grant',
  'denial',
  'proxyPort',
  'client',
  'dnsRecord',
  'databaseUser',
  'password',
  'credentials',
  'connectStatement',
  'proxyTarget',
  'waiver',
  'path',
  'user',
  'masterUse',
] as const;

/** The kinds of things that a policy can be about; also the name by which its conditions refer to the subject. */
export type SubjectKind = (typeof subjectKinds)[number];

/** One thing that policies judge: an entity, one statement of an IAM policy document, or an exception to a policy. */
export type Subject = {
  readonly kind: SubjectKind;
  /** Where a finding about it points. Several subjects may share one (statements of one document). */
  readonly address: string;
  /** The database user whom it is about; left out where it is about none, about many, or nobody can see about whom. */
  readonly user?: string;
  readonly attributes: SubjectAttributes;
};
