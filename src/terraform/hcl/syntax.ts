import type { SourceText } from '../../model/source.ts';

/**
 * The tree of a configuration file, native syntax and JSON syntax alike.
 *
 * Names follow HCL's specification (hclsyntax/spec.md). Every node says where it stands, so that whatever is computed
 * from it can be shown to the reader.
 */

export type { SourceText } from '../../model/source.ts';

/** A stretch of a file in UTF-16 units: `start` inclusive, `end` exclusive. */
export type Span = { readonly start: number; readonly end: number };

/** A parsed file. What could not be read is left out of `body` and stands in `faults`. */
export type ParsedFile = {
  readonly file: SourceText;
  readonly syntax: 'native' | 'json';
  readonly body: Body;
  readonly faults: readonly SyntaxFault[];
};

/** What is wrong in a file, in the words of `terraform validate`; it never quotes more than punctuation and keywords. */
export type SyntaxFault = {
  /** `Missing newline after argument`. */
  readonly summary: string;
  /** What was expected there. */
  readonly detail: string;
  readonly span: Span;
};

export type Body = {
  /** By name, in the order of the text. Null-prototype safe: a Map. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
  readonly span: Span;
  /** In JSON an argument and a nested block look the same: `auth = [{…}]` may be either. */
  readonly syntax: 'native' | 'json';
};

export type Attribute = {
  readonly name: string;
  readonly value: Expression;
  /** From the name to the end of the value. */
  readonly span: Span;
};

export type Label = { readonly text: string; readonly span: Span };

export type Block = {
  readonly type: string;
  readonly labels: readonly Label[];
  readonly body: Body;
  /** The whole block. */
  readonly span: Span;
  /** `resource "aws_db_proxy" "main"`: from the type to the last label. */
  readonly header: Span;
};

export type Expression =
  /** `12`, `true`, `null`; a text without template parts. */
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly span: Span }
  /** A quoted or heredoc text with at least one part that is no text. `"${x}"` alone is the value of x itself. */
  | { readonly kind: 'template'; readonly parts: readonly TemplatePiece[]; readonly span: Span }
  | { readonly kind: 'tuple'; readonly items: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'object'; readonly items: readonly ObjectItem[]; readonly span: Span }
  /** The first name of a traversal: `var`, `aws_db_proxy`, or a name that a `for` binds. */
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'attribute'; readonly target: Expression; readonly name: string; readonly span: Span }
  /** `target[key]`, and the legacy `target.0`. */
  | { readonly kind: 'index'; readonly target: Expression; readonly key: Expression; readonly span: Span }
  /** `target[*].a.b`, and the legacy `target.*.a` (`full` false); `each` stands on a `splat-item`. */
  | {
      readonly kind: 'splat';
      readonly target: Expression;
      readonly full: boolean;
      readonly each: Expression;
      readonly span: Span;
    }
  | { readonly kind: 'splat-item'; readonly span: Span }
  /** `name` holds the namespaces of a provider's function: `provider::aws::arn_parse`. */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      /** `f(list...)`. */
      readonly expand: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
      readonly span: Span;
    }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  /** `[for k, v in c : value if condition]`; with `key` the form in braces, `grouped` for `...`. */
  | {
      readonly kind: 'for';
      readonly keyName: string | null;
      readonly valueName: string;
      readonly collection: Expression;
      readonly key: Expression | null;
      readonly value: Expression;
      readonly condition: Expression | null;
      readonly grouped: boolean;
      readonly span: Span;
    }
  /** What could not be parsed: its value is unknown. */
  | { readonly kind: 'invalid'; readonly span: Span };

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';

export type ObjectItem = {
  /** A bare name as key is a literal of that name; `(name)` is the expression. */
  readonly key: Expression;
  readonly value: Expression;
  readonly span: Span;
};

/** A piece of a template; the trimming of `~` is done already. */
export type TemplatePiece =
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'interpolation'; readonly value: Expression; readonly span: Span }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: readonly TemplatePiece[];
      readonly otherwise: readonly TemplatePiece[];
      readonly span: Span;
    }
  | {
      readonly kind: 'for';
      readonly keyName: string | null;
      readonly valueName: string;
      readonly collection: Expression;
      readonly body: readonly TemplatePiece[];
      readonly span: Span;
    };
