export type Tags = Readonly<Record<string, string>>;

/** What everything that can be tagged has: its name, and what the caller says. */
export const tagsOf = (name: string, tags: Tags = {}): Record<string, string> => ({ Name: name, ...tags });
