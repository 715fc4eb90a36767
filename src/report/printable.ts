// Control characters move the cursor and recolour a terminal; bidirectional ones reorder what is read; half of a
// surrogate pair is no character at all.
const dangerous = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const dangerousButLineBreak = /(?!\n)[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

const escape = (character: string): string =>
  character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

// What runs a build takes for a command in what is printed: GitHub (`::error::` where a line begins, `##[` anywhere),
// Azure DevOps and TeamCity (anywhere), GitLab (in test output).
const commandsAnywhere = /##(?=\[|vso\[|teamcity\[)|\[(?=\[ATTACHMENT\|)/gi;
// What ends it may stand behind the text, on the line that it becomes a part of.
const commandAtStart = /(^|\s):(?=:[a-z][a-z-]*(?:\s|::|$))/gi;

/** Text in which no build runner finds a command: one blank takes it apart. */
const withoutCommands = (text: string): string =>
  text
    .replace(commandsAnywhere, (start) => (start === '##' ? '# #' : '[ '))
    .replace(commandAtStart, (_, before: string) => `${before}: `);

/** Texts of several lines that this program writes itself. */
const multiline: ReadonlySet<string> = new Set(['message', 'remediation', 'detail', 'fails', 'passes']);

/** What stands for punctuation where a terminal shows ASCII only. */
const ascii: Readonly<Record<string, string>> = {
  '…': '...',
  '–': '-',
  '—': '-',
  '→': '->',
  '’': "'",
  '“': '"',
  '”': '"',
};

const toAscii = (text: string): string => text.replace(/[…–—→’“”]/g, (sign) => ascii[sign] ?? sign);

/**
 * Every string within, with characters spelled out that could change what a terminal shows, and without commands. Names of resources and
 * users come from whoever wrote the plan.
 */
export const printable = <T>(value: T, { unicode }: { readonly unicode: boolean }): T =>
  convert(value, '', unicode ? (text) => text : toAscii) as T;

const convert = (value: unknown, key: string, finish: (text: string) => string): unknown => {
  if (typeof value === 'string') {
    return finish(withoutCommands(value.replace(multiline.has(key) ? dangerousButLineBreak : dangerous, escape)));
  }
  if (Array.isArray(value)) return value.map((item) => convert(item, key, finish));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, convert(child, name, finish)]));
};

/** JSON text in which those characters are escapes, and commands begin with one; they can only stand in strings. */
export const printableJson = (json: string): string =>
  json
    .replace(dangerousButLineBreak, escape)
    .replace(commandsAnywhere, (start) => (start === '##' ? '\\u0023#' : '\\u005b'));
