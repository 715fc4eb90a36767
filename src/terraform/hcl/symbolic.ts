import type { Reference, TextReference } from '../../model/value.ts';
import type { Origins } from '../origins.ts';

/**
 * What an expression comes to before anything exists: known values, texts with holes, collections of either, and
 * unknowns that say what they come from.
 */
export type Symbolic = (KnownScalar | SymbolicText | SymbolicList | SymbolicMap | SymbolicObject | SymbolicUnknown) & {
  /** Marked sensitive, as Terraform marks it: must reach no output. The marks of parts are on the parts. */
  readonly sensitive?: true;
  /** Where the value was written, if one place in a file made it. */
  readonly place?: Place;
  /** The heredoc that wrote it, from `<<` on. */
  readonly heredoc?: string;
};

/** Lines and columns count from one, columns in characters. `endColumn` is the first one behind the value. */
export type Place = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
};

export type KnownScalar = {
  readonly kind: 'known';
  readonly value: string | number | boolean | null;
  /** The value of which a text is the JSON, where that is known: it says where each part of the text was written. */
  readonly json?: Symbolic;
  /** The attribute that a text is, as it stands. */
  readonly exactly?: Reference;
  /** What a text was made from. Undefined where nobody has said: a literal, or what a function makes. */
  readonly from?: readonly TextReference[];
};

/** A text of which parts are known after apply; at least one part is a `Hole`. Neighbouring texts are joined. */
export type SymbolicText = {
  readonly kind: 'text';
  readonly parts: readonly (string | Hole)[];
  /** The value of which the text is the JSON: `jsonencode` of something with unknown parts. */
  readonly json?: Symbolic;
  /** What the text was made from; each hole counts as one character. */
  readonly from?: readonly TextReference[];
};

/** An unknown piece of a text. */
export type Hole = {
  /** What it is: one attribute of one resource, as it stands; undefined where it is computed from `references`. */
  readonly exactly?: Reference;
  readonly references: readonly Reference[];
  readonly trailEnds: readonly string[];
  /** Characters that cannot be in it: a segment of an ARN holds no `:`. */
  readonly without?: string;
  readonly sensitive?: true;
};

export type SymbolicList = {
  readonly kind: 'list';
  /** Sets and lists come from conversions, tuples from brackets. */
  readonly type: 'tuple' | 'list' | 'set';
  readonly items: readonly Symbolic[];
  /** Set where more elements may exist, or fewer: what decides that is in it. */
  readonly open?: Origins;
};

export type SymbolicMap = {
  readonly kind: 'map';
  readonly type: 'object' | 'map';
  readonly entries: ReadonlyMap<string, Symbolic>;
  readonly open?: Origins;
  /** Those of which the keys are not known: `open` is set beside them. */
  readonly hidden?: HiddenEntries;
};

export type HiddenEntries = {
  /** In the order in which they are set. */
  readonly items: readonly (readonly [key: Symbolic, value: Symbolic])[];
  /** Known keys that one of them may turn out to have: what stands there is replaced then. */
  readonly replaces: ReadonlySet<string>;
  /** Beside these and those with known keys there are no others. */
  readonly isAll: boolean;
  /** No two of all of them can have the same key. */
  readonly isDistinct: boolean;
};

/** An instance of a resource or module, whose attributes are computed when they are asked for. */
export type SymbolicObject = {
  readonly kind: 'instance';
  readonly attribute: (name: string) => Symbolic;
  /** Names that are known to be there: all of them only where `complete`. */
  readonly names: () => readonly string[];
  readonly complete: boolean;
  /** The resource as a whole, for what takes all of it. */
  readonly references: readonly Reference[];
};

export type SymbolicUnknown = Origins & {
  readonly kind: 'unknown';
  /** The value is this attribute as it stands, and nothing computed from it. */
  readonly exactly?: Reference;
  /** Terraform would report an error here: `try` goes on to its next argument. */
  readonly failed?: true;
};
