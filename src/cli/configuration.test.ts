import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Report } from '../model/report.ts';
import { runMain } from '../testing/run-main.ts';

const started = process.cwd();
const scenario = (name: string): string => join(started, 'testdata/scenarios', name, 'plan.json');

let root = '';
let repository = '';
let plan = '';

const write = (path: string, text: string | Uint8Array): string => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'configuration-')));
  repository = join(root, 'repository');
  mkdirSync(join(repository, '.git'), { recursive: true });
  plan = join(repository, 'infra/prod/plan.json');
  mkdirSync(dirname(plan), { recursive: true });
  cpSync(scenario('mistake-tls-off'), plan);
});

afterEach(() => {
  process.chdir(started);
  rmSync(root, { recursive: true });
});

const judge = async (argv: readonly string[], env: Readonly<Record<string, string>> = {}, input = '') => {
  const { code, stdout, stderr } = await runMain([...argv, '--format', 'json'], input, env);
  const report: Report = JSON.parse(stdout);
  return { code, report, stderr };
};

test.each([
  ['explain', ['explain', 'nothing-of-the-kind', 'infra/prod/plan.json']],
  ['policies', ['policies', 'show', 'nothing-of-the-kind']],
])('%s names it where there is no answer', async (_, argv) => {
  write(join(repository, 'rds-auth-policy.yaml'), low);
  process.chdir(repository);
  const { code, report } = await judge(argv);
  expect([code, report.verdict, report.configuration]).toEqual([
    2,
    'error',
    { path: 'rds-auth-policy.yaml', hash: hashOf(low) },
  ]);
});

const off = 'rules: [{ policy: proxy-iam-requires-tls, enforcement: off }]\n';
const low = 'rules: [{ policy: proxy-iam-requires-tls, enforcement: advisory, severity: low }]\n';
const hashOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** What the configuration that was used makes of the one mistake of the plan. */
const used = ({ report }: { readonly report: Report }): string => {
  const finding = report.findings.find(({ policy }) => policy === 'proxy-iam-requires-tls');
  return finding === undefined ? 'off' : finding.severity;
};

describe('the configuration is found', () => {
  test('nowhere, and nothing is different', async () => {
    const { code, report } = await judge([plan]);
    expect([code, used({ report }), report.configuration]).toEqual([1, 'high', { path: null, hash: null }]);
  });

  test.each(['rds-auth-policy.yaml', 'rds-auth-policy.yml', '.rds-auth-policy.yaml'])(
    'at the root of the repository of the plan: %s',
    async (name) => {
      write(join(repository, name), low);
      const { code, report } = await judge([plan]);
      expect([code, used({ report }), report.configuration]).toEqual([0, 'low', { path: name, hash: hashOf(low) }]);
    },
  );

  test('in JSON', async () => {
    write(
      join(repository, 'rds-auth-policy.json'),
      JSON.stringify({ rules: [{ policy: 'B01', severity: 'info' }] }, null, '\t'),
    );
    expect(used(await judge([plan]))).toBe('info');
  });

  test('in the repository of the current directory, for a plan that comes from elsewhere', async () => {
    write(join(repository, 'rds-auth-policy.yaml'), low);
    process.chdir(join(repository, 'infra'));
    expect(used(await judge(['-'], {}, readFileSync(plan, 'utf8')))).toBe('low');
    expect(used(await judge([scenario('mistake-tls-off')]))).toBe('low');
  });

  test('in the current directory outside of any repository', async () => {
    const outside = join(root, 'outside');
    write(join(outside, 'rds-auth-policy.yaml'), low);
    process.chdir(outside);
    expect(used(await judge(['-'], {}, readFileSync(plan, 'utf8')))).toBe('low');
  });

  test('in a work tree, whose .git is a file', async () => {
    const tree = join(root, 'tree');
    write(join(tree, '.git'), 'gitdir: elsewhere');
    write(join(tree, 'rds-auth-policy.yaml'), low);
    cpSync(plan, join(tree, 'a/plan.json'));
    expect(used(await judge([join(tree, 'a/plan.json')]))).toBe('low');
  });

  test('not above the root of the repository, nor below it', async () => {
    write(join(root, 'rds-auth-policy.yaml'), off);
    write(join(repository, 'infra/rds-auth-policy.yaml'), off);
    write(join(dirname(plan), 'rds-auth-policy.yaml'), off);
    process.chdir(dirname(plan));
    expect(used(await judge(['plan.json']))).toBe('high');
  });

  test('by RDS_AUTH_POLICY_CONFIG before the tree, and by --config before both', async () => {
    write(join(repository, 'rds-auth-policy.yaml'), off);
    const byEnvironment = write(join(root, 'env.yaml'), low);
    const byOption = write(join(root, 'option.yaml'), low.replace('low', 'info'));
    const env = { RDS_AUTH_POLICY_CONFIG: byEnvironment };
    const second = await judge([plan], env);
    expect([used(second), second.report.configuration.path]).toEqual(['low', byEnvironment]);
    const third = await judge([plan, '--config', byOption], env);
    expect([used(third), third.report.configuration.path]).toEqual(['info', byOption]);
    expect(used(await judge([plan], { RDS_AUTH_POLICY_CONFIG: '' }))).toBe('off');
  });

  test('by a link within the repository', async () => {
    write(join(repository, 'ci/policy.yaml'), low);
    symlinkSync('ci/policy.yaml', join(repository, 'rds-auth-policy.yaml'));
    expect(used(await judge([plan]))).toBe('low');
  });
});

describe('no answer, exit code 2, and the reason', () => {
  const refused = async (argv: readonly string[], env = {}): Promise<readonly string[]> => {
    const { code, report } = await judge(argv, env);
    expect([code, report.verdict, report.findings]).toEqual([2, 'error', []]);
    return report.diagnostics.map(({ code: name, summary, origin }) => {
      const { file, line, column } = origin ?? {};
      return `${[file?.replace(root, ''), line, column].filter((part) => part !== undefined).join(':')} ${name} ${summary}`;
    });
  };
  const here = (content: string | Uint8Array): string => write(join(repository, 'rds-auth-policy.yaml'), content);

  test.each<[string, string | Uint8Array, string]>([
    [
      'a misspelt key',
      'rules:\n  - polcy: a\n',
      'rds-auth-policy.yaml:2:5 configuration-invalid Unknown key polcy; did you mean policy?',
    ],
    [
      'a policy that does not exist',
      'rules:\n  - policy: proxy-iam-require-tls\n',
      'rds-auth-policy.yaml:2:13 policy-not-found There is no policy proxy-iam-require-tls; did you mean proxy-iam-requires-tls?',
    ],
    [
      'a set that does not exist',
      'sets: [reachabilty]\n',
      'rds-auth-policy.yaml:1:8 policy-not-found There is no policy set reachabilty; did you mean reachability?',
    ],
    [
      'a parameter that does not exist',
      'rules:\n  - policy: B01\n    parameters: { most: 1 }\n',
      'rds-auth-policy.yaml:3:25 configuration-invalid The policy proxy-iam-requires-tls takes no parameters.',
    ],
    [
      'bytes',
      Uint8Array.from([0xff, 0xfe, 0, 1, 2, 0x80]),
      'rds-auth-policy.yaml configuration-unreadable This is not text in UTF-8.',
    ],
    [
      'more than anybody writes',
      `# ${'x'.repeat(1 << 20)}`,
      'rds-auth-policy.yaml configuration-unreadable The file is larger than 1 MiB.',
    ],
    [
      'a context that is not there',
      'context: ["states/*.json"]\n',
      'rds-auth-policy.yaml:1:11 input-not-found No file is there, or matches this pattern.',
    ],
    [
      'a context outside of the repository',
      'context: [../outside.json]\n',
      'rds-auth-policy.yaml:1:11 configuration-invalid This path leads out of the repository, or into its .git.',
    ],
    [
      'policies outside of the repository',
      'policies: [/etc]\n',
      'rds-auth-policy.yaml:1:12 configuration-invalid This path leads out of the repository, or into its .git.',
    ],
    [
      'a report outside of the repository',
      'output: { files: { json: ../report.json } }\n',
      'rds-auth-policy.yaml:1:26 configuration-invalid This path leads out of the repository, or into its .git.',
    ],
    [
      'a report in .git',
      'output: { files: { json: .git/config } }\n',
      'rds-auth-policy.yaml:1:26 configuration-invalid This path leads out of the repository, or into its .git.',
    ],
    [
      'a report over the plan',
      'output: { files: { json: infra/prod/plan.json } }\n',
      'rds-auth-policy.yaml:1:26 configuration-invalid This file would overwrite a file that is read.',
    ],
  ])('%s', async (_, content, reason) => {
    here(content);
    expect(await refused([plan])).toEqual([reason]);
  });

  test('every fault at once, and the hash in the report', async () => {
    const text = 'sets: 1\nrule: 2\n';
    here(text);
    const { report } = await judge([plan]);
    expect(report.diagnostics.map(({ origin }) => origin?.line)).toEqual([1, 2]);
    expect(report.configuration).toEqual({ path: 'rds-auth-policy.yaml', hash: hashOf(text) });
  });

  test('a file that is named and not there', async () => {
    expect(await refused([plan, '--config', 'no.yaml'])).toEqual([
      'no.yaml configuration-not-found There is no such file.',
    ]);
    expect(await refused([plan], { RDS_AUTH_POLICY_CONFIG: 'no.yaml' })).toEqual([
      'no.yaml configuration-not-found There is no such file.',
    ]);
    expect(await refused([plan, '--config-only', 'no.yaml'])).toEqual([
      'no.yaml configuration-not-found There is no such file.',
    ]);
  });

  test('a directory, a link that leads nowhere, a link that leads out, and two files', async () => {
    const path = join(repository, 'rds-auth-policy.yaml');
    mkdirSync(path);
    expect(await refused([plan])).toEqual(['rds-auth-policy.yaml configuration-unreadable This is no regular file.']);
    rmSync(path, { recursive: true });
    symlinkSync('nowhere', path);
    expect(await refused([plan])).toEqual(['rds-auth-policy.yaml configuration-not-found There is no such file.']);
    rmSync(path);
    symlinkSync(write(join(root, 'private.yaml'), 'secret_key: 1'), path);
    expect(await refused([plan])).toEqual([
      'rds-auth-policy.yaml configuration-unreadable This link leads out of the repository.',
    ]);
    rmSync(path);
    here(low);
    write(join(repository, 'rds-auth-policy.json'), '{}');
    expect(await refused([plan])).toEqual([
      'rds-auth-policy.yaml configuration-invalid There are two configurations: rds-auth-policy.yaml and rds-auth-policy.json.',
    ]);
  });

  test('a link from the context out of the repository', async () => {
    cpSync(plan, join(root, 'other.json'));
    mkdirSync(join(repository, 'states'));
    symlinkSync(join(root, 'other.json'), join(repository, 'states/a.json'));
    here('context: ["states/*.json"]\n');
    expect(await refused([plan])).toEqual([
      'rds-auth-policy.yaml:1:11 configuration-invalid This path leads out of the repository, or into its .git.',
    ]);
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? test.skip : test)('a file that may not be read', async () => {
    chmodSync(here(low), 0);
    expect(await refused([plan])).toEqual([
      'rds-auth-policy.yaml configuration-unreadable The file may not be read by this user.',
    ]);
  });

  test('two repositories with a configuration each', async () => {
    here(low);
    const other = join(root, 'other');
    mkdirSync(join(other, '.git'), { recursive: true });
    write(join(other, 'rds-auth-policy.yaml'), low);
    cpSync(plan, join(other, 'plan.json'));
    const { code, stderr } = await runMain([plan, join(other, 'plan.json')]);
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
      'The PLANs lie in repositories that each have a configuration of their own.',
    );
  });

  test('--config beside --config-only', async () => {
    const { code, stderr } = await runMain([plan, '--config', 'a', '--config-only', 'b']);
    expect(code).toBe(2);
    expect(stderr).toContain('The options --config and --config-only contradict each other.');
  });

  test.each(['matrix', 'model', 'policies', 'explain B01', 'graph', 'diff'])('%s', async (command) => {
    process.chdir(repository);
    here('rules: 1\n');
    const plans = { policies: [], 'explain B01': [], diff: [plan, plan] }[command] ?? [plan];
    const { code } = await runMain([...command.split(' '), ...plans]);
    expect(code).toBe(2);
  });
});

describe('--config-only', () => {
  test('leaves the configuration of the tree alone', async () => {
    write(join(repository, 'rds-auth-policy.yaml'), off);
    const file = write(join(root, 'server/policy.yaml'), low);
    const { code, report } = await judge([plan, '--config-only', file], { RDS_AUTH_POLICY_CONFIG: 'no.yaml' });
    expect([code, used({ report }), report.configuration]).toEqual([0, 'low', { path: file, hash: hashOf(low) }]);
  });

  test('does not read a broken one in the tree', async () => {
    write(join(repository, 'rds-auth-policy.yaml'), 'rules: 1');
    expect(used(await judge([plan, '--config-only', write(join(root, 'empty.yaml'), '')]))).toBe('high');
  });

  test('may name a context anywhere, and writes no files', async () => {
    cpSync(scenario('mistake-no-target'), join(root, 'states/a.json'));
    const context = write(join(root, 'server/context.yaml'), 'context: ["../states/*.json"]\n');
    const { report } = await judge([plan, '--config-only', context]);
    expect(report.input.map(({ role }) => role)).toEqual(['judged', 'context']);
    const files = write(join(root, 'server/files.yaml'), 'output: { files: { json: a.json } }\n');
    const { code, report: refused } = await judge([plan, '--config-only', files]);
    expect(code).toBe(2);
    expect(refused.diagnostics.map(({ summary }) => summary)).toEqual([
      'With --config-only no files are written but those of --output.',
    ]);
  });

  test('lets no comment in the tree waive a finding', async () => {
    const source = join(repository, 'live');
    cpSync(join(started, 'testdata/scenarios/mistake-tls-off/config'), source, { recursive: true });
    const main = join(source, 'main.tf');
    const text = readFileSync(main, 'utf8');
    const comment = '# rds-auth-policy:ignore proxy-iam-requires-tls until=2999-01-01 reason="So it is."\n';
    writeFileSync(
      main,
      text.replace(/^resource "aws_db_proxy" /m, (head) => `${comment}${head}`),
    );
    const waived = async (argv: readonly string[]): Promise<boolean | undefined> => {
      const { report } = await judge([source, ...argv]);
      const found = report.findings.find(({ policy }) => policy === 'proxy-iam-requires-tls');
      return found === undefined ? undefined : found.waiver !== null;
    };
    const empty = write(join(root, 'empty.yaml'), '');
    expect(await waived([])).toBe(true);
    expect(await waived(['--config', empty])).toBe(true);
    expect(await waived(['--config-only', empty])).toBe(false);
  });
});

describe('what it says', () => {
  const configure = (text: string): string => write(join(repository, 'rds-auth-policy.yaml'), text);

  test('is what the command line does not', async () => {
    configure(
      'output: { format: json, unknown: fail, verbose: true, files: { sarif: out.sarif, markdown: out.md } }\n',
    );
    process.chdir(root);
    const byFile = await runMain([plan]);
    expect(JSON.parse(byFile.stdout).verdict).toBe('fail');
    expect(JSON.parse(readFileSync(join(repository, 'out.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(join(repository, 'out.md'), 'utf8')).toContain('`rds-auth-policy.yaml` (`sha256:');
    rmSync(join(repository, 'out.sarif'));
    const { stdout } = await runMain([plan, '--format', 'pretty', '--output', 'sarif=own.sarif']);
    expect(stdout).toMatch(/^FAIL /);
    expect(readFileSync(join(root, 'own.sarif'), 'utf8')).not.toBe('');
    expect(() => readFileSync(join(repository, 'out.sarif'))).toThrow('ENOENT');
  });

  test('of the undecided is weaker than --unknown', async () => {
    cpSync(scenario('undecided-both-schemes'), plan);
    configure('sets: [reachability]\noutput: { unknown: fail }\nrules: [{ policy: "*", enforcement: mandatory }]\n');
    expect((await judge([plan])).code).toBe(1);
    expect((await judge([plan, '--unknown', 'report'])).code).toBe(0);
  });

  test('stands in the headline with the beginning of its hash', async () => {
    configure(low);
    const { stdout } = await runMain([plan], '', {}, 200);
    expect(stdout.split('\n')[0]).toContain(`rds-auth-policy.yaml (${hashOf(low).slice(0, 19)})`);
  });

  test('of sets is weaker than --set, and --only runs what is off', async () => {
    configure(`sets: [reachability]\n${off}`);
    expect(used(await judge([plan]))).toBe('off');
    expect(used(await judge([plan, '--only', 'B01']))).toBe('high');
    expect((await judge([plan, '--set', 'nothing'])).code).toBe(2);
  });

  test('of policies loads them from the repository', async () => {
    cpSync(join(started, 'policies/reachability/proxy-iam-requires-tls/policy.yaml'), join(root, 'built-in.yaml'));
    const own = readFileSync(join(root, 'built-in.yaml'), 'utf8')
      .replaceAll('proxy-iam-requires-tls', 'acme-tls')
      .replace('set: reachability', 'set: acme')
      .replace(/aliases:[\s\S]*$/, '');
    write(join(repository, 'policies/acme-tls/policy.yaml'), own);
    configure('policies: [policies]\nsets: [acme]\nrules: [{ policy: acme-tls, severity: low }]\n');
    const { report } = await judge([plan]);
    expect(report.findings.map(({ policy, severity }) => [policy, severity])).toEqual([['acme-tls', 'low']]);
  });

  test('of waivers waives', async () => {
    configure(
      'waivers:\n  - { policy: proxy-iam-requires-tls, address: "**", reason: So it is., expires: 2999-01-01, owner: me }\n',
    );
    const { report } = await judge([plan]);
    const finding = report.findings.find(({ policy }) => policy === 'proxy-iam-requires-tls');
    expect(finding?.waiver).toEqual({
      kind: 'configuration',
      reason: 'So it is.',
      expires: '2999-01-01',
      owner: 'me',
      origin: { file: 'rds-auth-policy.yaml', line: 2, column: 5 },
    });
    const without = await judge([plan, '--no-waivers']);
    expect(without.report.findings.map(({ waiver }) => waiver)).not.toContainEqual(expect.anything());
  });

  test.each([
    [['--workspace', 'prod'], {}, 'off', 0],
    [[], { TF_WORKSPACE: 'prod' }, 'off', 0],
    [['--workspace', 'test'], { TF_WORKSPACE: 'prod' }, 'high', 0],
    [[], {}, 'high', 1],
  ])('of a workspace, with %j and %j', async (argv, env, severity, warnings) => {
    configure('rules: [{ policy: B01, enforcement: off, select: { workspace: prod } }]\n');
    const { report } = await judge([plan, ...argv], env);
    expect(used({ report })).toBe(severity);
    expect(report.diagnostics.filter(({ code }) => code === 'configuration-undecided')).toHaveLength(warnings);
  });

  test('of a workspace, which terraform has selected beside the plan', async () => {
    cpSync(join(started, 'testdata/scenarios/mistake-tls-off/config'), dirname(plan), { recursive: true });
    write(join(dirname(plan), '.terraform/environment'), 'prod');
    configure('rules: [{ policy: B01, enforcement: off, select: { workspace: prod } }]\n');
    expect(used(await judge([plan]))).toBe('off');
  });

  test.each([
    ['engine: postgres', 'off'],
    ['engine: mysql', 'high'],
    ['address: "aws_db_proxy.*"', 'off'],
    ['module: module.x', 'high'],
  ])('of subjects with %s', async (select, severity) => {
    configure(`rules: [{ policy: B01, enforcement: off, select: { ${select} } }]\n`);
    expect(used(await judge([plan]))).toBe(severity);
  });
});
