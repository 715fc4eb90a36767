import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Change, Connection } from './model/connection.ts';
import type { Report } from './model/report.ts';
import { userInstructions } from './report/explain/sql.ts';
import { unexplainedLegs } from './testing/broken-legs.ts';
import { checkWithSource, examineWithSource } from './testing/check-source.ts';
import { mandatoryFailures } from './testing/expected.ts';

/** A way in, as `path proxy user`. */
type Way = string;
/** The way that the service takes once the step is applied, and what the plan of the step does to all of them. */
type Step = { readonly uses: Way; readonly changes: readonly string[] };
/** What is said of a step that is planned too early, or in place of another. */
type Wrong = { readonly changes: readonly string[]; readonly findings: readonly string[] };
type Route = { readonly steps: Readonly<Record<string, Step>>; readonly wrong: Readonly<Record<string, Wrong>> };

const root = 'testdata/migrations';

/** Of passwords at a database the tool knows the master user's; other users take the same network and settings. */
const direct = 'password-rds root_admin';
const blocked = ['client-network-blocked aws_lambda_function.service'];
const grantOf = 'aws_iam_role_policy.service_connects';

const passwordToIam: Route = {
  steps: {
    '0-before': { uses: direct, changes: [`appears ${direct}`] },
    '1-switch-iam-on': { uses: direct, changes: [] },
    '2-grant': { uses: direct, changes: ['appears iam-rds app_iam'] },
    '3-move-the-service': { uses: 'iam-rds app_iam', changes: [] },
    '4-remove-the-password': { uses: 'iam-rds app_iam', changes: [] },
  },
  wrong: {
    'wrong-grant-first': {
      changes: ['appears iam-rds app_iam: unreachable'],
      findings: [`connect-grant-iam-disabled ${grantOf}`],
    },
    'wrong-wait-for-window': {
      changes: ['appears iam-rds app_iam'],
      findings: ['iam-auth-change-pending aws_db_instance.orders'],
    },
  },
};

const inProxy = 'password-proxy-rds orders app';
const byToken = 'iam-proxy-rds orders app';
const endToEnd = 'iam-proxy-iam-rds orders_iam app_iam';

const toEndToEnd: Route = {
  steps: {
    '0-before': { uses: byToken, changes: [`appears ${direct}`, `appears ${byToken}`] },
    '1-switch-iam-on': { uses: byToken, changes: [] },
    '2-add-the-end-to-end-proxy': { uses: byToken, changes: [`appears ${endToEnd}`] },
    '3-move-the-service': { uses: endToEnd, changes: [] },
    '4-remove-the-old-proxy': { uses: endToEnd, changes: [`goes ${byToken}`] },
  },
  wrong: {
    'wrong-iam-off': {
      changes: [`appears ${endToEnd}: unreachable`],
      findings: ['proxy-end-to-end-needs-database-iam aws_db_proxy.orders_iam'],
    },
    'wrong-in-place': {
      changes: [`undecided ${byToken}`, 'appears iam-proxy-iam-rds orders app_iam'],
      findings: [],
    },
    'wrong-same-user': {
      changes: [`breaks ${byToken}`, 'appears iam-proxy-iam-rds orders_iam app: unreachable'],
      findings: ['user-mixes-iam-and-password aws_iam_role_policy.service_connects_iam'],
    },
  },
};

const routes: Readonly<Record<string, Route>> = {
  'password-to-iam': passwordToIam,
  'password-to-iam-mysql': passwordToIam,
  'password-to-password-proxy': {
    steps: {
      '0-before': { uses: direct, changes: [`appears ${direct}`] },
      '1-add-the-proxy': { uses: direct, changes: [`appears ${inProxy}`] },
      '2-move-the-service': { uses: inProxy, changes: [] },
      '3-close-the-direct-way': { uses: inProxy, changes: [] },
    },
    wrong: { 'wrong-close-first': { changes: [`breaks ${direct}`], findings: blocked } },
  },
  'password-to-iam-proxy': {
    steps: {
      '0-before': { uses: direct, changes: [`appears ${direct}`] },
      '1-add-the-proxy': { uses: direct, changes: [`appears ${byToken}`] },
      '2-move-the-service': { uses: byToken, changes: [] },
      '3-close-the-direct-way': { uses: byToken, changes: [] },
    },
    wrong: {
      'wrong-close-first': { changes: [`breaks ${direct}`], findings: blocked },
      'wrong-without-tls': {
        changes: [`appears ${byToken}: unreachable`],
        findings: ['proxy-iam-requires-tls aws_db_proxy.orders'],
      },
    },
  },
  'password-proxy-to-iam-proxy': {
    steps: {
      '0-before': { uses: inProxy, changes: [`appears ${direct}`, `appears ${inProxy}`] },
      '1-add-the-iam-proxy': { uses: inProxy, changes: ['appears iam-proxy-rds orders_iam app'] },
      '2-move-the-service': { uses: 'iam-proxy-rds orders_iam app', changes: [] },
      '3-remove-the-password-proxy': { uses: 'iam-proxy-rds orders_iam app', changes: [`goes ${inProxy}`] },
    },
    wrong: {
      'wrong-in-place': { changes: [`goes ${inProxy}`, `appears ${byToken}`], findings: [] },
      'wrong-grant-first': {
        changes: [`appears ${byToken}: unreachable`],
        findings: [`connect-grant-iam-disabled ${grantOf}`],
      },
      'wrong-both-at-once': {
        changes: [`breaks ${inProxy}`, `appears ${byToken}: unreachable`],
        findings: ['proxy-iam-mode-unsupported aws_db_proxy.orders'],
      },
    },
  },
  'password-proxy-to-iam-proxy-sqlserver': {
    steps: {
      '0-before': { uses: inProxy, changes: [`appears ${direct}`, `appears ${inProxy}`] },
      '1-take-both': { uses: inProxy, changes: [`appears ${byToken}`] },
      '2-move-the-service': { uses: byToken, changes: [] },
      '3-require-tokens': { uses: byToken, changes: [`goes ${inProxy}`] },
    },
    wrong: { 'wrong-require-at-once': { changes: [`goes ${inProxy}`, `appears ${byToken}`], findings: [] } },
  },
  'iam-proxy-to-end-to-end-iam-proxy': toEndToEnd,
  'iam-proxy-to-end-to-end-iam-proxy-mysql': toEndToEnd,
  'iam-to-end-to-end-iam-proxy': {
    steps: {
      '0-before': { uses: 'iam-rds app', changes: [`appears ${direct}`, 'appears iam-rds app'] },
      '1-add-the-proxy': { uses: 'iam-rds app', changes: ['appears iam-proxy-iam-rds orders app'] },
      '2-move-the-service': { uses: 'iam-proxy-iam-rds orders app', changes: [] },
      '3-close-the-direct-way': { uses: 'iam-proxy-iam-rds orders app', changes: ['goes iam-rds app'] },
    },
    wrong: {
      'wrong-close-first': {
        changes: [`breaks ${direct}`, 'goes iam-rds app'],
        findings: [...blocked, 'connect-grant-other-endpoint aws_iam_role_policy.service_connects_proxy'],
      },
      'wrong-with-a-secret': {
        changes: ['breaks iam-rds app', `appears ${byToken}: unreachable`],
        findings: [`user-mixes-iam-and-password ${grantOf}`],
      },
    },
  },
  'managed-master-password': {
    steps: {
      '0-before': {
        uses: 'password-proxy-rds orders root_admin',
        changes: [`appears ${direct}`, 'appears password-proxy-rds orders root_admin'],
      },
      '1-make-a-user': { uses: 'password-proxy-rds orders root_admin', changes: [] },
      '2-add-it-to-the-proxy': { uses: 'password-proxy-rds orders root_admin', changes: [`appears ${inProxy}`] },
      '3-move-the-service': { uses: inProxy, changes: [] },
      '4-take-the-master-user-from-the-proxy': {
        uses: inProxy,
        changes: ['goes password-proxy-rds orders root_admin'],
      },
      '5-let-rds-keep-the-password': { uses: inProxy, changes: [] },
    },
    wrong: {
      'wrong-take-it-away-first': { changes: ['goes password-proxy-rds orders root_admin'], findings: [] },
    },
  },
};

const reports = new Map<string, Report>();
const reportOf = (folder: string): Report => {
  const report = reports.get(folder) ?? checkWithSource(`${root}/${folder}/plan.json`, `${root}/${folder}`);
  reports.set(folder, report);
  return report;
};

const wayOf = ({ path, proxy, user }: Pick<Connection, 'path' | 'proxy' | 'user'>): Way =>
  [path, proxy?.replace('aws_db_proxy.', ''), user].filter((part) => part !== undefined).join(' ');

const textOf = (change: Change): string =>
  `${change.kind} ${wayOf(change)}${change.kind === 'appears' && change.after !== 'reachable' ? `: ${change.after}` : ''}`;

const changesOf = (report: Report): readonly string[] => report.changes.map(textOf);
const reachableIn = (report: Report): ReadonlySet<Way> =>
  new Set(report.connections.filter(({ verdict }) => verdict === 'reachable').map(wayOf));

/** The step that a folder is planned on. */
const afterOf = (folder: string): string | null =>
  existsSync(`${root}/${folder}/after`) ? readFileSync(`${root}/${folder}/after`, 'utf8').trim() : null;

const everyStep = Object.entries(routes).flatMap(([route, { steps }]) =>
  Object.entries(steps).map(([name, step], index, all) => ({ route, name, step, before: all[index - 1] ?? null })),
);
const everyWrong = Object.entries(routes).flatMap(([route, { wrong }]) =>
  Object.entries(wrong).map(([name, expected]) => ({ route, name, expected })),
);

/** What locks the service out that took `used` until now, or is about to take a way that is not there. */
const lockouts = (before: Report, after: Report, used: Way, next: Way): readonly string[] => [
  ...(reachableIn(after).has(used) ? [] : [`${used} does not work while clients still use it`]),
  ...(reachableIn(before).has(next) ? [] : [`${next} does not work before clients take it`]),
  ...mandatoryFailures(after),
];

describe('the steps of a migration', () => {
  test('are all that is there, in order, each planned on what the one before leaves', () => {
    const folders = readdirSync(root).flatMap((route) =>
      readdirSync(`${root}/${route}`).map((name) => `${route}/${name}`),
    );
    const named = [...everyStep, ...everyWrong].map(({ route, name }) => `${route}/${name}`);
    expect(folders.sort()).toEqual(named.sort());
    for (const { route, name, before } of everyStep) {
      expect([route, name, afterOf(`${route}/${name}`)]).toEqual([route, name, before?.[0] ?? null]);
    }
  });

  test.each(everyStep)('$route/$name: does what is said, and breaks nothing', ({ route, name, step }) => {
    const report = reportOf(`${route}/${name}`);
    expect([...changesOf(report)].sort()).toEqual([...step.changes].sort());
    expect(report.connections.filter(({ verdict }) => verdict !== 'reachable')).toEqual([]);
    expect([report.verdict, mandatoryFailures(report)]).toEqual(['pass', []]);
  });

  test.each(everyStep)('$route/$name: the service in view takes the way that is said', ({ route, name, step }) => {
    const used = reportOf(`${route}/${name}`).connections.filter((connection) => wayOf(connection) === step.uses);
    expect(used.flatMap(({ legs }) => legs.filter(({ leg }) => leg === 'network'))).toMatchObject([{ status: 'ok' }]);
  });

  test.each(everyStep.filter(({ before }) => before !== null))(
    '$route/$name: locks nobody out',
    ({ route, name, step, before }) => {
      const [earlier, { uses }] = before ?? ['', { uses: '' }];
      const [first, second] = [reportOf(`${route}/${earlier}`), reportOf(`${route}/${name}`)];
      expect(lockouts(first, second, uses, step.uses)).toEqual([]);
    },
  );
});

test.each(everyStep.filter(({ before }) => before !== null))(
  '$route/$name: begins where the step before ends',
  ({ route, name, before }) => {
    const { connections, changes } = reportOf(`${route}/${name}`);
    const fresh = new Set(changes.filter(({ kind }) => kind === 'appears').map(({ connection }) => connection));
    const kept = connections.filter(({ id }) => !fresh.has(id)).map(wayOf);
    const gone = changes.filter(({ kind }) => kind === 'goes').map(wayOf);
    const earlier = reportOf(`${route}/${before?.[0]}`).connections.map(wayOf);
    expect([...kept, ...gone].sort()).toEqual([...earlier].sort());
  },
);

describe('another order', () => {
  test('there is one for each route', () => {
    expect(Object.values(routes).filter(({ wrong }) => Object.keys(wrong).length === 0)).toEqual([]);
  });

  test.each(everyWrong)('$route/$name: is seen', ({ route, name, expected }) => {
    const report = reportOf(`${route}/${name}`);
    expect([...changesOf(report)].sort()).toEqual([...expected.changes].sort());
    const said = report.findings.map(({ policy, address }) => `${policy} ${address}`);
    expect(said).toEqual(expect.arrayContaining([...expected.findings]));
    expect(expected.findings).toEqual(expect.arrayContaining([...mandatoryFailures(report)]));
    expect(unexplainedLegs(report)).toEqual([]);
  });

  test.each(everyWrong)('$route/$name: locks out, or has a finding that its right order has not', ({ route, name }) => {
    const previous = afterOf(`${route}/${name}`) ?? '';
    const { uses } = routes[route]?.steps[previous] ?? { uses: '' };
    const report = reportOf(`${route}/${name}`);
    const right = new Set(
      everyStep
        .filter((one) => one.route === route)
        .flatMap((one) => reportOf(`${route}/${one.name}`).findings.map(({ policy }) => policy)),
    );
    const more = report.findings.map(({ policy }) => policy).filter((policy) => !right.has(policy));
    expect([...lockouts(reportOf(`${route}/${previous}`), report, uses, uses), ...more]).not.toEqual([]);
  });
});

test('a login by IAM that waits for the maintenance window rests on that window', () => {
  const listenerIn = (folder: string) =>
    reportOf(folder)
      .connections.filter(({ path }) => path === 'iam-rds')
      .flatMap(({ legs }) => legs.filter(({ leg }) => leg === 'listener'));
  const waits = 'the maintenance window that switches IAM authentication of aws_db_instance.orders on is over';
  expect(listenerIn('password-to-iam/wrong-wait-for-window')).toMatchObject([{ status: 'assumed', reason: waits }]);
  expect(listenerIn('password-to-iam/2-grant')).toMatchObject([{ status: 'ok' }]);
});

/** The statements for the user whom the service takes after the last step. */
const statementsOf = async (route: string): Promise<readonly string[]> => {
  const [name, { uses }] = Object.entries(routes[route]?.steps ?? {}).at(-1) ?? ['', { uses: '' }];
  const { report, guides } = await examineWithSource(`${root}/${route}/${name}/plan.json`, `${root}/${route}/${name}`);
  return report.connections.flatMap((connection, index) => {
    const guide = guides[index];
    return wayOf(connection) === uses && guide !== undefined ? userInstructions(connection, guide).lines : [];
  });
};

describe('the user after a migration', () => {
  test.each([
    ['password-to-iam', /GRANT rds_iam TO app_iam;/],
    ['password-to-iam-mysql', /'app_iam'@'%' IDENTIFIED WITH AWSAuthenticationPlugin/],
    ['password-to-password-proxy', /'app'@'%' IDENTIFIED BY/],
    ['password-to-iam-proxy', /REVOKE rds_iam FROM app;/],
    ['password-proxy-to-iam-proxy', /'app'@'%' IDENTIFIED BY/],
    ['password-proxy-to-iam-proxy-sqlserver', /CREATE LOGIN \[app\] WITH PASSWORD/],
    ['iam-proxy-to-end-to-end-iam-proxy', /GRANT rds_iam TO app_iam;/],
    ['iam-proxy-to-end-to-end-iam-proxy-mysql', /'app_iam'@'%' IDENTIFIED WITH AWSAuthenticationPlugin/],
    ['iam-to-end-to-end-iam-proxy', /GRANT rds_iam TO app;/],
    ['managed-master-password', /'app'@'%' IDENTIFIED BY/],
  ])('%s: is defined for its method', async (route, statement) => {
    expect((await statementsOf(route)).join('\n')).toMatch(statement);
  });

  test('is looked at in every route', () => expect(Object.keys(routes)).toHaveLength(10));
});

describe('docs/migrations', () => {
  const pages = readdirSync('docs/migrations').map((name) => readFileSync(`docs/migrations/${name}`, 'utf8'));
  const text = pages.join('\n');
  const shown = (kind: string): ReadonlySet<string> =>
    new Set([...text.matchAll(new RegExp(`^<!-- ${kind} (\\S+)`, 'gm'))].map(([, folder = '']) => folder));

  test('says of every step, and of every other order, what the tool says', () => {
    const steps = everyStep.filter(({ before, route }) => before !== null && !route.endsWith('-mysql'));
    const wrong = everyWrong.filter(({ route }) => !route.endsWith('-mysql'));
    const missing = [...steps, ...wrong].map(({ route, name }) => `${route}/${name}`);
    expect(missing.filter((folder) => !shown('says').has(folder))).toEqual([]);
    const changes = steps.map(({ route, name }) => `${route}/${name}`);
    expect(changes.filter((folder) => !shown('(?:change|terraform)').has(folder))).toEqual([]);
  });

  test('has no excerpt and no output that was typed', () => {
    const blocks = text.match(/^```(?:hcl|diff|text)$/gm) ?? [];
    const made = text.match(/^<!-- (?:change|terraform|says) .* -->\n\n```(?:hcl|diff|text)$/gm) ?? [];
    expect(blocks.length).toBeGreaterThan(50);
    expect(made).toHaveLength(blocks.length);
  });

  test('says how to go back from every step', () => {
    for (const page of pages.filter((one) => one.includes('<!-- change '))) {
      const steps = page.split(/^##+ (?=\d+\. )/m).slice(1);
      expect(steps.filter((step) => !step.includes('*Go back:*'))).toEqual([]);
    }
  });
});
