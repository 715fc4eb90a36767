/**
 * Whether an address of Terraform matches a glob.
 *
 * `*` stands for any text within one step (`module`, the name of one, a type, or a name with its instance key), `**` for
 * any text across steps, and `**.` also for none. Everything else is literal, brackets and quotes included. A step without
 * an instance key matches every instance: `module.a.aws_db_instance.main` matches
 * `module.a[0].aws_db_instance.main["x.y"]`.
 */
export const matchesAddress = (glob: string, address: string): boolean =>
  matchesFrom(marksOf(address), addressTokens(glob));

/** Whether a text without steps, an id or a name, matches a glob: `*` stands for any text, everything else is literal. */
export const matchesText = (glob: string, text: string): boolean =>
  matchesFrom(
    [...text].map((letter) => ({ letter, place: 'name' })),
    [...glob].map((letter) => (letter === '*' ? anywhere : { letter })),
  );

/** A character of an address: of a name, of an instance key with its brackets, or the dot between two steps. */
type Mark = { readonly letter: string; readonly place: 'name' | 'key' | 'dot' };

/** A character, any characters of these places, or any number of whole steps. */
type Token = { readonly letter: string } | { readonly any: readonly Mark['place'][] } | 'steps';

const anywhere: Token = { any: ['name', 'key', 'dot'] };
const withinStep: Token = { any: ['name', 'key'] };
const anyKey: Token = { any: ['key'] };

const marksOf = (address: string): readonly Mark[] =>
  (address.match(/\[(?:"(?:\\.|[^"\\])*"?|[^\]"])*\]?|[^[]/gsu) ?? []).flatMap((piece) => {
    if (piece.startsWith('[')) return [...piece].map((letter): Mark => ({ letter, place: 'key' }));
    return [{ letter: piece, place: piece === '.' ? 'dot' : 'name' }];
  });

/** The dots between steps are line breaks here, which no step holds: those within keys are text. */
const addressTokens = (glob: string): readonly Token[] => {
  const marked = marksOf(glob).map(({ letter, place }) => (place === 'dot' ? '\n' : letter));
  const pieces = marked.join('').match(/(?<=^|\n)\*{2,}\n|\*+|[^*](?=\n|$)|[^*]/gsu) ?? [];
  return pieces.flatMap((piece, at) => tokensOf(piece, at === pieces.length - 1 || pieces[at + 1] === '\n'));
};

const tokensOf = (piece: string, endsStep: boolean): readonly Token[] => {
  if (piece === '\n') return [{ letter: '.' }];
  if (piece === '*') return [withinStep];
  if (piece.startsWith('**')) return [piece.endsWith('\n') ? 'steps' : anywhere];
  return endsStep && piece !== ']' ? [{ letter: piece }, anyKey] : [{ letter: piece }];
};

/** Goes through the glob once, from its end: each token costs the length of the text, so that no glob takes long. */
const matchesFrom = (marks: readonly Mark[], tokens: readonly Token[]): boolean => {
  let reached: readonly boolean[] = [...marks.map(() => false), true];
  for (const token of tokens.toReversed()) {
    reached = token === 'steps' ? beforeSteps(marks, reached) : beforeToken(token, marks, reached);
  }
  return reached[0] === true;
};

/** From which places of the text the rest of the glob matches, given those from which it matches without this token. */
const beforeToken = (token: Exclude<Token, 'steps'>, marks: readonly Mark[], after: readonly boolean[]): boolean[] => {
  const reached = after.map((isReached) => 'any' in token && isReached);
  for (const [at, { letter, place }] of [...marks.entries()].toReversed()) {
    const isNext =
      'any' in token ? token.any.includes(place) && reached[at + 1] : token.letter === letter && after[at + 1];
    if (isNext === true) reached[at] = true;
  }
  return reached;
};

const beforeSteps = (marks: readonly Mark[], after: readonly boolean[]): readonly boolean[] => {
  const lastStart = after.findLastIndex((isReached, at) => isReached && (at === 0 || marks[at - 1]?.place === 'dot'));
  return after.map((_, at) => at <= lastStart);
};

/** The addresses of the modules that an address lies in, the outermost first. */
export const modulesAround = (address: string): readonly string[] => {
  const modules: string[] = [];
  let end = 0;
  for (const [step] of address.matchAll(/\.?module\.[^.[]+(?:\[(?:"(?:\\.|[^"\\])*"|[^\]"])*\])?(?=\.)/gsuy)) {
    end += step.length;
    modules.push(address.slice(0, end));
  }
  return modules;
};
