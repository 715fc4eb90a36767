import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { validateXML } from 'xmllint-wasm';
import { runMain } from '../run.test-support.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rds-auth-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

const policy = (id: string, assert: string, more = ''): string => `id: ${id}
set: own
title: A title
subject: proxy
severity: low
enforcement: advisory
assert: ${assert}
message: "The proxy {{name}} has no TLS."
remediation: Turn it on.
why: It matters.
references: [https://example.com]
${more}`;

const cases = `cases:
  - name: fail-off
    address: aws_db_proxy.main
    message: The proxy main has no TLS.
    subject: { address: aws_db_proxy.main, name: main, tlsForIam: false }
  - name: pass-on
    subject: { tlsForIam: true }
  - name: unknown-later
    subject: { tlsForIam: unknown }
`;

const plan = 'policies/reachability/proxy-iam-requires-tls/cases/fail-tls-off';

/** What differs from run to run is how long it took. */
const steady = (text: string): string => text.replaceAll(/\([\d.]+ m?s\)/g, '(… ms)').replaceAll(folder, 'DIR');

const run = async (...argv: readonly string[]) => {
  const { code, stdout, stderr } = await runMain(['test', folder, ...argv]);
  return { code, stdout: steady(stdout), stderr: steady(stderr).replaceAll(/\s+/g, ' ') };
};

test('cases that all pass', async () => {
  write('own-tls/policy.yaml', policy('own-tls', 'proxy.tlsForIam'));
  write('own-tls/cases.yaml', cases);
  expect(await run()).toEqual({ code: 0, stdout: '3 passed, 0 failed (… ms)\n', stderr: '' });
});

test('cases that fail: what was expected, and what came', async () => {
  write('own-tls/policy.yaml', policy('own-tls', '"!proxy.tlsForIam"'));
  write('own-tls/cases.yaml', `${cases}  - name: pass-forgotten\n    subject: {}\n`);
  const { code, stdout } = await run('--verbose', '--coverage');
  expect(code).toBe(1);
  expect(stdout).toBe(`PASS  own-tls/unknown-later (… ms)

FAIL  own-tls/fail-off (… ms)
  DIR/own-tls/cases.yaml:2
  expected  fail at aws_db_proxy.main
  got       pass

FAIL  own-tls/pass-on (… ms)
  DIR/own-tls/cases.yaml:6
  expected  pass
  got       fail at proxy
            The proxy (not in view) has no TLS.

FAIL  own-tls/pass-forgotten (… ms)
  DIR/own-tls/cases.yaml:10
  expected  pass
  got       a crash: Policy own-tls has no answer for proxy: proxy has no
            attribute tlsForIam.

1 passed, 3 failed (… ms)

100 % of outcomes covered (3 of 3, in 1 policy)
  own-tls: 1 fail, 2 pass, 1 unknown
`);
});

test('address and message, each by itself', async () => {
  write('own-tls/policy.yaml', policy('own-tls', 'proxy.tlsForIam'));
  write(
    'own-tls/cases.yaml',
    `cases:
  - name: fail-off
    address: aws_db_proxy.other
    message: /tls/
    subject: { address: aws_db_proxy.main, name: main, tlsForIam: false }
`,
  );
  const { code, stdout } = await run();
  expect(code).toBe(1);
  expect(stdout).toContain(`  expected  at aws_db_proxy.other
  got       at aws_db_proxy.main
  expected  message /tls/
  got       message The proxy main has no TLS.
`);
});

describe('folders', () => {
  const ready = (): void => {
    write('own-tls/policy.yaml', policy('own-tls', 'proxy.tlsForIam'));
  };

  test('a plan, judged as it stands', async () => {
    ready();
    cpSync(plan, join(folder, 'own-tls/cases/fail-plan'), { recursive: true });
    write('own-tls/cases/fail-plan/case.yaml', 'address: aws_db_proxy.main\n');
    expect(await run()).toEqual({ code: 0, stdout: '1 passed, 0 failed (… ms)\n', stderr: '' });
    write('own-tls/cases/fail-plan/case.yaml', 'address: aws_db_proxy.other\n');
    expect(await run()).toMatchObject({ code: 1, stdout: expect.stringContaining('got       at aws_db_proxy.main') });
  });

  test('a configuration without any subject passes nothing', async () => {
    ready();
    const empty = 'own-tls/cases/pass-empty/main.tf';
    write(empty, 'resource "aws_db_instance" "a" {\n  engine = "mysql"\n}\n');
    expect(await run()).toMatchObject({ code: 1, stdout: expect.stringContaining('got       nothing was judged') });
    write('own-tls/cases/pass-empty/case.yaml', 'subjects: none\n');
    expect(await run()).toEqual({ code: 0, stdout: '1 passed, 0 failed (… ms)\n', stderr: '' });
    cpSync(`${plan.replace('fail-tls-off', 'pass-tls-on')}/main.tf`, join(folder, empty));
    expect(await run()).toMatchObject({ code: 1, stdout: expect.stringContaining('got       1 subject judged') });
  });

  test('a configuration alone', async () => {
    ready();
    cpSync(`${plan}/main.tf`, join(folder, 'own-tls/cases/fail-source/main.tf'));
    expect(await run()).toMatchObject({ code: 0, stdout: '1 passed, 0 failed (… ms)\n' });
  });

  test('a plan with its source', async () => {
    ready();
    cpSync(plan, join(folder, 'own-tls/cases/fail-both'), { recursive: true });
    write('own-tls/cases/fail-both/case.yaml', 'source: .\n');
    expect(await run()).toMatchObject({ code: 0, stdout: '1 passed, 0 failed (… ms)\n' });
    rmSync(join(folder, 'own-tls/cases/fail-both/main.tf'));
    expect(await run()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no Terraform configuration in this directory.'),
    });
  });

  test('a context, without which there is nothing to find', async () => {
    write(
      'own-secret/policy.yaml',
      policy('own-secret', 'grant.userHasSecret')
        .replace('subject: proxy', 'subject: grant')
        .replace('{{name}}', '{{user}}'),
    );
    cpSync('testdata/context/orders/plan.json', join(folder, 'own-secret/cases/pass-alone/plan.json'));
    write('own-secret/cases/pass-alone/case.yaml', 'subjects: none\n');
    cpSync('testdata/context/orders/plan.json', join(folder, 'own-secret/cases/fail-context/plan.json'));
    write(
      'own-secret/cases/fail-context/case.yaml',
      'context: platform.json\naddress: aws_iam_role_policy.billing_connect\n',
    );
    expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no such file.') });
    cpSync('testdata/context/platform/state.json', join(folder, 'own-secret/cases/fail-context/platform.json'));
    expect(await run()).toEqual({ code: 0, stdout: '2 passed, 0 failed (… ms)\n', stderr: '' });
  });

  test('the environment has no say', async () => {
    ready();
    write(
      'own-tls/cases/fail-source/main.tf',
      'variable "tls" {\n  default = false\n}\nresource "aws_db_proxy" "a" {\n  name = "a"\n  engine_family = "MYSQL"\n  require_tls = var.tls\n  role_arn = "x"\n  vpc_subnet_ids = []\n  auth {\n    iam_auth = "REQUIRED"\n  }\n}\n',
    );
    const { code } = await runMain(['test', folder], { env: { TF_VAR_tls: 'true' } });
    expect(code).toBe(0);
  });
});

describe('what cannot run is no answer', () => {
  test.each([
    ['no case at all', {}, 'None of the policies here has a case.'],
    [
      'a name that says nothing',
      { 'cases/tls/case.yaml': 'subject: { tlsForIam: true }' },
      'Nothing says what this case expects.',
    ],
    [
      'a name that is contradicted',
      { 'cases/fail-x/case.yaml': 'expect: pass\nsubject: {}' },
      'The name of this case says fail, and expect says pass.',
    ],
    ['nothing to judge', { 'cases/fail-x/README.md': 'x' }, 'There is nothing to judge in this case.'],
    ['a plan that is none', { 'cases/fail-x/plan.json': '{}' }, 'fail-x/plan.json'],
    ['a plan that is damaged', { 'cases/fail-x/plan.json': '{"format_version":"1.2","planned_values":3}' }, 'fail-x'],
    [
      'a case that is faulty',
      { 'cases.yaml': 'cases:\n  - name: a\n    expct: fail\n' },
      'DIR/own-tls/cases.yaml:3:5: Unknown key expct; did you mean expect?',
    ],
  ])('%s', async (_, files, said) => {
    write('own-tls/policy.yaml', policy('own-tls', 'proxy.tlsForIam'));
    for (const [path, text] of Object.entries(files)) write(`own-tls/${path}`, text);
    const { code, stderr } = await run();
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });

  test('a policy that is faulty; the others run', async () => {
    write('own-tls/policy.yaml', policy('own-tls', 'proxy.tlsForIam'));
    write('own-tls/cases.yaml', cases);
    write('own-two/policy.yaml', policy('own-two', 'proxy.tlsForIAm'));
    const { code, stdout, stderr } = await run();
    expect(code).toBe(2);
    expect(stdout).toBe('3 passed, 0 failed, 1 error (… ms)\n');
    expect(stderr).toContain('DIR/own-two/policy.yaml:7:15: proxy has no attribute tlsForIAm; did you mean tlsForIam?');
  });

  test('no such directory', async () => {
    const { code, stderr } = await runMain(['test', join(folder, 'none')]);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no such directory of policies.');
  });
});

describe('options', () => {
  beforeEach(() => {
    write('own-tls/policy.yaml', policy('own-tls', 'proxy.tlsForIam'));
    write('own-tls/cases.yaml', cases);
    write('own-two/policy.yaml', policy('own-two', 'proxy.tlsForIam'));
    write('own-two/cases.yaml', 'cases:\n  - { name: pass-on, subject: { tlsForIam: true } }\n');
    write('own-sure/policy.yaml', policy('own-sure', "proxy.name != 'x'", 'decidable: always'));
    write(
      'own-sure/cases.yaml',
      'cases:\n  - { name: pass-a, subject: { name: a } }\n  - { name: fail-x, subject: { name: x } }\n',
    );
  });

  test.each([
    ['pass', 3],
    ['^own-t', 4],
    ['/fail-', 2],
    ['own-two/pass-on$', 1],
  ])('--run %s', async (pattern, count) => {
    expect(await run('--run', pattern)).toMatchObject({ code: 0, stdout: `${count} passed, 0 failed (… ms)\n` });
  });

  test('--run that matches nothing is no answer', async () => {
    expect(await run('--run', 'y$')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No case matches what was given to --run.'),
    });
  });

  test('--coverage says what is missing, also of what did not run', async () => {
    const { code, stdout } = await run('--coverage', '--run', 'own-tls');
    expect(code).toBe(0);
    expect(stdout).toBe(`3 passed, 0 failed (… ms)

75 % of outcomes covered (6 of 8, in 3 policies)
  own-two: 0 fail, 1 pass, 0 unknown; no case for fail, unknown
`);
  });

  test.each([
    ['75', 0],
    ['76', 1],
    ['100', 1],
    ['0', 0],
  ])('--threshold %s', async (threshold, expected) => {
    const { code, stdout } = await run('--threshold', threshold);
    expect(code).toBe(expected);
    expect(stdout).toContain('75 % of outcomes covered');
  });

  test.each([
    [['--run', '('], 'The option --run takes a regular expression.'],
    [['--threshold', '101'], 'The option --threshold takes a whole number from 0 to 100.'],
    [['--threshold', 'all'], 'The option --threshold takes a whole number from 0 to 100.'],
    [['--only', 'own-tls'], 'The option --only has no meaning for test.'],
    [['--format', 'sarif'], 'which takes pretty, json or junit'],
  ])('%j', async (argv, said) => {
    const { code, stderr } = await run(...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });

  test('--format json is the whole of it', async () => {
    const { summary, cases: ran, coverage, diagnostics } = JSON.parse((await run('--format', 'json')).stdout);
    expect(summary).toMatchObject({ passed: 6, failed: 0 });
    expect(ran).toHaveLength(6);
    expect(coverage).toMatchObject({ covered: 6, total: 8, percent: 75 });
    expect(diagnostics).toEqual([]);
  });
});

test('parameters of the policy', async () => {
  write(
    'own-name/policy.yaml',
    policy(
      'own-name',
      'proxy.name in params.names',
      'parameters:\n  names: { type: list, doc: Names that are taken. }\n',
    ),
  );
  write(
    'own-name/cases.yaml',
    `cases:
  - { name: pass-a, subject: { name: a }, parameters: { names: [a] } }
  - { name: fail-b, subject: { name: b }, parameters: { names: [a] } }
`,
  );
  expect(await run()).toEqual({ code: 0, stdout: '2 passed, 0 failed (… ms)\n', stderr: '' });
  write('own-name/cases.yaml', 'cases:\n  - { name: fail-b, subject: { name: b } }\n');
  expect(await run()).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('own-name judges nothing: names has no value'),
  });
});

test('JUnit, as its schema says', async () => {
  write('own-tls/policy.yaml', policy('own-tls', '"!proxy.tlsForIam"'));
  write('own-tls/cases.yaml', `${cases}  - name: fail-x]]>&<"\n    subject: { tlsForIam: unknown }\n`);
  write('own-two/policy.yaml', policy('own-two', 'proxy.tlsForIAm'));
  const { code, stdout } = await runMain(['test', folder, '--format', 'junit']);
  expect(code).toBe(2);
  const schema = readFileSync('testdata/schemas/junit.xsd', 'utf8');
  const { errors } = await validateXML({
    xml: { fileName: 'junit.xml', contents: stdout },
    schema: { fileName: 'junit.xsd', contents: schema },
  });
  expect(errors).toEqual([]);
  expect(stdout).toContain('<testsuites name="rds-auth-policy" tests="5" failures="3" errors="1"');
  expect(stdout).toMatch(
    /<testcase classname="rds-auth-policy.own-tls" name="own-tls: unknown-later" time="[\d.]+"\/>/,
  );
  expect(stdout).toContain('message="expected fail at aws_db_proxy.main; got pass"');
  expect(stdout).toContain('fail-x]]&gt;&amp;&lt;&quot;');
  expect(stdout).toContain('type="policy-condition-invalid"');
});

test('a case that expects what its policy says it can never say', async () => {
  write('own-sure/policy.yaml', policy('own-sure', "proxy.name != 'x'", 'decidable: always'));
  write('own-sure/cases.yaml', 'cases:\n  - { name: unknown-a, subject: { name: a } }\n');
  expect(await run()).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('The policy is decidable always, and this case expects unknown.'),
  });
});
