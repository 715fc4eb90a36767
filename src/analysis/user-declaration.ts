import type { DeclaredUser } from '../model/configuration.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Origin, Tri } from '../model/value.ts';
import { isIn } from './declared-users.ts';
import { judge, unique } from './judgement.ts';

/** A user whom something in view names; null for what nobody can see. */
export type NamedUser = {
  /** Address of the database. */
  readonly database: string | null;
  readonly user: string | null;
  readonly method: DeclaredUser['method'] | null;
};

/** Whether a configuration of this program declares a user, with the method, for the database. */
export const judgeDeclared = (declared: readonly DeclaredUser[], named: NamedUser, origin: Origin): Judgement => {
  const { database, user } = named;
  const here = declared.filter((one) => database === null || isIn(one, database));
  const own = here.filter(({ name }) => name === user);
  const said = unique(own.map(({ method }) => method)).map(methodWords);
  const words = (more: string): string => `users: declares ${user} ${said.join(' and ')}${more}`;
  const nobody = here.length === 0 ? 'users: declares nobody here' : `users: does not declare ${user}`;
  return judge(
    user === null ? here.length > 0 && 'unknown' : answerOf(own, named),
    {
      yes: words(''),
      no: own.length === 0 ? nobody : words(''),
      unknown: user === null ? 'users: may declare the user' : words(', which need not be this one'),
    },
    [origin],
  );
};

/** Of several statements about one user in one database the last counts; which are for it may be out of view. */
const answerOf = (own: readonly DeclaredUser[], { database, method }: NamedUser): Tri => {
  const possible = database === null ? own : own.slice(-1);
  const answers = possible.map((one): Tri => (method === null ? 'unknown' : one.method === method));
  const isCertain = possible.some((one) => database !== null || one.database === null);
  const [first, ...others] = isCertain ? answers : [...answers, false as const];
  return first === undefined || others.some((other) => other !== first) ? 'unknown' : first;
};

const methodWords = (method: DeclaredUser['method']): string => (method === 'iam' ? 'by IAM' : 'by password');

/** The file, and the lines to write in it. */
export const declareMend = (declared: readonly DeclaredUser[], { database, user, method }: NamedUser): string => {
  const file = declared[0]?.place.file ?? 'rds-auth-policy.yaml';
  if (user === null || method === null) return `In ${file} write, under users, the name, the method and the database.`;
  const where = database === null ? '' : `, database: ${JSON.stringify(database)}`;
  return `In ${file} write, under users:\n  - { name: ${JSON.stringify(user)}${where}, method: ${method} }`;
};
