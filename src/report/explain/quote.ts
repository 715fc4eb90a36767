// Names of users and hosts come from whoever wrote the plan, and the lines that hold them are there to be copied.

/** A word for a POSIX shell. In single quotes nothing is expanded, history included. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_./:@%+,-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** A value of a libpq connection string. */
export const conninfoValue = (text: string): string =>
  /^[A-Za-z0-9_.@-]+$/.test(text) ? text : `'${text.replace(/[\\']/g, '\\$&')}'`;

/** An identifier of PostgreSQL; unquoted only where that means the same. */
export const postgresName = (text: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(text) && !postgresReserved.has(text) ? text : `"${text.replaceAll('"', '""')}"`;

/** A string of MySQL and MariaDB, in which a backslash escapes. */
export const mysqlString = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** An identifier of SQL Server. */
export const sqlServerName = (text: string): string => `[${text.replaceAll(']', ']]')}]`;

// PostgreSQL documentation, appendix C, words that are reserved.
const postgresReserved: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
  column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
  full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
  localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary public
  references returning right select session_user similar some symmetric system_user table tablesample then to trailing
  true union unique user using variadic verbose when where window with none`.split(/\s+/),
);
