import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { interpret, splitCommand } from './cli/invocation.ts';
import { commands, completionCommand } from './cli/options.ts';
import { readArguments } from './cli/read-arguments.ts';

// Every command line of README.md and of docs/ is run, by a shell, where a reader would run it. What cannot run here is
// listed with the reason, and what of it can be looked at is.

const read = (path: string): string => readFileSync(path, 'utf8');
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'ARCHITECTURE.md'].concat(
  readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.startsWith('adr/'))
    .map((name) => `docs/${name}`)
    .sort(),
);

type Script = { readonly page: string; readonly text: string };

const blocksOf = (page: string): readonly { readonly language: string; readonly text: string }[] =>
  [...read(page).matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));

const isShell = (language: string): boolean => ['sh', 'console', 'bash', 'shell'].includes(language);
const beginsHere = (text: string): boolean => /^rds-auth-policy /.test(text);
/** Words in capitals or angles stand for something, as do choices; a command alone is a name. */
const isTemplate = (text: string): boolean =>
  /^\S+ (?:check|matrix|graph|diff|explain|model|serve)$|[[\]…]|\S\|\S|<\w+>|\b(?:CONNECTION|PLAN|SUBJECT|DIR|TERM|ID|FILE|BEFORE|AFTER|FORMAT)\b/.test(
    text,
  );

/** Every text of a document, however deep. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** What build runners run: a text, or a list of lines. */
const scriptsOf = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const text = Array.isArray(inner) ? inner.join('\n') : inner;
    return ['run', 'bash', 'script'].includes(key) && typeof text === 'string' ? [text] : scriptsOf(inner);
  });
};

const scriptsInYaml = (text: string): readonly string[] => {
  const documents = parseAllDocuments(text).map((document) => document.toJS());
  const entries = documents.flatMap(textsIn).filter((line) => /^rds-auth-policy .*[./]/.test(line));
  const scripts = documents.flatMap(scriptsOf);
  return [...scripts, ...entries.filter((line) => !scripts.some((script) => script.includes(line)))];
};

const scriptsIn = (page: string): readonly string[] =>
  blocksOf(page).flatMap(({ language, text }) => {
    if (isShell(language)) return [text];
    if (language === 'yaml') return scriptsInYaml(text);
    if (language === 'groovy') return [...text.matchAll(/sh '([^']+)'/g)].map(([, line = '']) => line);
    // A line after a dollar is typed; what follows is printed.
    const typed = [...text.matchAll(/^\$ (.*)$/gm)].map(([, line = '']) => line);
    const lines = text.trim().split('\n');
    return typed.length > 0 || language !== '' || !lines.every(beginsHere) || lines.some(isTemplate) ? typed : [text];
  });

/** A command of Terraform that has nothing to work on is named, and not typed. */
const isName = (text: string): boolean => /^(?:terraform|tofu) [a-z -]+$/.test(text);

/** Command lines in the running text and in tables. */
const inlineIn = (page: string): readonly string[] =>
  [
    ...read(page)
      .replaceAll(/^ *```[\s\S]*?^ *```/gm, '')
      .matchAll(/`((?:rds-auth-policy|terraform|tofu|node|npm|npx|docker) [^`]+)`/g),
  ]
    .map(([, line = '']) => line.replaceAll('\\|', '|').replaceAll('\n', ' '))
    .filter((line) => !line.startsWith('rds-auth-policy/') && !isName(line));

const all: readonly Script[] = pages.flatMap((page) =>
  [...scriptsIn(page), ...inlineIn(page).filter((line) => !isTemplate(line))].map((text) => ({ page, text })),
);
const templates: readonly Script[] = pages.flatMap((page) =>
  inlineIn(page)
    .filter(isTemplate)
    .map((text) => ({ page, text })),
);

/** The one that reads its options itself. */
const serveCommand = 'serve';

/** What no test runs here, by what it begins with, and why. */
const notRun: readonly (readonly [start: string, because: string])[] = [
  ['npm ci ', 'it installs and builds this repository, which CI does before it runs this test'],
  ['npm install ', 'it asks a registry; src/api.e2e.test.ts and src/pipelines.e2e.test.ts install what is packed'],
  ['npm run ', 'it is a part of the gate, or makes files of this repository'],
  ['npm test', 'it is what runs this test'],
  ['npm publish', 'it publishes'],
  ['npm pack', 'src/api.e2e.test.ts and src/pipelines.e2e.test.ts pack'],
  ['node scripts/', 'it makes files of this repository'],
  ['body=', 'it asks a server; src/server/serve.e2e.test.ts runs it against its own'],
  ['docker ', 'it needs Docker and images; src/container.e2e.test.ts builds where there is any'],
  ['aws ', 'it asks AWS'],
  ['SCHEMA_PROVIDER_DIR=', 'it plans with Terraform and a provider that is built for it'],
];
const reasonFor = (text: string): string | undefined => notRun.find(([start]) => text.startsWith(start))?.[1];

/** Where the answer is another than 0, which is as it should be of what the example holds. */
const otherCodes: Readonly<Record<string, number>> = {
  // The plan of README.md has a mistake planted in it.
  'rds-auth-policy examples/orders/plan.json': 1,
  // Nobody has declared its users.
  'rds-auth-policy plan.json --set reachability,organization --skip path-forbidden,path-required': 1,
};

/** Takes what the pages say, and nothing else. */
const terraform = `#!/bin/sh
out=
for word in "$@"; do
  case "$word" in
    init | plan | show | tfplan | *.tfplan | *.plan | -json | -input=false) ;;
    -out=*) out="\${word#-out=}" ;;
    *) echo "terraform: $word?" >&2 && exit 1 ;;
  esac
done
case "$1 $out" in
  "plan "?*) cp "$FIXTURES/plan.tfplan" "$out" ;;
  "show ") cat "$FIXTURES/plan.json" ;;
  "init ") ;;
  *) echo "terraform: $*?" >&2 && exit 1 ;;
esac
`;

const tools = {
  terraform,
  tofu: terraform,
  dot: '#!/bin/sh\ncat\n',
};

let home = '';
let fixtures = '';
const run = (text: string, cwd: string) => {
  const { PATH = '' } = process.env;
  const env = {
    PATH: `${home}/bin:${resolve('node_modules/.cache/rego')}:${PATH}`,
    HOME: home,
    FIXTURES: fixtures,
    GITHUB_STEP_SUMMARY: join(cwd, 'summary.md'),
    SHOWFILE: join(cwd, 'plan.json'),
  };
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', text], { cwd, env, encoding: 'utf8' });
};

beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'rds-auth-docs-')));
  mkdirSync(join(home, 'bin'));
  symlinkSync(resolve('bin/rds-auth-policy.js'), join(home, 'bin/rds-auth-policy'));
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(join(home, 'bin', name), script);
    chmodSync(join(home, 'bin', name), 0o755);
  }
  fixtures = join(home, 'fixtures');
  const example = 'examples/orders-fixed';
  const put = (from: string, ...to: readonly string[]): void => {
    for (const path of to) cpSync(from, join(fixtures, path), { recursive: true });
  };
  mkdirSync(join(fixtures, '.git'), { recursive: true });
  const plans = ['plan.json', 'main.plan.json', 'branch.plan.json', 'orders.plan.json', 'before.json', 'after.json'];
  put(`${example}/plan.json`, ...plans, 'before.state.json', 'after.state.json', 'spacelift.plan');
  put(`${example}/main.tf`, 'main.tf', 'infra/prod/main.tf', 'infra/test/main.tf', '.runner/main.tf');
  put('testdata/scenarios/row-no-proxy-rds-iam-off/plan.json', 'billing.plan.json');
  put('testdata/context/platform/state.json', 'network.state.json', 'secrets/a.state.json');
  put('testdata/saved-plans/plan.tfplan', 'plan.tfplan', 'tfplan');
  put('examples/orders', 'examples/orders');
  put('docs/rego', 'policy');
  for (const file of ['infra/prod/prod.tfvars', 'prod.tfvars']) writeFileSync(join(fixtures, file), '');
  for (const name of ['server', 'rules', 'acme']) writeFileSync(join(fixtures, `${name}.yaml`), '{}\n');
  expect(run('rds-auth-policy policies new proxy-tls --policies policies/own', fixtures).status).toBe(0);
  // A policy as it is first made says that nothing is right: it has to be made one of somebody's own.
  const policy = join(fixtures, 'policies/own/proxy-tls/policy.yaml');
  writeFileSync(policy, read(policy).replace(/^enforcement: .*$/m, 'enforcement: advisory'));
  const pack =
    'mkdir package && cp -r policies package/ && echo \'{"name":"acme-policies","version":"1.2.3"}\' > package/package.json';
  expect(run(`${pack} && tar czf acme-policies-1.2.3.tgz package && rm -r package`, fixtures).status).toBe(0);
  writeFileSync(join(fixtures, 'baseline.json'), '');
  expect(
    run('rm baseline.json && rds-auth-policy plan.json -q --write-baseline rds-auth-baseline.json', fixtures).status,
  ).toBe(0);
});
afterAll(() => rmSync(home, { recursive: true }));

/** What conftest denies of the plan is what the rule of the example is for. */
const denied = /^(conftest .*)$/gm;

/** A server is told to end once it listens. Its port and its state are those of this test. */
const served = [
  'coproc SERVER { exec rds-auth-policy serve --port 0 $1; }',
  'told=$SERVER_PID',
  'grep -m1 \'"listening"\' <&"${SERVER[0]}"',
  'kill "$told"',
  'wait "$told"',
].join('\n');

const servedFor = (text: string, cwd: string): string =>
  `${/^rds-auth-policy serve /m.test(text) ? `export RDS_AUTH_POLICY_HMAC_KEY=${'0'.repeat(64)}\n` : ''}${text}`
    .replaceAll(/^rds-auth-policy serve (?!--help)(.*)$/gm, (_, rest: string) => served.replace('$1', () => rest))
    .replaceAll('/var/lib/rds-auth-policy', join(cwd, 'state'));

/** Ids of the example stand for those of the reader, and a file of this test for one of a server. */
const withOwnNames = (text: string, cwd: string): string => {
  const { stdout } = run('rds-auth-policy plan.json --format json', cwd);
  const [connection] = JSON.parse(stdout).connections;
  return text
    .replaceAll(denied, '$1 || test $? -eq 1')
    .replaceAll(/\bexplain [0-9a-f]{4}(?= )/g, `explain ${connection.id}`)
    .replaceAll('$(Build.SourcesDirectory)', cwd)
    .replaceAll(/\/etc(?:\/atlantis)?\/rds-auth-policy\.yaml/g, join(fixtures, 'server.yaml'));
};

const needs = (text: string): string | undefined =>
  ['conftest', 'opa'].find(
    (tool) => new RegExp(`^${tool} `, 'm').test(text) && !existsSync(`node_modules/.cache/rego/${tool}`),
  );

describe.each(all.filter(({ text }) => reasonFor(text) === undefined))('$page', ({ text }) => {
  (needs(text) === undefined ? test : test.skip)(`runs: ${text.trim()}`, () => {
    const cwd = mkdtempSync(join(home, 'run-'));
    cpSync(fixtures, cwd, { recursive: true });
    // What begins with the program of this repository is typed in it.
    const where = text.startsWith('node bin/') ? resolve('.') : cwd;
    const { status, stdout, stderr } = run(servedFor(withOwnNames(text, cwd), cwd), where);
    const expected = otherCodes[text.trim()] ?? 0;
    expect([status, status === expected ? '' : stdout + stderr]).toEqual([expected, '']);
  });
});

describe('what is not run', () => {
  const kept = all.filter(({ text }) => reasonFor(text) !== undefined);
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts);

  test('is all that the list is for', () => {
    const used = notRun.filter(([start]) => kept.some(({ text }) => text.startsWith(start)));
    expect(used).toEqual(notRun);
  });

  test.each(kept)('$page names what there is: $text', async ({ text }) => {
    for (const [, script = ''] of text.matchAll(/\bnpm run ([\w-]+)/g)) expect(scripts).toContain(script);
    for (const [, file = ''] of text.matchAll(/\b(?:node|--file) ([\w./-]+)/g)) expect(existsSync(file)).toBe(true);
    for (const [, file = '', options = ''] of text.matchAll(/\bnode (scripts\/[\w.-]+)(.*)$/gm))
      for (const [option] of options.matchAll(/--[\w-]+/g)) expect(read(file)).toContain(option.slice(2));
    for (const [, words = ''] of text.matchAll(/rds-auth-policy(?:\.js|:[\d.]+) (?!\.)(\S.*)$/gm))
      expect(await readArguments(words.split(' '), 80)).toMatchObject({ kind: 'run' });
  });
});

describe('what stands for command lines', () => {
  test.each(templates)('$page has a command and options that there are: $text', ({ text }) => {
    const line = text.replace(/^node bin\/rds-auth-policy\.js /, 'rds-auth-policy ');
    if (!line.startsWith('rds-auth-policy ')) return expect(line).toMatch(/^(?:terraform show -json) FILE$/);
    const [, ...words] = line.replaceAll(/[[\]…]/g, '').split(/\s+/);
    const options = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')[0] ?? '');
    const first = words[0] ?? '';
    if (first === serveCommand) return expect(words).toEqual([serveCommand]);
    const [command] = splitCommand(words);
    if (/^[a-z]+$/.test(first) && first !== 'check') expect([completionCommand, command]).toContain(first);
    const values = Object.fromEntries(options.map((name) => [name, undefined]));
    expect(interpret(command, ['x', 'y'].slice(0, command === 'diff' ? 2 : 1), values)).toMatchObject({ kind: 'run' });
    for (const option of options)
      expect(read('src/cli/options.ts')).toMatch(new RegExp(`^ {2}'?${option}'?: \\{`, 'm'));
  });

  test('docs/cli.md begins with every command', () => {
    const [synopsis] = blocksOf('docs/cli.md');
    const named = [...(synopsis?.text ?? '').matchAll(/^rds-auth-policy \[?(\w+)/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual([...Object.keys(commands), serveCommand, completionCommand].sort());
  });
});

test('there is something to run on every page that is for pipelines, and no other language for shells', () => {
  const scripts = ['docs/github-actions.md', 'docs/gitlab.md', 'docs/azure-devops.md', 'docs/reading-plans.md'];
  for (const page of [
    'README.md',
    'docs/cli.md',
    'docs/reports.md',
    'docs/pipelines.md',
    'docs/waivers.md',
    ...scripts,
  ])
    expect(all.filter((script) => script.page === page).length).toBeGreaterThan(0);
  expect(all.length).toBeGreaterThan(50);
});
