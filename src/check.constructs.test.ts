import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Connection, MatrixRow } from './model/connection.ts';
import type { Finding } from './model/finding.ts';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { checkDirectory, checkWithSource } from './testing/check-source.ts';
import { contradictionsBetween } from './testing/contradictions-between.ts';

/** Stacks of the constructs in `modules`, each as it is synthesized, with its plan. */
const root = 'testdata/constructs';
const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

/** What is meant by a stack. Resources have the names of their constructs. */
type Meant = {
  /** Of each row of the settings, the paths that are not closed. */
  readonly settings: readonly string[];
  /** Every way in, by whom; it works unless it says otherwise. */
  readonly ways: readonly string[];
  /** What is advised; nothing is mandatory. */
  readonly advice: readonly string[];
  /** The databases that let others than proxies in, which is for each team to forbid. */
  readonly direct?: readonly string[];
};

type Alone = { readonly kind: 'instance' | 'cluster'; readonly takesIam: boolean; readonly users: readonly string[] };

const master = ({ kind }: Alone): string => `password-rds at database/${kind}: root_admin`;
const withoutIam = ({ kind, takesIam }: Alone): readonly string[] =>
  takesIam ? [`database-iam-auth-disabled at database/${kind}`] : [];
const notRotated = ({ users }: Alone): readonly string[] =>
  users.map((user) => `secret-not-rotated at proxy/secret-${user}`);

const byPassword = (alone: Alone): Meant => ({
  settings: [`database/${alone.kind}: password-rds`],
  ways: [master(alone)],
  advice: withoutIam(alone),
  direct: [`database/${alone.kind}`],
});

const byIam = (alone: Alone): Meant => ({
  settings: [`database/${alone.kind}: password-rds, iam-rds`],
  ways: [...alone.users.map((user) => `iam-rds at database/${alone.kind}: ${user} by ${user}`), master(alone)],
  advice: [],
  direct: [`database/${alone.kind}`],
});

/** Each pattern alone, whatever the engine. */
const patterns: Readonly<Record<string, (alone: Alone) => Meant>> = {
  'password-database': byPassword,
  'password-cluster': byPassword,
  'iam-database': byIam,
  'iam-cluster': byIam,

  'password-proxy': (alone) => ({
    settings: [
      `database/${alone.kind}: password-rds`,
      `proxy/proxy before database/${alone.kind}: password-rds, password-proxy-rds`,
    ],
    ways: [...alone.users.map((user) => `password-proxy-rds at proxy/proxy: ${user}`), master(alone)],
    advice: [...withoutIam(alone), ...notRotated(alone)],
  }),

  'iam-proxy': (alone) => ({
    settings: [
      `database/${alone.kind}: password-rds`,
      `proxy/proxy before database/${alone.kind}: password-rds, iam-proxy-rds`,
    ],
    ways: [...alone.users.map((user) => `iam-proxy-rds at proxy/proxy: ${user} by ${user}`), master(alone)],
    advice: [...withoutIam(alone), ...notRotated(alone)],
  }),

  'end-to-end-iam-proxy': (alone) => ({
    settings: [
      `database/${alone.kind}: password-rds, iam-rds`,
      `proxy/proxy before database/${alone.kind}: password-rds, iam-rds, iam-proxy-iam-rds`,
    ],
    ways: [...alone.users.map((user) => `iam-proxy-iam-rds at proxy/proxy: ${user} by ${user}`), master(alone)],
    advice: [],
  }),
};

/** Made by the stack, read by it, and known by their names. */
const principals = ['', 'known-', 'named-'].flatMap((how) => ['role', 'user', 'group'].map((kind) => `${how}${kind}`));

const loginsOf = (principal: string): readonly string[] => [
  `iam-proxy-rds at proxy/proxy: app by ${principal}`,
  `iam-rds at database/cluster: reporting by ${principal}`,
];

const combined: Readonly<Record<string, Meant>> = {
  'combined-database-and-proxy': {
    settings: [
      'database/instance: password-rds, iam-rds',
      'proxy/proxy before database/instance: password-rds, iam-rds, iam-proxy-rds',
    ],
    ways: [
      'iam-proxy-rds at proxy/proxy: app by app',
      'iam-proxy-rds at proxy/proxy: batch by app',
      'iam-rds at database/instance: reporting by reporting',
      'password-rds at database/instance: root_admin',
    ],
    advice: [
      'proxy-bypassed at database/instance',
      'secret-not-rotated at proxy/secret-app',
      'secret-not-rotated at proxy/secret-batch',
    ],
    direct: ['database/instance'],
  },

  'combined-proxies-custom-port': {
    settings: [
      'database/instance: password-rds, iam-rds',
      'end-to-end/proxy before database/instance: password-rds, iam-rds, iam-proxy-iam-rds',
      'iam/proxy before database/instance: password-rds, iam-rds, iam-proxy-rds',
      'password/proxy before database/instance: password-rds, iam-rds, password-proxy-rds',
    ],
    ways: [
      'iam-proxy-iam-rds at end-to-end/proxy: reporting by reporting',
      'iam-proxy-rds at iam/proxy: app by app',
      'iam-proxy-rds at iam/proxy: batch by app',
      'password-proxy-rds at password/proxy: legacy',
      'password-rds at database/instance: root_admin',
    ],
    advice: [],
  },

  'combined-users': {
    settings: [
      'catalog/instance: password-rds, iam-rds',
      'database/instance: password-rds, iam-rds',
      'proxy/proxy before database/instance: password-rds, iam-rds, iam-proxy-rds',
    ],
    ways: [
      'iam-proxy-rds at proxy/proxy: app by app',
      'iam-rds at catalog/instance: search by search',
      'iam-rds at database/instance: reporting by reporting',
      'password-rds at catalog/instance: root_admin',
      'password-rds at database/instance: root_admin',
    ],
    advice: ['proxy-bypassed at database/instance', 'secret-not-rotated at proxy/secret-app'],
    direct: ['catalog/instance', 'database/instance'],
  },

  'combined-key-and-rotation': {
    settings: ['database/instance: password-rds', 'proxy/proxy before database/instance: password-rds, iam-proxy-rds'],
    ways: [
      'iam-proxy-rds at proxy/proxy: app by app',
      'iam-proxy-rds at proxy/proxy: batch by batch',
      'password-rds at database/instance: root_admin',
    ],
    advice: ['database-iam-auth-disabled at database/instance'],
  },

  'combined-all-patterns': {
    settings: [
      'catalog-proxy/proxy before catalog/cluster: password-rds, iam-proxy-rds',
      'catalog/cluster: password-rds',
      'ledger-proxy/proxy before ledger/cluster: password-rds, iam-rds, iam-proxy-iam-rds',
      'ledger/cluster: password-rds, iam-rds',
      'legacy-proxy/proxy before legacy/instance: password-rds, password-proxy-rds',
      'legacy/instance: password-rds',
      'orders/instance: password-rds, iam-rds',
    ],
    ways: [
      'iam-proxy-iam-rds at ledger-proxy/proxy: app by books',
      'iam-proxy-iam-rds at ledger-proxy/proxy: audit by books',
      'iam-proxy-rds at catalog-proxy/proxy: app by web',
      'iam-proxy-rds at catalog-proxy/proxy: search by web',
      'iam-rds at ledger/cluster: migration by migration',
      'iam-rds at orders/instance: app by shop',
      'password-proxy-rds at legacy-proxy/proxy: app',
      'password-rds at catalog/cluster: root_admin',
      'password-rds at ledger/cluster: root_admin',
      'password-rds at legacy/instance: root_admin',
      'password-rds at orders/instance: root_admin',
    ],
    advice: [
      'database-iam-auth-disabled at catalog/cluster',
      'proxy-bypassed at ledger/cluster',
      'secret-not-rotated at catalog-proxy/secret-app',
      'secret-not-rotated at catalog-proxy/secret-search',
      'secret-not-rotated at legacy-proxy/secret-app',
    ],
    direct: ['ledger/cluster', 'orders/instance'],
  },

  // What others have made is as they have made it; who logs in with a secret of theirs nobody can see.
  'combined-existing': {
    settings: [
      'catalog-proxy/proxy before catalog: password-rds, iam-rds, iam-proxy-rds',
      'catalog: password-rds, iam-rds',
      'ledger-proxy/proxy before ledger: password-rds, iam-rds, iam-proxy-iam-rds',
      'ledger: password-rds, iam-rds',
      'legacy-proxy/proxy before nobody in view: password-proxy-rds',
      'orders-proxy/proxy before orders: password-rds, iam-rds unknown, iam-proxy-rds',
      'orders: password-rds, iam-rds unknown',
      'search-proxy/proxy before search: password-rds, password-proxy-rds',
      'search: password-rds',
    ],
    ways: [
      'iam-proxy-iam-rds at ledger-proxy/proxy: app by ledger',
      'iam-proxy-rds at catalog-proxy/proxy: a user who is not in view',
      'iam-proxy-rds at catalog-proxy/proxy: app by catalog',
      'iam-proxy-rds at orders-proxy/proxy: app by orders',
      'password-proxy-rds at legacy-proxy/proxy: a user who is not in view',
      'password-proxy-rds at search-proxy/proxy: a user who is not in view',
      'password-rds at catalog: root_admin',
      'password-rds at ledger: root_admin',
      'password-rds at orders: dbadmin',
      'password-rds at search: dbadmin',
    ],
    advice: [
      'database-tls-not-enforced at catalog',
      'database-tls-not-enforced at ledger',
      'iam-auth-log-not-exported at catalog',
      'iam-auth-log-not-exported at ledger',
      'proxy-bypassed at catalog unknown',
      'proxy-bypassed at ledger unknown',
      'proxy-uses-master-secret at catalog-proxy/proxy unknown',
      'proxy-uses-master-secret at legacy-proxy/proxy unknown',
      'proxy-uses-master-secret at orders-proxy/proxy unknown',
      'proxy-uses-master-secret at search-proxy/proxy unknown',
      'secret-not-rotated at catalog-proxy/secret-app',
    ],
  },

  'combined-principals': {
    settings: [
      'database/cluster: password-rds, iam-rds',
      'proxy/proxy before database/cluster: password-rds, iam-rds, iam-proxy-rds',
    ],
    ways: [...principals.flatMap(loginsOf), 'password-rds at database/cluster: root_admin'],
    advice: ['secret-not-rotated at proxy/secret-app'],
  },
};

/** What nobody has read yet is left open where there is no plan. */
const readLater: Readonly<Record<string, Partial<Meant>>> = {
  'combined-existing': {
    settings: [
      'catalog-proxy/proxy before catalog: password-rds, iam-rds, iam-proxy-rds',
      'catalog: password-rds, iam-rds',
      'ledger-proxy/proxy before ledger: password-rds, iam-rds, iam-proxy-iam-rds',
      'ledger: password-rds, iam-rds',
      'legacy-proxy/proxy before nobody in view: password-proxy-rds',
      'orders-proxy/proxy before orders: password-rds, iam-rds unknown, password-proxy-rds unknown, iam-proxy-rds unknown',
      'orders: password-rds, iam-rds unknown',
      'search-proxy/proxy before search: password-rds, iam-rds unknown, password-proxy-rds unknown, iam-proxy-rds unknown',
      'search: password-rds, iam-rds unknown',
    ],
    ways: [
      'iam-proxy-iam-rds at ledger-proxy/proxy: app by ledger',
      'iam-proxy-rds at catalog-proxy/proxy: a user who is not in view',
      'iam-proxy-rds at catalog-proxy/proxy: app by catalog',
      'iam-proxy-rds at orders-proxy/proxy: app by orders unknown',
      'password-proxy-rds at legacy-proxy/proxy: a user who is not in view',
      'password-proxy-rds at search-proxy/proxy: a user who is not in view unknown',
      'password-rds at catalog: root_admin',
      'password-rds at ledger: root_admin',
      'password-rds at orders: a user who is not in view',
      'password-rds at search: a user who is not in view',
    ],
    advice: [
      ...(combined['combined-existing']?.advice ?? []),
      'proxy-engine-mismatch at orders-proxy/proxy unknown mandatory',
      'proxy-engine-mismatch at search-proxy/proxy unknown mandatory',
      'proxy-network-blocked at orders-proxy/proxy unknown mandatory',
      'proxy-network-blocked at search-proxy/proxy unknown mandatory',
      'proxy-targets-read-replica at orders-proxy/proxy unknown',
    ],
  },

  // A role or user that is read has a permissions boundary or not; a group never has one.
  'combined-principals': {
    ways: [
      ...principals.flatMap(loginsOf).map((way) => (/by known-(role|user)$/.test(way) ? `${way} unknown` : way)),
      'password-rds at database/cluster: root_admin',
    ],
    advice: [
      'secret-not-rotated at proxy/secret-app',
      'connect-grant-denied at known-role unknown mandatory',
      'connect-grant-denied at known-user unknown mandatory',
    ],
  },
};

const engineOf = (folder: string): string =>
  /(?:mysql|mariadb|postgres|sqlserver-\w+|aurora-mysql|aurora-postgresql)(?=$|-changed$)/.exec(folder)?.[0] ?? '';

const meantBy = (folder: string): Meant => {
  const engine = engineOf(folder);
  const pattern = patterns[folder.slice(0, folder.indexOf(`-${engine}`))];
  if (pattern === undefined) throw new Error(`${folder} is no pattern of an engine`);
  return pattern({
    kind: engine.startsWith('aurora') ? 'cluster' : 'instance',
    takesIam: !engine.startsWith('sqlserver'),
    users: folder.endsWith('-changed') ? ['app', 'batch'] : ['app'],
  });
};

/** Where the constructs of a stack are, by the addresses of their resources; other names are themselves. */
const namesIn = (folder: string): ((address: string | null) => string) => {
  const { resource, data = {} } = JSON.parse(readFileSync(`${root}/${folder}/cdk.tf.json`, 'utf8'));
  const names = new Map<string, string>();
  for (const [prefix, types] of [
    ['', resource],
    ['data.', data],
  ] as const) {
    for (const [type, items] of Object.entries<Record<string, never>>(types)) {
      for (const [id, item] of Object.entries(items)) {
        const { path }: { path: string } = item['//']['metadata'];
        names.set(`${prefix}${type}.${id}`, path.slice(path.indexOf('/') + 1));
      }
    }
  }
  return (address) => (address === null ? 'nobody in view' : (names.get(address) ?? address));
};

type Names = (address: string | null) => string;

const settingsLine = ({ database, proxy, paths }: MatrixRow, nameOf: Names): string => {
  const cells = Object.entries(paths).flatMap(([path, cell]) => {
    if (cell === 'closed') return [];
    return [cell === 'open' ? path : `${path} ${cell}`];
  });
  const place = proxy === null ? nameOf(database) : `${nameOf(proxy)} before ${nameOf(database)}`;
  return `${place}: ${cells.join(', ')}`;
};

const wayLine = ({ path, database, proxy, user, principal, verdict }: Connection, nameOf: Names): string => {
  const who = `${user ?? 'a user who is not in view'}${principal === null ? '' : ` by ${nameOf(principal)}`}`;
  return `${path} at ${nameOf(proxy ?? database)}: ${who}${verdict === 'reachable' ? '' : ` ${verdict}`}`;
};

const adviceLine = ({ policy, address, outcome, enforcement }: Finding, nameOf: Names): string =>
  `${policy} at ${nameOf(address)}${outcome === 'fail' ? '' : ` ${outcome}`}${enforcement === 'advisory' ? '' : ` ${enforcement}`}`;

const said = (report: Report, folder: string): object => {
  const nameOf = namesIn(folder);
  return {
    settings: report.matrix.map((row) => settingsLine(row, nameOf)).sort(),
    ways: report.connections.map((connection) => wayLine(connection, nameOf)).sort(),
    advice: report.findings.map((finding) => adviceLine(finding, nameOf)).sort(),
    diagnostics: report.diagnostics,
    verdict: report.verdict,
  };
};

const whole = ({ settings, ways, advice }: Meant): object => ({
  settings: [...settings].sort(),
  ways: [...ways].sort(),
  advice: [...advice].sort(),
  diagnostics: [],
  verdict: 'pass',
});

const planOf = (folder: string): string => `${root}/${folder}/plan.json`;
const withText = new Map<string, Report>();
const reportOf = (folder: string): Report => {
  const report = withText.get(folder) ?? checkWithSource(planOf(folder), `${root}/${folder}`);
  withText.set(folder, report);
  return report;
};

/**
 * A first plan keeps of a policy document no more than that it is known after apply, and of a write-only argument
 * nothing: what rests on them is left open.
 */
const withoutDocuments = ({ settings, ways }: Meant): Pick<Meant, 'settings' | 'ways'> => ({
  settings: settings.map((row) =>
    row.replace(/(?:password-proxy-rds|iam-proxy-rds|iam-proxy-iam-rds)(?=,|$)/, '$& unknown'),
  ),
  ways: ways.map((way) => {
    if (way.startsWith('password-rds')) return way;
    return way.replace(/: \w+( by \w+)?$/, ': a user who is not in view$1 unknown');
  }),
});

const meantOf = (folder: string): Meant => combined[folder] ?? meantBy(folder);
const rows = folders.map((folder) => [folder, meantOf(folder)] as const);

describe.each(rows)('%s', (folder, meant) => {
  test('its plan and its text: the ways that are meant, and no others', () => {
    expect(said(reportOf(folder), folder)).toEqual(whole(meant));
  });

  test('its text alone: the same', () => {
    expect(said(checkDirectory(`${root}/${folder}`), folder)).toEqual(whole({ ...meant, ...readLater[folder] }));
  });

  test('its plan alone: nothing that its text takes back, and nothing else that fails', () => {
    const alone = checkFile(planOf(folder));
    const failing = (report: Report): readonly object[] =>
      report.findings.filter(({ outcome }) => outcome === 'fail').map(({ policy, address }) => ({ policy, address }));
    expect(contradictionsBetween(alone, reportOf(folder))).toEqual([]);
    expect(failing(reportOf(folder))).toEqual(expect.arrayContaining([...failing(alone)]));
    expect(alone).toMatchObject({ diagnostics: [], verdict: 'pass' });
  });

  test('nobody gets to a database beside its proxies, and nobody may use its master user, who is not meant to', () => {
    const only = ['direct-access-forbidden', 'master-user-restricted'];
    const { findings } = checkWithSource(planOf(folder), `${root}/${folder}`, { only });
    const failing = findings.filter(({ outcome }) => outcome === 'fail');
    expect(failing.map((finding) => adviceLine(finding, namesIn(folder))).sort()).toEqual(
      [...(meant.direct ?? [])].map((name) => `direct-access-forbidden at ${name} mandatory`).sort(),
    );
  });
});

test.each<[string, Report]>([
  ['its plan and its text', reportOf('combined-users')],
  ['its text alone', checkDirectory(`${root}/combined-users`)],
])('combined-users, by %s: each user is defined as the way in needs it', (_, { connections }) => {
  const defined = connections.map(({ user, legs }) => {
    const leg = legs.find((one) => one.leg === 'database-user');
    return `${user}: ${leg?.status}, ${leg?.reason.replace(/_[0-9A-F]{8}(?= )/, '')}`;
  });
  expect(defined.sort()).toEqual([
    'app: ok, postgresql_role.app-user defines app without IAM',
    'reporting: ok, postgresql_role.reporting-user defines reporting for IAM',
    'root_admin: ok, root_admin is the master user',
    'root_admin: ok, root_admin is the master user',
    'search: ok, mysql_user.search-user defines search for IAM',
  ]);
});

const first = rows.filter(([folder]) => !/^combined|-changed$/.test(folder));

test.each(first)('%s: the first plan alone decides what is in no policy document', (folder, meant) => {
  const { settings, ways } = withoutDocuments(meant);
  expect(said(checkFile(planOf(folder)), folder)).toMatchObject({
    settings: [...settings].sort(),
    ways: [...ways].sort(),
  });
});

describe('applied, changed and planned again: the user who comes and the one who goes, and nothing else', () => {
  const batchFor = (path: string): readonly string[] => [
    `appears ${path}: batch by batch, reachable`,
    `goes ${path}: former by former`,
  ];
  /** A user of the state is behind a write-only argument: who goes with a secret is not to be seen. */
  const ofPasswords = ['appears password-proxy-rds: batch, reachable'];

  test.each([
    ['password-database-postgres-changed', []],
    ['password-cluster-aurora-mysql-changed', []],
    ['iam-database-mysql-changed', batchFor('iam-rds')],
    ['iam-cluster-aurora-postgresql-changed', batchFor('iam-rds')],
    ['password-proxy-sqlserver-se-changed', ofPasswords],
    ['iam-proxy-mariadb-changed', batchFor('iam-proxy-rds')],
    ['end-to-end-iam-proxy-aurora-mysql-changed', batchFor('iam-proxy-iam-rds')],
  ])('%s', (folder, expected) => {
    const nameOf = namesIn(folder);
    const beforeNameOf = namesIn(`${folder}/before`);
    const lines = reportOf(folder).changes.map(({ kind, path, user, principal, after }) => {
      const by = principal === null ? '' : ` by ${(kind === 'goes' ? beforeNameOf : nameOf)(principal)}`;
      return `${kind} ${path}: ${user}${by}${after === null ? '' : `, ${after}`}`;
    });
    expect(lines).toEqual(expected);
  });
});

describe('the stacks, as they are synthesized', () => {
  const synthesize = (framework: string): Readonly<Record<string, string>> => {
    const constructs = `dist/${framework}/index.js`;
    if (!existsSync(constructs)) throw new Error(`${constructs} is missing: type npm run build.`);
    const command = ['scripts/stacks.mjs', framework, constructs];
    return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 1 << 26 }));
  };
  const made = synthesize('cdktf');
  const committed = (folder: string): string => readFileSync(`${root}/${folder}/cdk.tf.json`, 'utf8');

  /** Without what differs between the frameworks: their versions, and those of their bindings. */
  const plain = (text: string): unknown => {
    const stack = JSON.parse(text);
    delete stack['//'].metadata.version;
    delete stack.terraform.required_providers;
    return stack;
  };

  test('every folder is one of them', () => {
    expect([...new Set(Object.keys(made).map((folder) => folder.replace(/\/before$/, '')))].sort()).toEqual(folders);
  });

  test.each(Object.keys(made))('%s: rds-auth-policy/cdktf makes what is committed', (folder) => {
    expect(made[folder]).toBe(committed(folder));
  });

  const cdktn = synthesize('cdktn');
  test.each(Object.keys(made))('%s: rds-auth-policy/cdktn makes the same', (folder) => {
    expect(plain(cdktn[folder] ?? '{}')).toEqual(plain(committed(folder)));
  });
});
