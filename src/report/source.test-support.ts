import { readFileSync } from 'node:fs';
import type { Leg } from '../model/connection.ts';
import type { Report } from '../model/report.ts';
import type { Origin } from '../model/value.ts';
import type { ReportContext } from './context.ts';
import { excerptsOf } from './excerpt/index.ts';
import { plain, report } from './report.test-support.ts';

const files: Readonly<Record<string, string>> = {
  'main.tf': 'testdata/scenarios/mistake-grant-proxy-name/config/main.tf',
  'modules/proxy/main.tf': 'testdata/scenarios/mistake-end-to-end-role-names-identifier/config/modules/proxy/main.tf',
};

/** The text of a file of the source that the report below seems to be made from. */
const textOf = (file: string): string | undefined => {
  const path = files[file];
  return path === undefined ? undefined : readFileSync(path, 'utf8');
};

/** The position of a piece of a file, as a parser would say it. */
const at = (file: string, piece: string): Pick<Origin, 'file' | 'line' | 'column' | 'endLine' | 'endColumn'> => {
  const text = textOf(file) ?? '';
  const start = text.indexOf(piece);
  if (start < 0) throw new Error(`${file} has no ${piece}`);
  const place = (offset: number): readonly [line: number, column: number] => {
    const lines = text.slice(0, offset).split('\n');
    return [lines.length, (lines.at(-1)?.length ?? 0) + 1];
  };
  const [[line, column], [endLine, endColumn]] = [place(start), place(start + piece.length)];
  return { file, line, column, endLine, endColumn };
};

const connect = 'aws_iam_role_policy.orders_connect';
const statement = 'data.aws_iam_policy_document.orders_connect';
const header: Origin = {
  address: connect,
  path: '',
  ...at('main.tf', 'resource "aws_iam_role_policy" "orders_connect"'),
};
const resource: Origin = {
  address: statement,
  path: 'statement[0].resources[0]',
  ...at('main.tf', '"arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_proxy.main.name}/app"'),
};
const inModule: Origin = {
  address: 'module.proxy.aws_db_proxy.main',
  path: 'role_arn',
  ...at('modules/proxy/main.tf', 'role_arn'),
  calls: [{ file: 'main.tf', line: 40, column: 1 }],
};
export const secret: Origin = {
  address: 'aws_secretsmanager_secret_version.app',
  path: 'secret_string',
  ...at('main.tf', 'password = "canary-app-71aa"'),
};

const placed: Readonly<Partial<Record<Leg['leg'], Origin>>> = { grant: resource, target: inModule, secret };
const [broken, ...others] = report.connections;
const [advice, mandatory, ...undecided] = report.findings;

/** The report with the positions that source gives it: of an argument, the head of a block, and a block in a module. */
export const sourced: Report = {
  ...report,
  input: report.input.slice(0, 1).map((input) => ({ ...input, source: 'config' })),
  connections: [
    ...(broken === undefined ? [] : [broken]).map((connection) => ({
      ...connection,
      legs: connection.legs.map((leg) => ({ ...leg, origin: placed[leg.leg] ?? null })),
    })),
    ...others,
  ],
  findings: [
    ...(advice === undefined ? [] : [{ ...advice, address: 'module.proxy.aws_db_proxy.main', origins: [inModule] }]),
    ...(mandatory === undefined ? [] : [{ ...mandatory, origins: [header, resource] }]),
    ...undecided.map((finding) => ({ ...finding, address: secret.address, origins: [secret] })),
  ],
  changes: [],
  diagnostics: [
    {
      severity: 'warning',
      code: 'plan-incomplete',
      summary: 'Missing newline after argument.',
      detail: 'An argument definition must end with a newline.',
      origin: at('main.tf', 'iam_auth    = "REQUIRED"'),
    },
  ],
};

export const withSource: ReportContext = { ...plain, excerptOf: excerptsOf({ textOf, sensitiveTexts: [] }) };
