import type { Connection, Path } from '../../model/connection.ts';
import type { Dialect, Guide, GuideValue } from '../../model/guide.ts';
import { conninfoValue, shellWord } from './quote.ts';

/** Lines to copy, and what to know of them. */
export type Instructions = { readonly lines: readonly string[]; readonly notes: readonly string[] };

/** The user as a client writes it; a pattern of a grant stands for names that fit it. */
export const userOf = ({ user }: Connection): string => (user === null || isPattern(user) ? 'USER' : user);

const isPattern = (user: string): boolean => /[*?]|\$\{/.test(user);

export const userNote = ({ user }: Connection): readonly string[] => {
  if (user === null) return ['USER stands for the database user, whom the plan does not show.'];
  return isPattern(user) ? [`USER stands for a database user whose name fits ${user}.`] : [];
};

/** Where the client logs in with a token instead of a password. */
const byToken = (path: Path): boolean => path !== 'password-rds' && path !== 'password-proxy-rds';

/** The command line that logs a client in, with TLS and its server's name verified. */
export const clientInstructions = (connection: Connection, guide: Guide): Instructions => {
  const { dialect } = guide;
  if (dialect === null) return { lines: [], notes: ['The engine is not in view, or none whose client is known here.'] };
  const token = byToken(connection.path);
  if (dialect === 'sqlserver' && token) return tokenForSqlServer(connection, guide);
  return {
    lines: [
      ...hostLines(guide),
      ...(token ? tokenLines(connection, guide) : []),
      ...clients[dialect](connection, guide),
    ],
    notes: [
      ...hostNotes(connection, guide),
      ...userNote(connection),
      ...placeNotes(guide, token),
      token ? 'A token is good for 15 minutes, and is needed only to log in.' : passwordNote(guide),
      ...trustNotes[guide.trust](dialect),
    ],
  };
};

const hostLines = ({ host }: Guide): readonly string[] => [`HOST=${hostWord(host)}`];

const hostWord = (host: GuideValue): string => {
  if (host.kind === 'known') return shellWord(host.text);
  return host.kind === 'after-apply' ? `'\${${host.expression.replaceAll("'", `'\\''`)}}'` : 'HOSTNAME';
};

/** Whoever is null today has a name after apply, and the id is made of it. */
const laterSubject = ({ id, path, user }: Connection): string => (user === null ? path : id);

const hostNotes = (connection: Connection, { host }: Guide): readonly string[] => {
  if (host.kind === 'known') return [];
  return host.kind === 'after-apply'
    ? [
        `HOST is known after apply: \${${host.expression}}. The state after apply fills it in:\n  terraform show -json > state.json\n  rds-auth-policy explain ${laterSubject(connection)} state.json`,
      ]
    : ['HOSTNAME stands for the name of the endpoint, which is not in view.'];
};

const portWord = ({ port }: Guide): string => (port.kind === 'known' ? port.text : 'PORT');

const placeNotes = ({ port, region }: Guide, token: boolean): readonly string[] => [
  'DBNAME stands for the name of your database.',
  ...(port.kind === 'known' ? [] : [`PORT stands for the port${expressionOf(port)}.`]),
  ...(region.kind === 'known' || !token
    ? []
    : [`REGION stands for the region of the endpoint${expressionOf(region)}.`]),
];

const expressionOf = (value: GuideValue): string =>
  value.kind === 'after-apply' ? `, \${${value.expression}}, known after apply` : ', which the plan does not show';

const tokenLines = (connection: Connection, guide: Guide): readonly string[] => [
  'TOKEN="$(aws rds generate-db-auth-token \\',
  `  --hostname "$HOST" --port ${portWord(guide)} \\`,
  `  --region ${guide.region.kind === 'known' ? shellWord(guide.region.text) : 'REGION'} \\`,
  `  --username ${shellWord(userOf(connection))})"`,
];

const passwordNote = ({ secret }: Guide): string =>
  secret === null ? 'The client asks for the password.' : `The client asks for the password: it is in ${secret}.`;

type Client = (connection: Connection, guide: Guide) => readonly string[];

/** A name that would need quoting within quotes stands in single quotes of its own. */
const conninfoUser = (user: string): string => {
  const value = conninfoValue(user);
  return value === user ? `user=${user} ` : `user="${shellWord(value)}" `;
};

const psql: Client = (connection, guide) => {
  const root = guide.trust === 'amazon-roots' ? 'system' : 'global-bundle.pem';
  return [
    ...(byToken(connection.path) ? ['PGPASSWORD="$TOKEN" \\'] : []),
    `psql "host=$HOST port=${portWord(guide)} ${conninfoUser(userOf(connection))}dbname=DBNAME \\`,
    `  sslmode=verify-full sslrootcert=${root}"`,
  ];
};

const rootFile = ({ trust }: Guide): string => (trust === 'amazon-roots' ? 'AmazonRootCA1.pem' : 'global-bundle.pem');

const mysql: Client = (connection, guide) => [
  `mysql --host="$HOST" --port=${portWord(guide)} --user=${shellWord(userOf(connection))} \\`,
  `  --ssl-mode=VERIFY_IDENTITY --ssl-ca=${rootFile(guide)} \\`,
  byToken(connection.path) ? '  --enable-cleartext-plugin --password="$TOKEN" DBNAME' : '  --password DBNAME',
];

const mariadb: Client = (connection, guide) => [
  `mariadb --host="$HOST" --port=${portWord(guide)} --user=${shellWord(userOf(connection))} \\`,
  `  --ssl-verify-server-cert --ssl-ca=${rootFile(guide)} \\`,
  byToken(connection.path) ? '  --password="$TOKEN" DBNAME' : '  --password DBNAME',
];

const sqlcmd: Client = (connection, guide) => [
  `sqlcmd -S "tcp:$HOST,${portWord(guide)}" -U ${shellWord(userOf(connection))} -d DBNAME -N`,
];

const clients: Readonly<Record<Dialect, Client>> = { postgresql: psql, mysql, mariadb, sqlserver: sqlcmd };

/** AWS, "Considerations for connecting to Microsoft SQL Server": the token goes into a property of the driver. */
const tokenForSqlServer = (connection: Connection, guide: Guide): Instructions => ({
  lines: [...hostLines(guide), ...tokenLines(connection, guide)],
  notes: [
    ...hostNotes(connection, guide),
    ...userNote(connection),
    ...placeNotes(guide, true).slice(1),
    `Give the token to the driver as access token, not as password: accessToken of JDBC, SQL_COPT_SS_ACCESS_TOKEN of ODBC, AccessToken of SqlClient. Connect to port ${portWord(guide)} of HOST with TLS.`,
    'A token is good for 15 minutes, and is needed only to log in.',
  ],
});

const trustNotes: Readonly<Record<Guide['trust'], (dialect: Dialect) => readonly string[]>> = {
  'rds-bundle': (dialect) => [
    dialect === 'sqlserver'
      ? 'The certificate is signed by an authority of RDS: add the bundle to the trust store of the client.\n  curl -O https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem'
      : 'The certificate is signed by an authority of RDS, which the client must be given:\n  curl -O https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem',
  ],
  'amazon-roots': (dialect) => [
    `The certificate of a proxy is one of Amazon's public authority: the RDS bundle does not verify it.`,
    ...rootNotes[dialect],
  ],
};

const fetchRoot =
  'Where AmazonRootCA1.pem is not on the machine:\n  curl -O https://www.amazontrust.com/repository/AmazonRootCA1.pem';

const rootNotes: Readonly<Record<Dialect, readonly string[]>> = {
  postgresql: ['sslrootcert=system is of psql 16 and later; before, name the file with the roots of your system.'],
  mysql: [fetchRoot],
  mariadb: [fetchRoot],
  sqlserver: ['The trust store of the system holds its roots.'],
};
