import type { AssumedLeg, ConfigurationPlace, DeclaredUser } from '../model/configuration.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Analysis } from './analyse.ts';
import { isAbout } from './assumed-legs.ts';
import type { UserDefinition } from './database-users.ts';
import { isIn } from './declared-users.ts';
import type { Given } from './given.ts';

/** What a configuration of this program states and nothing in view asks for: most likely a name is wrong. */
export const findUnusedStatements = (
  { users, assume }: Given,
  analysis: Pick<Analysis, 'judged' | 'context'>,
): readonly Diagnostic[] => [
  ...users.flatMap((user) => unusedUser(user, analysis)),
  ...assume.flatMap((assumed) => unusedLeg(assumed, analysis)),
];

const unusedUser = (user: DeclaredUser, { judged, context }: Pick<Analysis, 'judged' | 'context'>) => {
  const own = judged.filter(({ draft }) => draft.user === user.name && draft.database !== null);
  const meant = own.filter(({ draft }) => isIn(user, draft.database?.database.address ?? ''));
  const defined = definedIn(user, context);
  if (meant.length + defined.length === 0) {
    return [unused('No way in to such a database is for this user.', user.place)];
  }
  // Who declares what is there, says who may be there.
  const other = defined.find(({ byIam }) => byIam === (user.method !== 'iam'));
  return other === undefined
    ? []
    : [unused(`${other.at.address} defines this user for the other method, and what it says counts.`, user.place)];
};

/** What resources in view make of the user in such a database. */
const definedIn = (user: DeclaredUser, { definitions }: Analysis['context']): readonly UserDefinition[] =>
  definitions.all.flatMap(({ database, definition }) =>
    database !== null && definition.user === user.name && isIn(user, database.address) ? [definition] : [],
  );

const unusedLeg = (assumed: AssumedLeg, { judged }: Pick<Analysis, 'judged'>): readonly Diagnostic[] =>
  judged.some(({ connection }) => connection.legs.some((leg) => isAbout(assumed, leg, connection)))
    ? []
    : [unused('This assumption is about no leg of any way in.', assumed.place)];

const unused = (summary: string, origin: ConfigurationPlace): Diagnostic => ({
  severity: 'warning',
  code: 'configuration-unused',
  summary,
  detail: 'Look at the names, or take it out.',
  origin,
});
