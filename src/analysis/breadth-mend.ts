import type { AnalysisContext } from './analysis-context.ts';
import type { ConnectAction } from './connect-action.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { connectResource, dataSourceStep } from './expressions.ts';
import { literalUser } from './grant-user.ts';
import { unique } from './judgement.ts';
import { notesFor, step, steps } from './mend-blocks.ts';

const connect = 'rds-db:connect';

/** More than these nobody types by hand. */
const namedAtMost = 8;

const likewise = 'Name there the resource id of each database or proxy, and the user, as resource.';

/** The databases and proxies in view with the users that are known, in place of the wildcards. */
export const breadthMend = (
  context: AnalysisContext,
  address: string,
  endpoints: readonly ConnectEndpoint[],
  action?: ConnectAction,
): string => {
  if (action?.kind === 'any') {
    return `In ${address} add a statement that denies rds-db:connect on every resource, and grant the logins that are meant in a policy of their own.`;
  }
  const named = endpoints.slice(0, namedAtMost);
  if (named.length === 0) return `Look at the statement of ${address} that allows rds-db:connect. ${likewise}`;
  const arns = named.flatMap((endpoint) =>
    usersOf(context, endpoint).map((user) => `"${connectResource(endpoint, user, { address })}",`),
  );
  const note = notesFor(
    address,
    named.map(({ entity }) => entity.address),
    'resource id',
  );
  return steps(
    step(`In the statement of ${address} write as resource those of these that are meant${note}`, arns),
    /[*?]/.test(action?.text ?? '') ? step('and as action', [`"${connect}"`]) : null,
    ...dataSourceStep(arns.join()),
  );
};

/** Where the resources are right, the action alone is not. */
export const actionMend = (address: string, { text }: ConnectAction): string =>
  step(`In the statement of ${address} that allows ${text}, write as action, and leave its resources as they are`, [
    `"${connect}"`,
  ]);

/** As every user of one endpoint, where none is named. */
const usersOf = ({ grants, pairsOf }: AnalysisContext, { entity }: ConnectEndpoint): readonly string[] => {
  const secrets = pairsOf(entity.id).flatMap(({ auth }) => auth.flatMap(({ user }) => user ?? []));
  const granted = grants.grantsFor(entity.id).flatMap(({ user }) => literalUser(user) ?? []);
  const users = unique([...secrets, ...granted]);
  return users.length === 0 ? ['*'] : users;
};
