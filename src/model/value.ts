/**
 * Symbolic values: what Terraform says of an attribute before, and after, anything exists.
 *
 * A value is known, absent or unknown. The three are never mixed up: absent is an argument that is not set,
 * unknown is a value that only apply will tell. Source: Terraform's JSON output format, `change.after` and
 * `change.after_unknown`.
 */

/** Three-valued truth. `'unknown'` is never read as `false`. */
export type Tri = boolean | 'unknown';

/** Where a value stands: resource and attribute, and the place in the text where a source was read. */
export type Origin = {
  /** Terraform address, module and instance keys included. */
  readonly address: string;
  /** Attribute path in Terraform's notation (`auth[0].secret_arn`); empty for the resource as a whole. */
  readonly path: string;
  /** Number of the context input that it stands in; left out for the judged one. */
  readonly document?: number;
  /** Source file, relative to the repository; only where configuration text was read. */
  readonly file?: string;
  /** One-based line in `file`. */
  readonly line?: number;
  /** One-based column in `file`. */
  readonly column?: number;
  /** Where it ends; the column is the first one behind it. */
  readonly endLine?: number;
  readonly endColumn?: number;
  /** Where the module that it stands in is called, the nearest call first. */
  readonly calls?: readonly Call[];
  /** Where the value is to be changed, where that is another place: it comes through a module's input, or a local value. */
  readonly given?: Given;
};

/** The value as it is written; or the call of a module that leaves its argument out, where the value is a default. */
export type Given = Call & { readonly endLine: number; readonly endColumn: number; readonly leftOut?: string };

/** The block that calls a module. */
export type Call = { readonly file: string; readonly line: number; readonly column: number };

/** A resource or data source that an expression refers to. */
export type Reference = {
  /** Id of the resource in the graph: its address, preceded by `@n/` when it comes from context document n. */
  readonly resource: string;
  /** Attribute path; empty where the plan keeps only the resource. */
  readonly path: string;
  /** One of several that the plan does not tell apart: instances without a key, or elements of a `for_each`. */
  readonly oneOf?: true;
  /** Where a text takes it in, where the source was read: narrower than the place of the text. */
  readonly place?: Pick<Origin, 'file' | 'line' | 'column' | 'endLine' | 'endColumn'>;
};

/** A piece of an unknown string that something computes: from these references, and more where the trail ends. */
export type Computed = {
  readonly computed: true;
  readonly references: readonly Reference[];
  readonly trailEnds: readonly string[];
};

/** A piece of an unknown string whose structure is known: literal text, an attribute as it stands, or what is computed. */
export type TemplatePart = string | Reference | Computed;

/** What the expression of the value at a place refers to; undefined where that is not known, or not all of it. */
export type ReferencesAt = (origin: Origin) => readonly Reference[] | undefined;

/** What a stretch of a text was made from. In a template each piece that is no text counts as one character. */
export type TextReference = Reference & { readonly start: number; readonly end: number };

/** A value that the plan states. A text that Terraform marks sensitive is never one: it must reach no output. */
export type Known<T> = {
  readonly kind: 'known';
  readonly value: T;
  readonly origin: Origin;
  /** The attributes that a text was made from, where the source was read and says so. */
  readonly references?: readonly TextReference[];
};

/** An argument that is not set. */
export type Absent = { readonly kind: 'absent'; readonly origin: Origin };

/** A value that is known after apply only. */
export type Unknown = {
  readonly kind: 'unknown';
  readonly origin: Origin;
  /** What the expression refers to, followed through module inputs and outputs. */
  readonly references: readonly Reference[];
  /** Names where the trail ends, because plan JSON keeps no more (`local.x`, `each.value`). */
  readonly trailEnds: readonly string[];
  /** The structure of the string, where it is known. */
  readonly template?: readonly TemplatePart[];
  /** The attributes that the texts in the template were made from. */
  readonly textReferences?: readonly TextReference[];
};

/** A value of type T in one of its three kinds. */
export type Value<T> = Known<T> | Absent | Unknown;

/** A list or set of values. */
export type ListValue<T> = {
  readonly items: readonly Value<T>[];
  /** False when elements may exist that the plan does not show. */
  readonly complete: boolean;
  readonly origin: Origin;
};

export const known = <T>(value: T, origin: Origin): Known<T> => ({ kind: 'known', value, origin });

export const absent = (origin: Origin): Absent => ({ kind: 'absent', origin });

export const unknown = (
  origin: Origin,
  references: readonly Reference[] = [],
  trailEnds: readonly string[] = [],
): Unknown => ({ kind: 'unknown', origin, references, trailEnds });

/** The value when it is known, else undefined: for comparisons that treat the other kinds themselves. */
export const literal = <T>(value: Value<T>): T | undefined => (value.kind === 'known' ? value.value : undefined);
