import type { Entity } from '../model/auth-model.ts';
import type { Subject } from '../model/judgement.ts';
import { type Origin, type Value, known, unknown } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { ConnectionDraft } from './connection-drafts.ts';
import type { JudgedConnection } from './connections.ts';
import { type UserDefinition, methodAt } from './database-users.ts';
import { unique } from './judgement.ts';
import { judged, subjectOf, text, textLater } from './subject-attributes.ts';
import { declareMend, judgeDeclared } from './user-declaration.ts';

/** A place that names a user of a database, or means one whom nobody can see yet. */
type Mention = {
  /** The database; where that is not in view, the proxy, or what names the user. */
  readonly address: string;
  readonly isDatabase: boolean;
  /** Null where nobody can see it. */
  readonly user: string | null;
  /** Null where it is known after apply. */
  readonly method: 'iam' | 'password' | null;
  readonly by: string;
  readonly origin: Origin;
};

/** Every user whom the configuration names, with the method that the database must take, once for each database. */
export const userSubjects = (
  context: AnalysisContext,
  connections: readonly JudgedConnection[],
): readonly Subject[] => {
  const mentions = [
    ...connections.flatMap(({ draft }) => mentionsIn(draft)),
    ...context.definitions.all.flatMap(mentionOf),
  ];
  const groups = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const { address, user, method, by } = mention;
    // Users whom nobody can see are as many as there are places that mean one.
    const key = JSON.stringify([address, user, method, user === null ? by : null]);
    groups.set(key, [...(groups.get(key) ?? []), mention]);
  }
  return [...groups.values()].flatMap((group) => toSubject(group, context.declared));
};

const mentionsIn = (draft: ConnectionDraft): readonly Mention[] => {
  const { path, facts, database, user } = draft;
  const address = database?.database.address ?? facts?.proxy.address;
  if (address === undefined) return [];
  const mention = { address, isDatabase: database !== null, user, method: methodAt(path) };
  if (path === 'password-rds') return masterMention(draft, mention);
  return [
    ...draft.grants.map(({ carrier, statement }) => ({ ...mention, by: carrier.address, origin: statement.origin })),
    ...draft.opaque.map(({ carrier, origin }) => ({ ...mention, by: carrier.address, origin })),
    ...draft.blocks.map(({ secretName, block }) => ({ ...mention, by: secretName, origin: block.secretArn.origin })),
  ];
};

/** Of a replica, or a restored database, nobody names the master user. */
const masterMention = ({ database }: ConnectionDraft, mention: Omit<Mention, 'by' | 'origin'>): readonly Mention[] => {
  if (database === null || database.database.masterUser.kind === 'absent') return [];
  const { address, masterUser } = database.database;
  return [{ ...mention, by: address, origin: masterUser.origin }];
};

type Defined = { readonly database: Pick<Entity, 'address'> | null; readonly definition: UserDefinition };

const mentionOf = ({ database, definition }: Defined): readonly Mention[] => {
  const { user, byIam, mayLogIn, at, origin } = definition;
  if (mayLogIn === false || !at.judged) return [];
  const method = byIam === 'unknown' ? null : byIam ? 'iam' : 'password';
  const address = database?.address ?? at.address;
  return [{ address, isDatabase: database !== null, user, method, by: at.address, origin }];
};

const toSubject = (mentions: readonly Mention[], declared: AnalysisContext['declared']): readonly Subject[] => {
  const [first] = mentions;
  if (first === undefined) return [];
  const { address, isDatabase, user, method, origin } = first;
  const named = { database: isDatabase ? address : null, user, method };
  const value = (known_: string | null): Value<string> => (known_ === null ? unknown(origin) : known(known_, origin));
  const by = unique(mentions.map((mention) => mention.by)).join(', ');
  return [
    {
      ...subjectOf('user', address, {
        name: { kind: 'value', value: value(user) },
        method: { kind: 'value', value: value(method) },
        entry: { kind: 'value', value: value(user === null || method === null ? null : `${user}:${method}`) },
        who: text(user === null ? 'a user whom nobody can see here' : `the user ${user}${methodWords(method)}`),
        namedBy: text(by),
        declared: judged(judgeDeclared(declared, named, origin)),
        declareMend: textLater(() => declareMend(declared, named)),
      }),
      ...(user === null ? {} : { user }),
    },
  ];
};

const methodWords = (method: Mention['method']): string => {
  if (method === null) return '';
  return method === 'iam' ? ', by IAM' : ', by password';
};
