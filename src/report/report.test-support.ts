import type { Change, Connection, Leg } from '../model/connection.ts';
import type { Finding } from '../model/finding.ts';
import type { Report, ReportPolicy } from '../model/report.ts';
import type { ReportContext } from './context.ts';
import { errorReport } from './error-report.ts';

export const plain: ReportContext = { color: false, unicode: true, width: 80, verbose: false, quiet: false };

const leg = (name: Leg['leg'], status: Leg['status'], reason: string, origin: Leg['origin'] = null): Leg => ({
  leg: name,
  status,
  reason,
  origin,
});

const broken: Connection = {
  id: 'c1',
  path: 'iam-proxy-rds',
  database: 'aws_db_instance.main',
  proxy: 'aws_db_proxy.main',
  user: 'app',
  principal: 'aws_iam_role.orders',
  verdict: 'unreachable',
  legs: [
    leg('grant', 'broken', "names the proxy's name; IAM compares its resource id (prx-…)", {
      address: 'aws_iam_role_policy.orders_connect',
      path: 'policy',
      file: 'main.tf',
      line: 88,
    }),
    leg('tls', 'ok', 'required by the proxy', { address: 'aws_db_proxy.main', path: 'require_tls' }),
    leg('listener', 'ok', 'iam_auth REQUIRED for app; no auth block names a user beside its secret'),
    leg('secret', 'ok', 'aws_secretsmanager_secret.app holds username and password'),
    leg('proxy-role', 'ok', 'aws_iam_role.proxy may read it'),
    leg('target', 'unknown', 'which database is registered is known after apply', {
      address: 'module.network["a b"].aws_security_group.database',
      path: 'ingress',
      document: 1,
    }),
    leg('network', 'assumed', 'security groups are given by id'),
    leg('database-user', 'assumed', 'assumed: app logs in by password'),
  ],
  assumptions: ['security groups are given by id', 'app logs in by password'],
};

const connections: readonly Connection[] = [
  broken,
  {
    ...broken,
    id: 'c2',
    path: 'iam-rds',
    proxy: null,
    user: null,
    principal: null,
    verdict: 'unknown',
    legs: [leg('grant', 'unknown', 'which user it names is not in the plan'), leg('engine', 'ok', 'MySQL 8')],
    assumptions: [],
  },
  {
    ...broken,
    id: 'c3',
    path: 'password-rds',
    proxy: null,
    user: 'root_admin',
    principal: null,
    verdict: 'reachable',
    legs: [leg('network', 'assumed', 'security groups are given by id')],
    assumptions: ['security groups are given by id'],
  },
];

const finding: Finding = {
  id: 'f1',
  policy: 'connect-arn-not-resource-id',
  severity: 'high',
  enforcement: 'mandatory',
  outcome: 'fail',
  address: 'aws_iam_role_policy.orders_connect',
  message: "The statement names the proxy's name; IAM compares its resource id (prx-…).",
  remediation: [
    'In the statement of aws_iam_role_policy.orders_connect, write as resource:',
    '  "arn:aws:rds-db:us-east-1:123456789012:dbuser:${element(split(":", aws_db_proxy.main.arn), 6)}/app"',
  ].join('\n'),
  why: 'A proxy has no attribute for its resource id; it is the last part of its ARN.',
  fingerprint: 'f1f1',
  origins: [{ address: 'aws_iam_role_policy.orders_connect', path: 'policy', file: 'main.tf', line: 88, column: 3 }],
  waiver: null,
};

const undecided = (id: string): Finding => ({
  ...finding,
  id: `u-${id}`,
  fingerprint: `u-${id}`,
  policy: id,
  outcome: 'unknown',
  address: 'aws_iam_role_policy.reporting',
  message: 'the plan alone does not keep the policy of aws_iam_role_policy.reporting',
  origins: [],
});

const policy = (id: string, rest: Partial<ReportPolicy> = {}): ReportPolicy => ({
  id,
  set: 'reachability',
  title: `What ${id} is about`,
  severity: 'high',
  enforcement: 'mandatory',
  why: finding.why,
  references: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html'],
  ...rest,
});

/** The policies that were run: those that found something, and one that did not. */
const policies: readonly ReportPolicy[] = [
  policy('aa-advice', { set: 'security', severity: 'medium', enforcement: 'advisory', references: [] }),
  policy('connect-arn-not-resource-id', { aliases: ['A01', 'A02'] }),
  policy('connect-arn-wrong-scope'),
  policy('connect-user-without-secret'),
  policy('proxy-without-target', { severity: 'critical' }),
];

export const change = (kind: Change['kind'], before: Change['before'], after: Change['after']): Change => {
  const { id, path, database, proxy, user, principal } = broken;
  return { connection: id, path, database, proxy, user, principal, kind, before, after };
};

const changes: readonly Change[] = [
  change('breaks', 'reachable', 'unreachable'),
  { ...change('undecided', 'reachable', 'unknown'), connection: 'c2', path: 'iam-rds', proxy: null, principal: null },
  { ...change('heals', 'unreachable', 'reachable'), connection: 'c3', path: 'password-rds', principal: null },
  { ...change('decided', 'unknown', 'reachable'), connection: 'c4', user: 'decided' },
  { ...change('goes', 'reachable', null), connection: 'c5', user: null },
  { ...change('appears', null, 'unreachable'), connection: 'c6', database: null },
];

/** One way in of each verdict, a change and a finding of each kind, a warning: everything that a report can hold. */
export const report: Report = {
  ...errorReport([], [], '1.2.3'),
  verdict: 'fail',
  input: [
    { path: 'plan.json', kind: 'plan-json', terraformVersion: '1.11.4', source: null, role: 'judged' },
    { path: 'network.json', kind: 'state-json', terraformVersion: null, source: null, role: 'context' },
  ],
  summary: {
    databases: 1,
    proxies: 1,
    connections: { reachable: 1, unreachable: 1, unknown: 1 },
    findings: { fail: 2, unknown: 2, waived: 0 },
  },
  matrix: [
    {
      database: null,
      proxy: 'aws_db_proxy.lost',
      paths: { 'password-proxy-rds': 'unusable', 'iam-proxy-rds': 'unusable', 'iam-proxy-iam-rds': 'closed' },
    },
    { database: 'aws_db_instance.main', proxy: null, paths: { 'password-rds': 'open', 'iam-rds': 'unknown' } },
    {
      database: 'aws_db_instance.main',
      proxy: 'module.a_rather_long_name["key"].aws_db_proxy.main',
      paths: {
        'password-rds': 'open',
        'iam-rds': 'unknown',
        'password-proxy-rds': 'closed',
        'iam-proxy-rds': 'open',
        'iam-proxy-iam-rds': 'closed',
      },
    },
  ],
  connections,
  findings: [
    {
      ...finding,
      id: 'f2',
      fingerprint: 'f2f2',
      policy: 'aa-advice',
      severity: 'medium',
      enforcement: 'advisory',
      address: 'aws_db_proxy.main',
      message: 'require_tls is not set',
      remediation:
        'In aws_db_proxy.main write:\n\n```hcl\nresource "aws_db_proxy" "main" {\n  require_tls = true\n}\n```',
      origins: ['a', 'b', 'c', 'd', 'e'].map((path) => ({ address: 'aws_db_proxy.main', path })),
    },
    finding,
    undecided('connect-arn-wrong-scope'),
    undecided('connect-user-without-secret'),
  ],
  policies,
  changes,
  diagnostics: [
    {
      severity: 'warning',
      code: 'plan-errored',
      summary: 'Terraform stopped with an error while it made this plan, so parts of it are missing.',
      detail: 'Mend the error, then type:\n  terraform show -json tfplan > plan.json',
      origin: { file: 'plan.json' },
    },
  ],
};

export const passing: Report = {
  ...report,
  verdict: 'pass',
  summary: { ...report.summary, connections: { reachable: 1, unreachable: 0, unknown: 0 } },
  connections: connections.slice(2),
  findings: [],
  changes: [],
  diagnostics: [],
};

export const empty: Report = {
  ...passing,
  input: report.input.slice(0, 1),
  summary: { ...errorReport([], [], '').summary },
  matrix: [],
  connections: [],
};

/** The report in which everything that a plan can name has one name. */
export const named = (name: string): Report => ({
  ...report,
  input: report.input.map((input) => ({ ...input, path: name, terraformVersion: name })),
  matrix: report.matrix.map((row) => ({ ...row, database: name, proxy: name })),
  connections: connections.map((connection) => ({
    ...connection,
    ...{ user: name, database: name, proxy: name, principal: name },
    legs: connection.legs.map((each) => ({
      ...each,
      reason: `a role named ${name} (that is ${name}): ${name}`,
      origin: { address: name, path: name, file: name, line: 1 },
    })),
    assumptions: [name, `${name} is trusted.`],
  })),
  findings: report.findings.map((each) => ({
    ...each,
    address: name,
    message: `${name}\n${name} is wrong`,
    remediation: `${name}:\n  name = "${name}"\n${name}`,
    origins: [{ address: name, path: name }],
  })),
  changes: changes.map((each) => ({ ...each, user: name, database: name, proxy: name, principal: name })),
  diagnostics: report.diagnostics.map((each) => ({ ...each, summary: name, detail: name, origin: { file: name } })),
});
