import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { builtinPolicies } from '../index.ts';
import { runMain, scenario } from './run.test-support.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'own-policies-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const write = (path: string, text: string): void => {
  mkdirSync(join(directory, path, '..'), { recursive: true });
  writeFileSync(join(directory, path), text);
};

const writePolicy = (id: string, assert: string): void =>
  write(
    `${id}/policy.yaml`,
    [
      `id: ${id}`,
      'set: acme',
      'title: Something is wrong',
      'subject: proxy',
      'severity: low',
      'enforcement: advisory',
      `assert: '${assert}'`,
      'message: "{{address}} is wrong"',
      'remediation: Mend {{address}}.',
      'why: Because.',
      'references: [https://example.com]',
    ].join('\n'),
  );

const broken = scenario('mistake-tls-off');

type Diagnostic = { readonly code: string; readonly summary: string; readonly origin?: { readonly line?: number } };

/** The report of a plan, with the policies of the folder. */
const judge = async (plan: string, ...argv: readonly string[]) => {
  const { stdout, stderr, ...run } = await runMain([plan, '--policies', directory, '--format', 'json', ...argv]);
  const report = JSON.parse(stdout);
  const diagnostics: readonly Diagnostic[] = report.diagnostics;
  return {
    ...run,
    stderr,
    verdict: report.verdict,
    said: diagnostics.map(({ code, summary, origin }) => `${origin?.line ?? '-'} ${code}: ${summary}`),
    findings: report.findings.map(({ policy }: { readonly policy: string }) => policy),
    policies: report.policies.map(({ id }: { readonly id: string }) => id),
  };
};

const mistakes = (): void => {
  writePolicy('acme-attribute', 'proxy.tlsForIm');
  writePolicy('acme-crash', '(proxy.name == "x" ? 1 : proxy.name) < 2');
  writePolicy('acme-good', '!proxy.hasCredentials');
  writePolicy('acme-type', 'proxy.name == 1');
};

describe('own policies with a type error, an unknown attribute and a crash', () => {
  test('are three clear errors, and the others still run', async () => {
    mistakes();
    const { findings: usual } = await judge(broken, '--skip', 'acme-good,acme-crash');
    const { code, verdict, said, findings, policies } = await judge(broken);
    expect({ code, verdict }).toEqual({ code: 2, verdict: 'error' });
    expect(said).toEqual([
      '7 policy-condition-invalid: proxy has no attribute tlsForIm; did you mean tlsForIam?',
      '7 policy-condition-invalid: a string never equals a number.',
      '- policy-crashed: Policy acme-crash has no answer for aws_db_proxy.main: a string compared with a number.',
    ]);
    expect(usual.length).toBeGreaterThan(0);
    expect(findings).toEqual(['acme-good', ...usual]);
    expect(policies).toEqual(expect.arrayContaining(['acme-crash', 'acme-good', 'proxy-iam-requires-tls']));
    expect(policies).not.toContain('acme-type');
  });

  test.each(['pretty', 'markdown', 'sarif'])('for people and programs alike: %s', async (format) => {
    mistakes();
    const { code, stdout, stderr } = await runMain([broken, '--policies', directory, '--format', format]);
    const words = (stdout + stderr).replaceAll(/\s+/g, ' ');
    expect(code).toBe(2);
    expect(words).toContain('acme-attribute/policy.yaml');
    expect(words).toContain('did you mean tlsForIam?');
    expect(words).toContain('a string never equals a number.');
    expect(words).toContain('Policy acme-crash has no answer for aws_db_proxy.main');
  });

  test.each(['pretty', 'markdown'])('%s shows what the others found', async (format) => {
    mistakes();
    const { stdout } = await runMain([broken, '--policies', directory, '--format', format]);
    expect(stdout).toContain('proxy-iam-requires-tls');
    expect(stdout).toContain('acme-good');
  });

  test('make an error of a plan at which the others find nothing', async () => {
    writePolicy('acme-type', 'proxy.name == 1');
    const { code, verdict, findings } = await judge(scenario('row-no-proxy-rds-iam-off'), '--set', 'reachability');
    expect({ code, verdict, findings }).toEqual({ code: 2, verdict: 'error', findings: [] });
  });
});

test('of two policies with one id the first runs, and the other is an error', async () => {
  writePolicy('acme-good', '!proxy.hasCredentials');
  write('later/acme-good/policy.yaml', 'id: acme-good\n');
  const { said, findings } = await judge(broken);
  expect(said).toContain(
    `1 policy-duplicate: There is already a policy acme-good, in ${directory}/acme-good/policy.yaml.`,
  );
  expect(findings.filter((id: string) => id === 'acme-good')).toHaveLength(1);
});

test('a built-in id is taken', async () => {
  const [taken] = builtinPolicies;
  writePolicy(taken?.policy.id ?? '', 'proxy.name == ""');
  const { said, policies } = await judge(broken);
  expect(said).toEqual([expect.stringContaining('There is already a policy')]);
  expect(policies).toHaveLength(builtinPolicies.filter(({ offByDefault }) => offByDefault !== true).length);
});

test('folders that lie in each other are read once', async () => {
  writePolicy('acme-good', '!proxy.hasCredentials');
  const { said, findings } = await judge(broken, '--policies', join(directory, 'acme-good'));
  expect(said).toEqual([]);
  expect(findings.filter((id: string) => id === 'acme-good')).toHaveLength(1);
});

describe('a set of its own that is off by default', () => {
  beforeEach(() => {
    writePolicy('acme-good', '!proxy.hasCredentials');
    write('set.yaml', 'id: acme\ntitle: What acme forbids\nenabledByDefault: false\n');
  });

  test.each([
    [[], false],
    [['--set', 'acme'], true],
    [['--set', 'acme,reachability'], true],
    [['--only', 'acme-good'], true],
    [['--skip', 'acme-good'], false],
  ])('with %j runs: %s', async (argv, runs) => {
    const { said, findings } = await judge(broken, ...argv);
    expect(said).toEqual([]);
    expect(findings.includes('acme-good')).toBe(runs);
  });

  test('is said to be in the list of policies', async () => {
    const { stdout } = await runMain(['policies', '--policies', directory]);
    expect(stdout).toContain('acme (1 policy, off by default: --set acme)\n  What acme forbids\n  acme-good');
    const { stdout: json } = await runMain(['policies', '--policies', directory, '--format', 'json']);
    const off = JSON.parse(json).policies.filter(
      ({ set, enabledByDefault }: { readonly set: string; readonly enabledByDefault: boolean }) =>
        set === 'acme' && !enabledByDefault,
    );
    expect(off).toHaveLength(1);
  });
});

test('conditions that a folder shares are read with it', async () => {
  writePolicy('acme-good', 'conditions.isBare');
  write('conditions.yaml', 'isBare:\n  subject: proxy\n  doc: No credentials.\n  condition: "!proxy.hasCredentials"\n');
  const { said, findings } = await judge(broken);
  expect(said).toEqual([]);
  expect(findings).toContain('acme-good');
});

test('a folder with conditions alone has no policy', async () => {
  write('conditions.yaml', '{}');
  const { code, stderr } = await runMain([broken, '--policies', directory]);
  expect(code).toBe(2);
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain('There is no policy.yaml in this directory, nor below it.');
});
