import { matchesAddress, matchesText, modulesAround } from '../../model/address-glob.ts';
import type { Selector } from '../../model/configuration.ts';
import type { Subject } from '../../model/judgement.ts';
import type { Tri } from '../../model/value.ts';

/** The tags of a resource; null stands for a value that nobody can see. */
export type Tags = {
  readonly values: ReadonlyMap<string, string | null>;
  /** False where it may have tags that nobody can see. */
  readonly complete: boolean;
};

/** What selectors ask beside the subject itself. */
export type Surroundings = {
  /** Null where nobody states it. */
  readonly workspace: string | null;
  readonly tagsOf: (address: string) => Tags;
  /** For each database that a subject is about the engines that it can have; null where nobody can see. */
  readonly enginesOf: (subject: Subject) => readonly (readonly string[] | null)[];
};

/** Whether a rule is for a subject; unknown where what decides is known after apply, or stated by nobody. */
export const matchesSelector = (
  selector: Selector,
  subject: Subject,
  { workspace, tagsOf, enginesOf }: Surroundings,
): Tri => {
  const { address, module, engine, tags } = selector;
  const certain =
    (address === null || address.some((glob) => matchesAddress(glob, subject.address))) &&
    (module === null ||
      modulesAround(subject.address).some((path) => module.some((glob) => matchesAddress(glob, path))));
  if (!certain) return false;
  return all([
    selector.workspace === null ? true : mayMatch(selector.workspace, workspace),
    engine === null
      ? true
      : matchesEngine(
          engine.map(({ name }) => name),
          enginesOf(subject),
        ),
    ...(tags.size === 0 ? [] : matchesTags(tags, tagsOf(subject.address))),
  ]);
};

const matchesAny = (globs: readonly string[], text: string): boolean => globs.some((glob) => matchesText(glob, text));

const mayMatch = (globs: readonly string[], text: string | null): Tri =>
  text === null ? globs.includes('*') || 'unknown' : matchesAny(globs, text);

/** One of several databases is enough. */
const matchesEngine = (globs: readonly string[], engines: readonly (readonly string[] | null)[]): Tri =>
  any(engines.map((possible) => matchesPossible(globs, possible)));

const matchesPossible = (globs: readonly string[], possible: readonly string[] | null): Tri => {
  if (possible === null) return 'unknown';
  const matching = possible.filter((engine) => matchesAny(globs, engine));
  if (matching.length === 0) return false;
  return matching.length === possible.length || 'unknown';
};

const matchesTags = (wanted: Selector['tags'], { values, complete }: Tags): readonly Tri[] =>
  [...wanted].map(([key, globs]) => {
    const value = values.get(key);
    return value === undefined ? (complete ? false : 'unknown') : mayMatch(globs, value);
  });

const all = (answers: readonly Tri[]): Tri =>
  answers.includes(false) ? false : answers.includes('unknown') ? 'unknown' : true;

const any = (answers: readonly Tri[]): Tri =>
  answers.includes(true) ? true : answers.includes('unknown') ? 'unknown' : false;
