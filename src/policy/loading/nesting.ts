import { type CST, Parser } from 'yaml';

/** Whether a text is nested more deeply than this. Beyond some hundreds of levels to compose it would exhaust the stack. */
export const isNestedBeyond = (source: string, limit: number): boolean => {
  try {
    let level: readonly CST.Token[] = [...new Parser().parse(source)];
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > limit) return true;
      level = level.flatMap(childrenOf);
    }
    return false;
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
};

const childrenOf = (token: CST.Token): readonly CST.Token[] => {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat());
};
