/** What a request says of a condition key: its value, that it is absent, or nothing that anyone documents. */
export type ContextKey = { readonly value: string } | 'absent' | 'unknown';

/** Looks a key up, in lower case. */
export type RequestContext = (key: string) => ContextKey;
