import type { Report } from '../model/report.ts';
import type { Reporter } from './context.ts';
import { printableJson } from './printable.ts';

type Leaf = string | number | boolean | null | undefined;

/** Every key that occurs in a report, or any other document, at any depth. */
export type KeyIn<T> = T extends Leaf
  ? never
  : T extends readonly (infer Item)[]
    ? KeyIn<Item>
    : { [Key in keyof T]-?: Key | KeyIn<T[Key]> }[keyof T];

// One order for the keys of all objects, so that equal reports give equal bytes, whoever built them. A key that is not
// here reaches no output: nothing slips in by accident.
// biome-ignore format: grouped by object
const keys = [
  'schemaVersion', 'tool', 'name', 'version', 'input',
  'id', 'set', 'title', 'policy', 'severity', 'enforcement', 'outcome', 'code',
  'address', 'path', 'document', 'file', 'line', 'column', 'endLine', 'endColumn', 'calls', 'given', 'leftOut', 'kind', 'terraformVersion', 'source', 'role', 'hash',
  'connection', 'before', 'after',
  'database', 'proxy', 'paths', 'password-rds', 'iam-rds', 'password-proxy-rds', 'iam-proxy-rds', 'iam-proxy-iam-rds',
  'user', 'principal', 'verdict', 'configuration', 'summary', 'detail', 'databases', 'proxies',
  'matrix', 'connections', 'fail', 'reachable', 'unreachable', 'unknown', 'waived', 'findings', 'policies', 'changes', 'diagnostics',
  'leg', 'status', 'reason', 'message', 'remediation', 'why', 'references', 'aliases', 'fingerprint', 'users', 'causes', 'legs', 'assumptions',
  'expires', 'owner', 'origin', 'origins', 'waiver', 'baseline', 'new', 'unchanged', 'moved', 'gone',
] as const satisfies readonly KeyIn<Report>[];

type Forgotten = Exclude<KeyIn<Report>, (typeof keys)[number]>;

/** Does not compile when a key of the report is missing above; the error names it. */
const keyOrder: [Forgotten] extends [never] ? readonly string[] : Forgotten = keys;

export const reportKeys: readonly string[] = keyOrder;

/** One value as a report, several as an array: indented JSON with a line break at its end. */
export const toJson = (values: readonly object[], order: readonly string[] = keyOrder): string => {
  const json = JSON.stringify(values.length === 1 ? values[0] : values, [...order], 2);
  return `${printableJson(json)}\n`;
};

export const renderJson: Reporter = (reports) => toJson(reports);
