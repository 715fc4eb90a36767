/**
 * `npm run bench`: how long the CLI takes, next to bare Node and to a Node process that does nothing but read and parse
 * the same file, in the same interleaved runs. Plans are made for it and removed. It needs `npm run build`, no network.
 *
 *   --only small|medium|large|double|hcl|modules|serve   one part; double is 500 and then 1,000 databases with all that is
 *                               theirs, hcl is the parser of configuration, in process, modules the import of the
 *                               constructs, serve 200 run tasks with plans of 1 MB, and a SIGKILL in the middle
 *   --runs N                    runs of the small plan (15); larger ones get fewer
 *   --share PERCENT             resources of the second large plans that the checker reads (5)
 *   --profile                   a CPU profile of one check instead, of the size that --only names (small)
 *   --strict                    exit 1 if a target is missed
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { makeConfiguration, makeFile } from './bench/make-configuration.mjs';
import { memoryOf, printedBy, spreadOf, timeOf, tryOut } from './bench/measure.mjs';
import { measureServer } from './bench/serve.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = join(root, 'bin/rds-auth-policy.js');
const built = join(root, 'dist/cli/main.cjs');
const sizes = ['small', 'medium', 'large', 'double', 'hcl', 'modules', 'serve'];

/** Of ten resources: a database, its proxy, secret, role and policies, and a user. */
const smallScenario = join(root, 'testdata/scenarios/iam-user-mysql-local/plan.json');

const limits = {
  small: 2.0,
  medium: 1.5,
  large: 1.5,
  memory: 1.3,
  double: 2.2,
  hcl: 40,
  hclDouble: 2.2,
  modules: 1.3,
  serve: 1000,
  serveMemory: 250,
};

// What is measured: programs of Node, each with the exit codes by which it has done its work.

const parseFile = "JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'))";
const bare = { name: 'node -e 0', args: ['-e', '0'] };
const version = { name: '--version', args: [entry, '--version'] };
const parse = ({ name, file }) => ({ name: `parse, ${name}`, args: ['-e', parseFile, file] });
const check = ({ name, file }) => ({ name: `check, ${name}`, args: [entry, 'check', file], statuses: [0, 1] });

const megabytes = (bytes) => (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 0);

/** The plans of a size, written to `directory`. */
function makePlans(size, directory, share) {
  if (size === 'hcl' || size === 'modules') return [];
  if (size === 'serve') {
    const plan = { file: join(directory, 'task.json'), share: 0.02, stacks: 1 };
    return [{ ...plan, ...makePlan(plan, 220), name: 'plan of a run task' }];
  }
  if (size === 'small') {
    const file = join(directory, 'small.json');
    copyFileSync(smallScenario, file);
    return [{ name: 'small plan', file, resources: 10, read: 10, bytes: statSync(file).size }];
  }
  if (size === 'double') return [500, 1000].map((count) => makeStacks(directory, count));
  const [resources, stacks] = size === 'medium' ? [1000, 2] : [20_000, 20];
  return [
    { file: join(directory, `${size}.json`), share: 0.02, stacks: 1 },
    { file: join(directory, `${size}-share.json`), share, stacks },
  ].map((plan) => {
    const made = makePlan(plan, resources);
    return { ...plan, ...made, name: `${resources / 1000},000 with ${made.read} read` };
  });
}

/** Nothing but databases, each with its proxy, secret, roles, grants and security groups. */
function makeStacks(directory, stacks) {
  const file = join(directory, `${stacks}-stacks.json`);
  return { file, ...makePlan({ file, share: 1, stacks }, 0), name: `${stacks} databases with all that is theirs` };
}

/** A plan of nothing: to check it loads everything and judges nothing. */
function makeEmptyPlan(directory) {
  const file = join(directory, 'empty.json');
  const { format_version, terraform_version } = JSON.parse(readFileSync(smallScenario, 'utf8'));
  const sections = { planned_values: { root_module: {} }, resource_changes: [], configuration: { root_module: {} } };
  writeFileSync(file, JSON.stringify({ format_version, terraform_version, ...sections }));
  return { name: 'empty plan', file };
}

function makePlan({ file, share, stacks }, resources) {
  const script = fileURLToPath(new URL('./bench/make-plan.mjs', import.meta.url));
  const args = [script, file, resources, share, stacks].map(String);
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

const milliseconds = (spread) => `${spread.median.toFixed(spread.median < 1000 ? 1 : 0)} ms`;
const range = ({ low, high }) => `${low.toFixed(0)} to ${high.toFixed(0)}`;
const multiple = (value, base) => `${(value / base).toFixed(2)} ×`;

function printTable(title, header, rows) {
  const table = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const line = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('   ');
  console.log(`\n${title}`);
  for (const row of table) console.log(`  ${line(row)}`.trimEnd());
}

/** Throws where a program does not do its work: a time of it would say nothing. */
function time(title, programs, runs, base) {
  for (const program of programs) {
    const outcome = tryOut(program);
    if (!outcome.ok) throw new Error(`${program.name}: ${outcome.reason}`);
  }
  const measured = timeOf(programs, runs);
  const rows = [...measured].map(([name, spread]) => [
    name,
    milliseconds(spread),
    range(spread),
    ...base.map((program) => multiple(spread.median, measured.get(program.name).median)),
  ]);
  const header = [`${runs} runs`, 'median', 'half of them', ...base.map(({ name }) => `to ${name}`)];
  printTable(title, header, rows);
  return measured;
}

const mediansOf = (measured) => (program) => measured.get(program.name).median;

/**
 * A target is judged by the medians. What the single rounds say shows how far that can be trusted: the quotient of two
 * small differences is anything on a busy machine.
 */
function target(name, measured, formula, limit, unit) {
  const value = formula(mediansOf(measured));
  const [{ samples }] = measured.values();
  const rounds = spreadOf(samples.map((_, i) => formula((program) => measured.get(program.name).samples[i])));
  return { name, value, limit, unit, rounds, met: value <= limit, noisy: rounds.low <= limit && limit < rounds.high };
}

function benchSmall([plan], runs, directory) {
  const [whole, start] = [check(plan), check(makeEmptyPlan(directory))];
  const measured = time('small plan', [bare, version, start, parse(plan), whole], runs, [bare]);
  const median = mediansOf(measured);
  const parts = [
    ['bare Node', median(bare)],
    ['shim and command line (--version)', median(version) - median(bare)],
    ['loading the checker (empty plan)', median(start) - median(version)],
    ['judging and reporting', median(whole) - median(start)],
  ];
  printTable(
    'small plan, part by part',
    ['', 'ms', 'of the whole'],
    parts.map(([name, ms]) => [name, ms.toFixed(1), `${((100 * ms) / median(whole)).toFixed(0)} %`]),
  );
  return [target('small plan, time', measured, (of) => of(whole) / of(bare), limits.small, '× bare Node')];
}

function benchMedium(plans, runs, directory) {
  const [smallPlan] = makePlans('small', directory);
  const small = check(smallPlan);
  const programs = [bare, small, ...plans.flatMap((plan) => [parse(plan), check(plan)])];
  const measured = time('1,000 resources', programs, runs, [bare]);
  return plans.map((plan) => {
    const [own, whole] = [parse(plan), check(plan)];
    const over = (of) => (of(whole) - of(small)) / (of(own) - of(bare));
    return target(`${plan.name}, time over small`, measured, over, limits.medium, '× (parse − bare Node)');
  });
}

function benchLarge(plans, runs, directory) {
  const memoryRuns = Math.min(runs, 3);
  return plans.flatMap((plan) => {
    const [own, whole] = [parse(plan), check(plan)];
    const quotient = (of) => of(whole) / of(own);
    const times = time(plan.name, [own, whole], runs, [own]);
    const peaks = memoryOf([own, whole], memoryRuns, directory);
    const rows = [...peaks].map(([name, peak]) => [
      name,
      `${peak.median.toFixed(0)} MB`,
      range(peak),
      multiple(peak.median, peaks.get(own.name).median),
    ]);
    printTable(`${plan.name}, peak memory`, [`${memoryRuns} runs`, 'median', 'half of them', `to ${own.name}`], rows);
    return [
      target(`${plan.name}, time`, times, quotient, limits.large, '× read and parse'),
      target(`${plan.name}, peak memory`, peaks, quotient, limits.memory, '× read and parse'),
    ];
  });
}

/** Cost is linear: twice the databases, proxies, users and grants take twice the time, start-up left out. */
function benchDouble([half, whole], runs, directory) {
  const start = check(makeEmptyPlan(directory));
  const measured = time('twice as much', [start, check(half), check(whole)], runs, [start]);
  const growth = (of) => (of(check(whole)) - of(start)) / (of(check(half)) - of(start));
  return [target('1,000 over 500 databases, time', measured, growth, limits.double, '× the time above start')];
}

/** The parser as the CLI carries it: bundled and made small. */
async function bundleParser(directory) {
  const outfile = join(directory, 'parse.mjs');
  const options = {
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  };
  await build({ ...options, entryPoints: [join(root, 'src/terraform/hcl/parse/parse.ts')], outfile });
  return outfile;
}

/** Configuration like it in JSON, with as many bytes: as much of it as goes in, and blanks for the rest. */
async function toJsonOfSize(bytes, makeText, indent) {
  const { default: library } = await import('hcl2-parser');
  const inJson = (count) => JSON.stringify(library.parseToObject(makeText(count))[0], null, indent);
  let lines = 1000;
  while (inJson(lines + 200).length <= bytes) lines += 200;
  return inJson(lines).padEnd(bytes);
}

async function makeConfigurations(directory) {
  const text = makeConfiguration(10_000);
  const [native, json, dense] = ['main.tf', 'indented.json', 'dense.json'].map((name) => join(directory, name));
  writeFileSync(native, text);
  writeFileSync(json, await toJsonOfSize(text.length, makeConfiguration, 2));
  writeFileSync(dense, await toJsonOfSize(text.length, makeConfiguration));
  const files = Array.from({ length: 1000 }, (_, n) => join(directory, `stack-${n}.tf`));
  for (const [n, file] of files.entries()) writeFileSync(file, makeFile(n));
  console.log(`\nmade: ${text.split('\n').length} lines of HCL, ${megabytes(text.length)} MB, and 1,000 files`);
  return { native, json, dense, files };
}

/**
 * How long the first parse takes in a process that has parsed nothing. The start of the process is left out: what loads
 * the parser is in the other parts. The target is held against JSON as programs write it, `terraform show -json` too.
 * Indented, the same bytes have half as much in them, and JSON.parse is through them sooner: that is printed beside it.
 */
async function benchHcl(_, runs, directory) {
  const module = await bundleParser(directory);
  const { native, json, dense, files } = await makeConfigurations(directory);
  const probe = fileURLToPath(new URL('./bench/first-parse.mjs', import.meta.url));
  const program = (name, parser, ...paths) => ({ name, args: [probe, parser, module, ...paths] });
  const base = program('JSON.parse, same bytes', 'json', dense);
  const indentedBase = program('JSON.parse, same bytes, indented', 'json', json);
  const whole = program('10,000 lines', 'ours', native);
  const half = program('500 files', 'ours', ...files.slice(0, 500));
  const all = program('1,000 files', 'ours', ...files);
  const others = [
    program('hcl2-parser, 10,000 lines', 'hcl2-parser', native),
    program('hcl2-parser, 500 files', 'hcl2-parser', ...files.slice(0, 500)),
  ];
  const measured = printedBy([base, indentedBase, whole, half, all], runs);
  const beside = printedBy(others, Math.max(1, Math.round(runs / 5)));
  const rows = [...measured, ...beside].map(([name, spread]) => [
    name,
    milliseconds(spread),
    range(spread),
    multiple(spread.median, measured.get(base.name).median),
  ]);
  printTable('configuration, in process', [`${runs} runs`, 'median', 'half of them', `to ${base.name}`], rows);
  return [
    target('10,000 lines of HCL, first parse', measured, (of) => of(whole) / of(base), limits.hcl, '× JSON.parse'),
    target('1,000 over 500 files of HCL', measured, (of) => of(all) / of(half), limits.hclDouble, '× the time of 500'),
  ];
}

/** What `framework.ts` of the constructs imports, for a framework, by the paths of the files. */
function bindingsFor(framework) {
  const text = readFileSync(join(root, 'modules/src/framework.ts'), 'utf8');
  const { resolve } = createRequire(join(root, 'modules/package.json'));
  return [...text.matchAll(/^export \{[^}]*\} from '([^']+)'/gm)].map(([, name]) =>
    resolve(name.replace(/^@?cdktf/, (found) => found.replace('cdktf', framework))),
  );
}

/** Importing the constructs, next to importing the framework and the same bindings without them. */
function benchModules(_, runs) {
  return ['cdktf', 'cdktn'].map((framework) => {
    const load = (paths) => ['-e', paths.map((path) => `require(${JSON.stringify(path)})`).join(';')];
    const base = { name: `${framework} and bindings`, args: load(bindingsFor(framework)) };
    const whole = { name: `rds-auth-policy/${framework}`, args: load([join(root, 'dist', framework, 'index.js')]) };
    const measured = time(`import of the constructs, ${framework}`, [bare, base, whole], runs, [bare, base]);
    const over = (of) => (of(whole) - of(bare)) / (of(base) - of(bare));
    return target(whole.name, measured, over, limits.modules, `× ${base.name}`);
  });
}

const runTasks = 200;

/** One run, whatever was asked for: it takes a minute. */
async function benchServe([{ file }], _, directory) {
  const { posted, whole, median, p99, peak, once } = await measureServer(directory, readFileSync(file), runTasks);
  printTable(
    `${runTasks} run tasks, and a SIGKILL in the middle`,
    ['', ''],
    [
      ['all taken on', `${posted.toFixed(0)} ms`],
      ['acknowledgement, median', `${median.toFixed(0)} ms`],
      ['acknowledgement, p99', `${p99.toFixed(0)} ms`],
      ['peak memory of the server', `${peak.toFixed(0)} MB`],
      ['all judged', `${(whole / 1000).toFixed(1)} s`],
      ['with exactly one result', `${once} of ${runTasks}`],
    ],
  );
  const single = (name, value, limit, unit) => {
    const rounds = { low: value, high: value };
    return { name, value, limit, unit, rounds, met: value <= limit, noisy: false };
  };
  return [
    single('acknowledgement, p99', p99, limits.serve, 'ms'),
    single('peak memory of the server', peak, limits.serveMemory, 'MB'),
    single('tasks without exactly one result', runTasks - once, 0, 'tasks'),
  ];
}

const benches = {
  small: { run: benchSmall, share: 1 },
  medium: { run: benchMedium, share: 0.8 },
  large: { run: benchLarge, share: 0.45 },
  double: { run: benchDouble, share: 0.35 },
  hcl: { run: benchHcl, share: 1 },
  modules: { run: benchModules, share: 1 },
  serve: { run: benchServe, share: 1 },
};

async function bench(wanted, directory, { runs, share }) {
  const targets = [];
  for (const size of wanted) {
    const plans = makePlans(size, directory, share);
    for (const { name, resources, bytes } of plans) {
      console.log(`\nmade: ${name}, ${resources} resources, ${megabytes(bytes)} MB`);
    }
    const found = await benches[size].run(plans, Math.max(1, Math.round(runs * benches[size].share)), directory);
    for (const { file } of plans) rmSync(file);
    targets.push(...found);
  }
  printTable(
    'targets',
    ['', 'measured', 'half of the rounds', 'target', '', ''],
    targets.map(({ name, value, limit, unit, rounds, met, noisy }) => [
      name,
      value.toFixed(2),
      `${rounds.low.toFixed(2)} to ${rounds.high.toFixed(2)}`,
      `≤ ${limit.toFixed(1)} ${unit}`,
      met ? 'pass' : 'MISS',
      noisy ? 'within the noise' : '',
    ]),
  );
  return targets.every(({ met }) => met);
}

function warnIfBusy() {
  const [load] = loadavg();
  if (load <= availableParallelism()) return;
  console.log(`\nThe machine is busy (load ${load.toFixed(1)}): trust no figure, measure again when it is not.`);
}

function profile(size, directory, share) {
  const plans = makePlans(size, directory, share);
  const { args, name } = check(plans.at(-1));
  const folder = mkdtempSync(join(tmpdir(), 'rds-auth-policy-profile-'));
  const interval = size === 'small' ? '100' : '1000';
  const outcome = tryOut({
    args: ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${interval}`, ...args],
    statuses: [0, 1],
  });
  if (!outcome.ok) throw new Error(`${name}: ${outcome.reason}`);
  const [file] = readdirSync(folder);
  console.log(`CPU profile of ${name}, for the developer tools of a browser: ${join(folder, file)}`);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      runs: { type: 'string', default: '15' },
      share: { type: 'string', default: '5' },
      profile: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
    },
  });
  const [runs, share] = [Number(values.runs), Number(values.share) / 100];
  if (values.only !== undefined && !sizes.includes(values.only))
    throw new Error(`--only is one of ${sizes.join(', ')}`);
  if (!(Number.isInteger(runs) && runs > 0)) throw new Error('--runs is a number from 1');
  // Beyond that, the services that have the roles and rules bring more than 20,000 resources with them.
  if (!(share >= 0 && share <= 0.35)) throw new Error('--share is a number from 0 to 35');
  return { ...values, runs, share };
}

/** Whether every target was met. */
async function main() {
  const options = readOptions();
  if (options.only !== 'hcl' && !existsSync(built)) throw new Error('dist/cli is not there: run npm run build');
  const directory = mkdtempSync(join(tmpdir(), 'rds-auth-policy-bench-'));
  process.once('SIGINT', () => process.exit(130));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  if (options.profile) {
    profile(options.only ?? 'small', directory, options.share);
    return true;
  }
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} processors`);
  warnIfBusy();
  const met = await bench(options.only === undefined ? sizes : [options.only], directory, options);
  warnIfBusy();
  return met;
}

let allMet = false;
try {
  allMet = await main();
} catch (error) {
  console.error(`bench: ${error.message}`);
}
if (!allMet && process.argv.includes('--strict')) process.exitCode = 1;
