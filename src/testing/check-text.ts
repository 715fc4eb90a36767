import { providerKnowledge } from '../adapters/iam/derived-data.ts';
import { type CheckOptions, check } from '../check.ts';
import type { Report } from '../model/report.ts';
import type { SourceInput } from '../model/source.ts';
import { builtinPolicies } from '../policy/builtin.generated.ts';
import { configurationOf } from '../source.ts';
import { loadSource } from '../terraform/hcl/load.ts';
import type { DetectedDocument } from '../terraform/plan/detect.ts';
import { documentAt } from './check-file.ts';

/** A configuration that is nowhere but in the test: text by path. */
const inputOf = (files: Files): SourceInput => ({
  label: 'config',
  root: '',
  reader: {
    files: (directory) => {
      const prefix = directory === '' ? '' : `${directory}/`;
      const own = Object.keys(files).filter(
        (path) => path.startsWith(prefix) && /^[^/]+\.tf(?:\.json)?$/.test(path.slice(prefix.length)),
      );
      return own.length === 0 ? null : own.sort().map((path) => ({ path, text: files[path] ?? '' }));
    },
    text: (path) => files[path] ?? null,
  },
  modules: new Map(),
  variableFiles: [],
  environmentVariables: new Map(),
  variables: new Map(),
  workspace: 'default',
  lockFile: null,
});

type Files = Readonly<Record<string, string>>;

/** A configuration of texts, as an input to adapt. */
export const documentOf = (files: Files): DetectedDocument =>
  configurationOf(loadSource(inputOf(files), providerKnowledge));

/** Judges one file of text alone. */
export const checkText = (text: string): Report => checkFiles({ 'main.tf': text });

/** Judges texts by their paths, with others that complete them. */
export const checkFiles = (files: Files, ...others: readonly Files[]): Report => checkFilesWith({}, files, ...others);

/** The same, by waivers and whatever else is given. */
export const checkFilesWith = (options: Partial<CheckOptions>, ...all: readonly Files[]): Report => {
  const [judged, ...context] = all.map(documentOf);
  if (judged === undefined) throw new Error('nothing to judge');
  return check({ judged, context }, builtinPolicies, { ...options, toolVersion: 'test' });
};

/** Judges a plan together with a text that may have been changed since. */
export const checkPlanWithText = (planFile: string, files: Files): Report => {
  const source = loadSource(inputOf(files), providerKnowledge);
  return check({ judged: { ...documentAt(planFile), source }, context: [] }, builtinPolicies, { toolVersion: 'test' });
};

/** A database, a proxy that lets `app` in by IAM, and who may log in: each part can be written otherwise. */
export type Parts = {
  readonly database: string;
  readonly secret: string;
  readonly auth: string;
  readonly proxy: string;
  readonly roleReads: string;
  readonly grant: string;
  readonly more: string;
};

const roleFor = (name: string, service: string): string => `
resource "aws_iam_role" "${name}" {
  name = "${name}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "${service}" } }]
  })
}`;

/** The text of a policy with one statement. */
export const allow = (action: string, resource: string): string =>
  `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "${action}", Resource = ${resource} }] })`;

const usual: Parts = {
  database: `
  identifier     = "orders-db"
  engine         = "postgres"
  engine_version = "16.4"
  instance_class = "db.m6i.large"
  iam_database_authentication_enabled = true`,
  secret: 'jsonencode({ username = "app", password = "canary-app" })',
  auth: `
  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }`,
  proxy: '',
  roleReads: allow('secretsmanager:GetSecretValue', 'aws_secretsmanager_secret.app.arn'),
  grant: allow(
    'rds-db:connect',
    '"arn:aws:rds-db:us-east-1:123456789012:dbuser:${split(":", aws_db_proxy.main.arn)[6]}/app"',
  ),
  more: '',
};

export const textWith = (changed: Partial<Parts>): string => {
  const { database, secret, auth, proxy, roleReads, grant, more } = { ...usual, ...changed };
  return `
provider "aws" {
  region = "us-east-1"
}
resource "aws_db_instance" "main" {${database}
  username = "root_admin"
  password = "canary-root"
}
resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}
resource "aws_secretsmanager_secret_version" "app" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = ${secret}
}
${roleFor('proxy', 'rds.amazonaws.com')}
resource "aws_iam_role_policy" "proxy" {
  role   = aws_iam_role.proxy.name
  policy = ${roleReads}
}
resource "aws_db_proxy" "main" {
  name           = "orders-proxy"
  engine_family  = "POSTGRESQL"
  require_tls    = true
  role_arn       = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-1", "subnet-2"]${proxy}${auth}
}
resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}
${roleFor('orders', 'ecs-tasks.amazonaws.com')}
resource "aws_iam_role_policy" "orders" {
  role   = aws_iam_role.orders.name
  policy = ${grant}
}
${more}
`;
};
