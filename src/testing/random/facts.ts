import type { Random } from './random.ts';

/** What a generated configuration says, whatever way it is written in. */
export type Facts = {
  readonly engine: (typeof engines)[number];
  readonly family: string;
  readonly port: number;
  readonly version: string;
  readonly iam: boolean | null;
  readonly users: readonly SecretUser[];
  readonly proxy: boolean;
  readonly target: boolean;
  readonly tls: boolean | null;
  readonly endToEnd: boolean;
  readonly trust: string;
  /** Users whose secrets the proxy's role may read. */
  readonly reads: readonly string[];
  readonly readAction: string;
  /** Users that the proxy's role may connect as, with end-to-end IAM. */
  readonly connects: readonly string[];
  readonly key: boolean;
  readonly grants: readonly Grant[];
  readonly network: Network | null;
  readonly mistakes: readonly Mistake[];
};

export type SecretUser = {
  readonly name: string;
  readonly mode: 'REQUIRED' | 'DISABLED' | 'ENABLED' | null;
  readonly password: boolean;
};

export type IdForm = 'resource-id' | 'id' | 'name' | 'identifier' | 'arn';

export type Grant = {
  readonly who: string;
  readonly holder: 'role' | 'user' | 'group';
  readonly endpoint: 'proxy' | 'database';
  readonly user: string;
  readonly form: IdForm;
  readonly action: string;
  readonly region: string;
  readonly denied: boolean;
  readonly condition: boolean;
};

export type Network = {
  readonly databasePort: number;
  readonly intoDatabase: boolean;
  readonly outOfProxy: boolean;
};

const engines = ['postgres', 'mysql', 'mariadb', 'aurora-postgresql', 'aurora-mysql'] as const;

const versions: Readonly<Record<Facts['engine'], string>> = {
  postgres: '16.4',
  mysql: '8.0.40',
  mariadb: '10.11.10',
  'aurora-postgresql': '16.4',
  'aurora-mysql': '8.0.mysql_aurora.3.08.0',
};

export const mistakes = [
  'tls-off',
  'no-target',
  'role-reads-less',
  'role-reads-wrong-action',
  'role-trust',
  'secret-without-password',
  'database-iam-off',
  'grant-form',
  'grant-user',
  'grant-region',
  'grant-action',
  'grant-denied',
  'grant-condition',
  'engine-family',
  'mode-enabled',
  'user-mixed',
  'role-connects-less',
  'customer-key',
  'port',
  'no-ingress',
  'no-egress',
] as const;
export type Mistake = (typeof mistakes)[number];

const grantOf = (random: Random, has: Has, endToEnd: boolean): Grant => ({
  who: 'orders',
  holder: random.pick(['role', 'role', 'role', 'user', 'group']),
  endpoint: 'proxy',
  user: has('grant-user') ? 'nobody' : 'app',
  form: has('grant-form') ? random.pick(['id', 'name', 'arn']) : 'resource-id',
  action: has('grant-action') ? random.pick(['rds:connect', 'rds-db:Connection']) : 'rds-db:connect',
  region: has('grant-region') && !endToEnd ? 'eu-central-1' : 'us-east-1',
  denied: has('grant-denied'),
  condition: has('grant-condition'),
});

type Has = (mistake: Mistake) => boolean;

const grantsOf = (random: Random, has: Has, proxy: boolean, endToEnd: boolean): readonly Grant[] => {
  const first = grantOf(random, has, endToEnd);
  const right: Omit<Grant, 'who' | 'endpoint' | 'user'> = {
    holder: 'role',
    form: 'resource-id',
    action: 'rds-db:connect',
    region: 'us-east-1',
    denied: false,
    condition: false,
  };
  const direct: Grant = {
    ...right,
    who: 'reporting',
    endpoint: 'database',
    user: has('user-mixed') ? 'app' : 'reporting',
  };
  const wrongDirect: Grant = has('grant-form') && random.chance(0.4) ? { ...direct, form: 'identifier' } : direct;
  const second: Grant = { ...right, who: 'worker', endpoint: 'proxy', user: 'app' };
  return [
    ...(proxy && random.chance(0.9) ? [first] : []),
    ...(random.chance(0.6) || !proxy || has('user-mixed') ? [wrongDirect] : []),
    ...(proxy && random.chance(0.3) ? [second] : []),
  ];
};

const networkOf = (random: Random, has: Has, port: number): Network | null => {
  const wrong = has('port') || has('no-ingress') || has('no-egress');
  if (!wrong && random.chance(0.6)) return null;
  return {
    databasePort: has('port') ? port + 1 : port,
    intoDatabase: !has('no-ingress'),
    outOfProxy: !has('no-egress'),
  };
};

const usersOf = (random: Random, has: Has): readonly SecretUser[] =>
  ['app', ...random.some(['batch', 'billing'], random.pick([0, 0, 1, 2]))].map((name, index) => ({
    name,
    mode: modeOf(random, has, index),
    password: !(has('secret-without-password') && index === 0),
  }));

const modeOf = (random: Random, has: Has, index: number): SecretUser['mode'] => {
  if (has('mode-enabled') && index === 0) return 'ENABLED';
  return index === 0
    ? random.pick(['REQUIRED', 'REQUIRED', 'REQUIRED', 'DISABLED', null])
    : random.pick(['REQUIRED', 'DISABLED']);
};

const roleOf = (has: Has, users: readonly string[]): Pick<Facts, 'trust' | 'reads' | 'readAction' | 'connects'> => ({
  trust: has('role-trust') ? 'ec2.amazonaws.com' : 'rds.amazonaws.com',
  reads: has('role-reads-less') ? users.slice(1) : users,
  readAction: has('role-reads-wrong-action') ? 'secretsmanager:DescribeSecret' : 'secretsmanager:GetSecretValue',
  connects: has('role-connects-less') ? ['other'] : ['app'],
});

export const randomFacts = (random: Random): Facts => {
  const chosen = new Set(random.some(mistakes, random.pick([0, 1, 1, 1, 2, 3])));
  const has: Has = (mistake) => chosen.has(mistake);
  const engine = random.pick(engines);
  const family = engine.includes('postgres') ? 'POSTGRESQL' : 'MYSQL';
  const other = family === 'MYSQL' ? 'POSTGRESQL' : 'MYSQL';
  const port = family === 'MYSQL' ? 3306 : 5432;
  const proxy = random.chance(0.9);
  const endToEnd = proxy && (has('role-connects-less') || random.chance(0.15));
  const users = proxy ? usersOf(random, has) : [];
  const names = users.map(({ name }) => name);
  return {
    engine,
    family: has('engine-family') ? other : family,
    port,
    version: versions[engine],
    iam: has('database-iam-off') ? random.pick([false, null]) : true,
    users: endToEnd ? [] : users,
    proxy,
    target: !has('no-target'),
    tls: has('tls-off') ? random.pick([false, null]) : true,
    endToEnd,
    ...roleOf(has, names),
    key: has('customer-key') && !endToEnd,
    grants: grantsOf(random, has, proxy, endToEnd),
    network: networkOf(random, has, port),
    mistakes: [...chosen],
  };
};
