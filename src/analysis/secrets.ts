import type { AuthBlock, Database, Proxy, Secret, SecretVersion } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Origin, type Tri, type Value, literal } from '../model/value.ts';
import { throughAliases } from './join.ts';
import { allOf, fails, holds, undecided } from './judgement.ts';
import { namesMasterSecret } from './master-secrets.ts';
import { type SecretNaming, namingOf, wellNamed } from './secret-naming.ts';
import type { World } from './world.ts';

/** The secret behind an `auth` block. */
export type SecretLink =
  | { readonly kind: 'managed'; readonly secret: Secret }
  /** The master user's secret, which RDS makes. */
  | { readonly kind: 'master'; readonly database: Database }
  | { readonly kind: 'outside'; readonly text: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'absent' };

/** An `auth` block with what stands behind it. */
export type LinkedAuth = {
  readonly block: AuthBlock;
  readonly naming: SecretNaming;
  readonly link: SecretLink;
  /** What messages call it. */
  readonly secretName: string;
  /** Database user; null where nobody can see it. */
  readonly user: string | null;
  /** False when the user may yet be learned, from apply or from source. */
  readonly hidden: boolean;
  readonly holdsCredentials: Judgement;
  /** Whether the block takes passwords, and whether it takes IAM tokens. */
  readonly takesPassword: Tri;
  readonly takesIam: Tri;
};

export const linkAuth = (world: World, proxy: Proxy): readonly LinkedAuth[] =>
  proxy.auth.map((block) => {
    // What a data source reads AWS has taken.
    const naming = proxy.managed ? namingOf(world, block) : wellNamed(block.secretArn);
    const link = linkSecret(world, naming.meant);
    const content = contentOf(world, link, block);
    return {
      ...content,
      ...modesOf(block),
      block,
      naming,
      link,
      secretName: nameOf(link, block),
      holdsCredentials: allOf([content.holdsCredentials, naming.byArn]),
    };
  });

/** Unset `iam_auth` is DISABLED; ENABLED, of SQL Server, takes both. */
const modesOf = (block: AuthBlock): Pick<LinkedAuth, 'takesPassword' | 'takesIam'> => {
  if (block.iamAuth.kind === 'unknown') return { takesPassword: 'unknown', takesIam: 'unknown' };
  const mode = literal(block.iamAuth) ?? 'DISABLED';
  return { takesPassword: mode !== 'REQUIRED', takesIam: mode !== 'DISABLED' };
};

const linkSecret = (world: World, named: Value<string>): SecretLink => {
  const join = world.findSecret(named);
  if (join.kind === 'one') return { kind: 'managed', secret: join.entity };
  const master = masterOf(world, named);
  if (master !== undefined) return { kind: 'master', database: master };
  if (join.kind === 'outside') return { kind: 'outside', text: join.text };
  return { kind: join.kind === 'absent' ? 'absent' : 'unknown' };
};

const masterOf = (world: World, arn: Value<string>): Database | undefined =>
  throughAliases(arn, world.aliases)
    .flatMap((value) => world.model.databases.filter((database) => namesMasterSecret(value, database)))
    .at(0);

const nameOf = (link: SecretLink, block: AuthBlock): string => {
  if (link.kind === 'managed') return link.secret.address;
  if (link.kind === 'master') return `the master user's secret of ${link.database.address}`;
  return link.kind === 'outside' ? link.text : `the secret of ${block.origin.path}`;
};

type Content = Pick<LinkedAuth, 'user' | 'hidden' | 'holdsCredentials'>;

const contentOf = (world: World, link: SecretLink, block: AuthBlock): Content => {
  switch (link.kind) {
    case 'managed':
      return managedContent(world, link.secret);
    case 'master':
      return {
        user: literal(link.database.masterUser) ?? null,
        hidden: true,
        holdsCredentials: assumedContent('the secret that RDS manages holds the master user', block.origin),
      };
    case 'outside':
      return {
        user: null,
        hidden: true,
        holdsCredentials: assumedContent(`${link.text} is not in view`, block.origin),
      };
    case 'absent':
      return {
        user: null,
        hidden: false,
        holdsCredentials: fails(`${block.origin.path} has no secret_arn`, [block.origin]),
      };
    default:
      return {
        user: null,
        hidden: false,
        holdsCredentials: undecided('which secret the block names is known after apply', [block.secretArn.origin]),
      };
  }
};

const assumedContent = (what: string, origin: Origin): Judgement =>
  holds('', [origin], [`${what}; it is assumed to hold username and password`]);

/** Whether a secret holds what a proxy logs in with, whoever uses it. */
export const judgeContent = (world: World, secret: Secret): Judgement => managedContent(world, secret).holdsCredentials;

const managedContent = (world: World, secret: Secret): Content => {
  const versions = world.versions.of(secret.id);
  const [version] = versions;
  const stray = version === undefined ? world.versions.maybeOf(secret.id)[0] : undefined;
  if (stray !== undefined) {
    const reason = `which secret ${stray.address} belongs to is known after apply`;
    return { user: null, hidden: false, holdsCredentials: undecided(reason, [secret.origin, stray.origin]) };
  }
  if (version === undefined || version.hidden) {
    const why = version === undefined ? 'no version in view' : version.shape;
    const holdsCredentials = assumedContent(`${secret.address}: ${why}`, secret.origin);
    const user = version === undefined ? null : (literal(version.username) ?? null);
    // The text of a write-only secret may name its user, and then it is nobody else's.
    return { user, hidden: user === null, holdsCredentials };
  }
  if (versions.length > 1) {
    const origins = versions.map(({ origin }) => origin);
    return {
      user: null,
      hidden: false,
      holdsCredentials: undecided(`${secret.address} has several versions`, origins),
    };
  }
  return { user: literal(version.username) ?? null, hidden: false, holdsCredentials: judgeVersion(secret, version) };
};

const judgeVersion = (secret: Secret, version: SecretVersion): Judgement => {
  const origins = [{ ...version.username.origin, path: 'secret_string' }];
  if (version.holdsCredentials === true) return holds(`${secret.address} holds ${version.shape}`, origins);
  if (version.holdsCredentials === false) return fails(`${secret.address} holds ${version.shape}`, origins);
  return undecided(`${secret.address} holds ${version.shape}`, origins);
};
