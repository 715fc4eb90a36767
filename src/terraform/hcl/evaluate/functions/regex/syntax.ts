/** The tree of a regular expression in the syntax of RE2, which Terraform takes. */
export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'character'; readonly matches: CharacterTest }
  | { readonly kind: 'assertion'; readonly which: Assertion }
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly RegexNode[] }
  | {
      readonly kind: 'repeat';
      readonly node: RegexNode;
      readonly least: number;
      /** Null for no end. */
      readonly most: number | null;
      readonly greedy: boolean;
    }
  | { readonly kind: 'capture'; readonly number: number; readonly node: RegexNode };

/** By code point. */
export type CharacterTest = (codePoint: number) => boolean;

export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'boundary' | 'no-boundary';

export type ParsedRegex = {
  readonly node: RegexNode;
  /** Of the groups that capture, in their order; null where one has no name. */
  readonly names: readonly (string | null)[];
};
