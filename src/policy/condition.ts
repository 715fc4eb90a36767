/** What a condition can hold and compare; null stands for a value that is not set. */
export type Scalar = string | number | boolean | null;

/** `text.startsWith(argument)` and its kind. */
export const textTests = ['startsWith', 'endsWith', 'contains', 'matches', 'matchesAddress'] as const;
export type TextTest = (typeof textTests)[number];

/** A CEL condition after loading: plain data, so that built-in policies need no parser when they run. */
export type Condition =
  | { readonly op: 'literal'; readonly value: Scalar }
  | { readonly op: 'attribute'; readonly of: string; readonly name: string }
  | { readonly op: 'not'; readonly operand: Condition }
  | { readonly op: 'and' | 'or' | 'equals' | 'less'; readonly left: Condition; readonly right: Condition }
  | { readonly op: 'in'; readonly item: Condition; readonly list: readonly Condition[] }
  | {
      readonly op: 'exists';
      readonly of: string;
      readonly name: string;
      readonly variable: string;
      readonly predicate: Condition;
    }
  | { readonly op: 'count'; readonly of: string; readonly name: string }
  | { readonly op: 'length'; readonly text: Condition }
  | { readonly op: 'present'; readonly of: string; readonly name: string }
  | { readonly op: 'test'; readonly test: TextTest; readonly text: Condition; readonly argument: Condition }
  | { readonly op: 'if'; readonly condition: Condition; readonly yes: Condition; readonly no: Condition };
