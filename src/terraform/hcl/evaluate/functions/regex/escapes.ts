const controls: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

/** An escape for one character; `at` is behind the backslash. Null where RE2 knows no such escape. */
export const readEscape = (
  pattern: string,
  at: number,
): { readonly codePoint: number; readonly end: number } | null => {
  const escape = /x\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|(0[0-7]{0,2}|[1-7][0-7]{1,2})|([aftnrv])|([!-/:-@[-`{-~])/y;
  escape.lastIndex = at;
  const found = escape.exec(pattern);
  if (found === null) return null;
  const [all, braced, hex, octal, control, punctuation] = found;
  const codePoint = codePointOf(braced ?? hex, octal, control, punctuation);
  return codePoint > 0x10ffff ? null : { codePoint, end: at + all.length };
};

const codePointOf = (hex?: string, octal?: string, control?: string, punctuation?: string): number => {
  if (hex !== undefined) return Number.parseInt(hex, 16);
  if (octal !== undefined) return Number.parseInt(octal, 8);
  return controls[control ?? ''] ?? punctuation?.codePointAt(0) ?? 0;
};
