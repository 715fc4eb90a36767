import { hasVariable, hasWildcard, unescaped } from '../iam/shape.ts';
import type { TemplatePart, Value } from '../model/value.ts';

/** The database user that a grant names. */
export type GrantUser =
  | { readonly kind: 'literal'; readonly name: string }
  /** A wildcard or a policy variable. */
  | { readonly kind: 'pattern'; readonly text: string }
  /** Nobody: nothing follows the id, or its slash, so that no login has such an ARN. */
  | { readonly kind: 'none' }
  /** Nobody can see it: the plan has dropped it, or the source says that it is known after apply. */
  | { readonly kind: 'lost'; readonly until: 'source' | 'apply' };

/** Null where nobody can see it. */
export const grantUser = (parts: readonly TemplatePart[] | null): GrantUser | null => {
  if (parts === null || parts.some((part) => typeof part !== 'string')) return null;
  const text = parts.join('');
  if (text === '') return { kind: 'none' };
  return hasWildcard(text) || hasVariable(text)
    ? { kind: 'pattern', text }
    : { kind: 'literal', name: unescaped(text) };
};

/** Where the source was read, nothing but apply tells more. */
export const lostIn = (pattern: Value<string>): Extract<GrantUser, { kind: 'lost' }> => ({
  kind: 'lost',
  until: pattern.kind === 'unknown' && pattern.template === undefined ? 'source' : 'apply',
});

/** What to call the user in messages. */
export const userText = (user: GrantUser): string | null => {
  if (user.kind === 'literal') return user.name;
  return user.kind === 'pattern' ? user.text : null;
};

export const literalUser = (user: GrantUser): string | undefined => (user.kind === 'literal' ? user.name : undefined);
