import type { Entity, PasswordSource } from '../model/auth-model.ts';
import type { Judgement, Subject } from '../model/judgement.ts';
import { type Value, literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { theInput } from './input-words.ts';
import { fails, holds, undecided } from './judgement.ts';
import { lastName, nameOf, quoted, step, steps } from './mend-blocks.ts';
import { judged, subjectOf, textLater, userIn } from './subject-attributes.ts';
import type { World } from './world.ts';

/** A password that Terraform is given. */
type Password = {
  /** Where a finding points. */
  readonly address: string;
  readonly at: Entity;
  readonly source: Value<PasswordSource>;
  /** Whose it is. */
  readonly user: Value<string>;
  readonly mend: () => string;
};

/** Every password that Terraform is given for a login: of master users, in secrets for proxies, of users in databases. */
export const passwordSubjects = (context: AnalysisContext): readonly Subject[] =>
  [...ofDatabases(context), ...ofSecrets(context), ...ofUsers(context)].map(({ address, at, source, user, mend }) => ({
    ...subjectOf('password', address, {
      keptNowhere: judged(judgeSource(context.world, at, source)),
      passwordMend: textLater(mend),
    }),
    ...userIn(user),
  }));

const words: Readonly<Record<PasswordSource, string | null>> = {
  generated: null,
  given: 'holds a password given in the configuration or a variable',
  read: 'holds a password that a data source reads',
  kept: 'holds a password in clear text',
};

const judgeSource = (world: World, { address }: Entity, source: Value<PasswordSource>): Judgement => {
  const { origin } = source;
  const place = `${address}.${origin.path}`;
  if (source.kind !== 'known')
    return undecided(`where the password in ${place} comes from is not in ${theInput(world)}`, [origin]);
  const kept = words[source.value];
  return kept === null ? holds('', [origin]) : fails(`${place} ${kept}; plan and state keep it`, [origin]);
};

const isGiven = (source: Value<PasswordSource>): boolean => source.kind !== 'absent';

const ofDatabases = ({ world }: AnalysisContext): readonly Password[] =>
  world.model.databases
    .filter(({ judged: own, managed, masterPassword }) => own && managed && isGiven(masterPassword))
    .map((database) => {
      const { address, masterPassword, masterUser } = database;
      const name = database.kind === 'cluster' ? 'master_password' : 'password';
      const mend = (): string =>
        steps(
          step(`In ${address} write, in place of ${name}`, ['manage_master_user_password = true']),
          step('Or, from Terraform 1.11 on, with a variable that is ephemeral', [
            `${name}_wo         = var.${lastName(address)}_password`,
            `${name}_wo_version = 1`,
          ]),
        );
      return { address, at: database, source: masterPassword, user: masterUser, mend };
    });

/** Secrets that a proxy uses, and those that hold a user name beside the password. */
const ofSecrets = ({ world, proxies }: AnalysisContext): readonly Password[] => {
  const used = new Set(
    proxies.flatMap(({ auth }) => auth.flatMap(({ link }) => (link.kind === 'managed' ? [link.secret.id] : []))),
  );
  return world.model.secretVersions
    .filter(({ judged: own, managed, password }) => own && managed && isGiven(password))
    .flatMap((version) => {
      const join = world.findSecret(version.secretId);
      const secret = join.kind === 'one' && join.entity.judged && join.entity.managed ? join.entity : null;
      const isLogin = version.holdsCredentials === true || (secret !== null && used.has(secret.id));
      if (!isLogin) return [];
      const user = literal(version.username) ?? 'app';
      const mend = (): string =>
        step(
          `In ${version.address} write, from Terraform 1.11 on, in place of secret_string and with a variable that is ephemeral`,
          [
            `secret_string_wo         = jsonencode({ username = ${quoted(user)}, password = var.${nameOf(user)}_password })`,
            'secret_string_wo_version = 1',
          ],
        );
      return [
        {
          address: secret?.address ?? version.address,
          at: version,
          source: version.password,
          user: version.username,
          mend,
        },
      ];
    });
};

const ofUsers = ({ world }: AnalysisContext): readonly Password[] =>
  world.model.databaseUsers
    .filter(({ judged: own, password }) => own && isGiven(password))
    .map((user) => {
      const { address, engine, password, name } = user;
      const argument = password.origin.path;
      const mend = (): string =>
        steps(
          step(`Where IAM authentication is on, write in ${address}, in place of ${argument}`, [
            engine === 'mysql' ? 'auth_plugin = "AWSAuthenticationPlugin"' : 'roles = ["rds_iam"]',
          ]),
          step('Or generate it, so that nobody types it', [
            `${argument} = random_password.${lastName(address)}.result`,
          ]),
        );
      return { address, at: user, source: password, user: name, mend };
    });
