import type { RequestContext } from './request-context.ts';

/** `${aws:username}`, or `${aws:PrincipalTag/team, 'none'}` with what stands for it where the request has no such key. */
const variable = /\$\{([^}*?$,{\s][^},${\s]*)\s*(?:,\s*'([^']*)'\s*)?\}/g;

/** Characters that mean something in a pattern, as themselves. */
const escaped = (text: string): string => text.replace(/[*?$]/g, '$${$&}');

/**
 * Puts in what the request says of policy variables. One of which nothing is known stays, and so does one whose key is
 * absent and that has no default: it "might cause the entire statement to be invalid".
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export const fillVariables = (pattern: string, context: RequestContext): string =>
  pattern.includes('${')
    ? pattern.replace(variable, (whole: string, key: string, fallback: string | undefined) => {
        const found = context(key.toLowerCase());
        if (typeof found === 'object') return escaped(found.value);
        return found === 'absent' && fallback !== undefined ? escaped(fallback) : whole;
      })
    : pattern;

/** Variables came with version 2012-10-17; in an older document, and in one that names none, `${` is text. */
export const withoutVariables = (text: string): string => text.replaceAll('${', '${$}{');

export const knowsVariables = (version: string): boolean => version >= '2012-10-17';
