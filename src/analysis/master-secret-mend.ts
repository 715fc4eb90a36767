import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { rolePlace } from './credentials-mend.ts';
import { writeResource } from './grant-mend.ts';
import { literalUser } from './grant-user.ts';
import { unique } from './judgement.ts';
import { judgeAuth } from './master-secret.ts';
import { addTo, freeName, generatedSecret, lastName, rolePolicy, step, steps } from './mend-blocks.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';

/** A user with the rights that the application needs and no more, and every line that the logins there are then need. */
export const masterSecretMend = (context: AnalysisContext, facts: ProxyFacts): string => {
  const judged = facts.auth.map((auth) => ({ auth, judgement: judgeAuth(facts, auth) }));
  const failing = judged.find(({ judgement }) => judgement.holds === false);
  if (failing !== undefined) return newUser(context, facts, failing.auth);
  const open = judged.find(({ judgement }) => judgement.holds === 'unknown');
  return open === undefined ? '' : whatShows(facts, open.auth);
};

const newUser = (context: AnalysisContext, facts: ProxyFacts, old: LinkedAuth): string => {
  const { address } = facts.proxy;
  const { secrets } = context.world.model;
  const user = freeUser(facts);
  const name = freeName(secrets, 'aws_secretsmanager_secret', `${lastName(address)}_${user}`);
  const role = rolePlace(context.world, facts);
  const arn = `aws_secretsmanager_secret.${name}.arn`;
  return steps(
    step(addTo(role.place), [
      ...generatedSecret(user, name),
      ...rolePolicy(role, `reads_${name}`, 'secretsmanager:GetSecretValue', [arn]),
    ]),
    step(`and in ${address}, in the auth block for ${old.secretName}, write`, [`secret_arn = ${arn}`]),
    ...grantLines(context, facts, old, user),
    `and make the user ${user} in the database, with that password, and with the rights that the application needs and no more.`,
  );
};

/** Two blocks of a proxy for one user are refused. */
const freeUser = ({ auth }: ProxyFacts): string => {
  const taken = new Set(auth.flatMap(({ user }) => user ?? []));
  let candidate = 'app';
  for (let number = 2; taken.has(candidate); number++) candidate = `app${number}`;
  return candidate;
};

/** Who was granted a login as the old user is to log in as the new one. */
const grantLines = (
  { grants }: AnalysisContext,
  { proxy, auth }: ProxyFacts,
  old: LinkedAuth,
  user: string,
): readonly string[] => {
  const others = auth.flatMap((one) => (one === old ? [] : (one.user ?? [])));
  const named = grants.grantsFor(proxy.id).filter((grant) => {
    const granted = literalUser(grant.user);
    return (
      !grant.forProxy && granted !== undefined && (old.user === null ? !others.includes(granted) : granted === old.user)
    );
  });
  return unique(named.map((grant) => writeResource(grant, user, 'and in')));
};

/** An edit would be a guess. */
const whatShows = ({ proxy, target }: ProxyFacts, { user, hidden, secretName }: LinkedAuth): string => {
  const database = target?.kind === 'database' ? target.facts.database : null;
  if (user !== null) {
    return database === null
      ? `Give the plan or state that makes the target of ${proxy.address} with --context: it shows the master user.`
      : `Look that the master user of ${database.address} is not ${user}; the state after apply shows it.`;
  }
  const master = database === null ? undefined : literal(database.masterUser);
  const who = master === undefined ? 'the master user' : `${master}, the master user`;
  return hidden
    ? `Give the plan or state that writes ${secretName} with --context, or look that its username is not ${who}.`
    : `Give the configuration with the plan, or the state after apply: it shows whether the username in ${secretName} is ${who}.`;
};
