#!/usr/bin/env node
// Remakes the plan JSON of policies/*/*/cases, testdata/{lifecycle,principals} and examples from the main.tf beside it.
//
//   node scripts/plans.mjs [--only GLOB] [--check] [--jobs N]
//
// --only keeps the folders whose path in the repository matches GLOB (`*` within a name, `**` across folders).
// --check writes nothing, and exits 1 where a committed file differs in more than `timestamp` and made-up ids.
//
// The plans are Terraform's own; a schema provider, whose checkout SCHEMA_PROVIDER_DIR names, stands in for AWS.
// A folder says by its files how its plan is made:
//
//   plan-kind           one line, absent for `create`: a kind, then further arguments of `terraform plan`
//     create            nothing exists yet
//     noop              main.tf is applied, then planned again
//     update            main.tf is applied, then planned with change_override.tf
//     destroy           main.tf is applied, then planned with -destroy
//     refresh-only      main.tf is applied, then planned with -refresh-only
//     lifecycle ARGS    {create,noop,update,destroy}-plan.json, state.json, and replace-plan.json with ARGS
//   before*/            configurations that are applied first, in order of their names: main.tf is planned on top of
//                       what they leave. One whose name ends in `-fails` must fail while it is applied
//
// Where terraform, go or the provider is missing it says so and exits 0: the plans are committed.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs, promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const homes = ['policies', 'testdata/lifecycle', 'testdata/principals', 'examples'];
const kinds = ['create', 'noop', 'update', 'destroy', 'refresh-only', 'lifecycle'];

/** A glob over paths with `/`: `*` stays within a name, `**` does not. */
function globToRegExp(glob) {
  const source = glob.replace(/\*\*\/?|\*|[.+?^${}()|[\]\\]/g, (part) => {
    if (part === '*') return '[^/]*';
    return part.startsWith('*') ? '.*' : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}

/** Folders with a main.tf to plan; modules and `before` configurations belong to the folder above them. */
async function findFolders(folder) {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.name === 'main.tf')) return [folder];
  const below = entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  return (await Promise.all(below.map(findFolders))).flat().sort();
}

async function findVersion(command, flag) {
  try {
    return (await run(command, [flag])).stdout.split('\n')[0];
  } catch {
    return null;
  }
}

/** The reason why no plan can be made here, or null. */
async function findObstacle(provider) {
  if (!existsSync(join(provider, 'go.mod'))) return `no schema provider at ${provider} (set SCHEMA_PROVIDER_DIR)`;
  if ((await findVersion('go', 'version')) === null) return 'go is not installed';
  if ((await findVersion(process.env.TERRAFORM ?? 'terraform', '-version')) === null)
    return 'terraform is not installed';
  return null;
}

/** One temporary copy of a configuration, with Terraform at hand. */
class Workspace {
  constructor(folder, directory, provider, binary) {
    this.folder = folder;
    this.directory = directory;
    this.provider = provider;
    this.binary = binary;
    this.work = join(directory, 'work');
    this.mirror = join(directory, 'mirror');
  }

  async terraform(...args) {
    const dirs = await readFile(join(this.mirror, 'dirs'), 'utf8');
    const env = {
      ...process.env,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: 'us-east-1',
      CHECKPOINT_DISABLE: '1',
      TF_CLI_CONFIG_FILE: join(this.mirror, 'cli.tfrc'),
      TF_IN_AUTOMATION: '1',
      TF_REPLAY_CONFIG_DIRS: dirs,
      TF_REPLAY_SCHEMA_DIR: join(this.provider, 'schemas'),
    };
    const command = process.env.TERRAFORM ?? 'terraform';
    return (await run(command, args, { cwd: this.work, env, maxBuffer: 1 << 28 })).stdout;
  }

  /** Makes a configuration the current one; what was applied stays. */
  async load(configuration) {
    if (existsSync(this.work)) {
      for (const name of await readdir(this.work)) {
        if (name.endsWith('.tf') || name === 'modules') await rm(join(this.work, name), { recursive: true });
      }
    }
    const filter = (path) => {
      const name = relative(configuration, path).split(sep)[0];
      return name === '' || name === 'modules' || (name.endsWith('.tf') && name !== 'change_override.tf');
    };
    await cp(configuration, this.work, { recursive: true, filter });
    await run(this.binary, ['prepare', this.work, join(this.directory, 'none'), this.mirror]);
    await this.terraform('init', '-input=false', '-no-color');
  }

  async plan(...args) {
    await this.terraform('plan', '-input=false', '-no-color', `-out=${join(this.directory, 'plan')}`, ...args);
    return this.terraform('show', '-json', join(this.directory, 'plan'));
  }

  async apply() {
    await this.terraform('apply', '-auto-approve', '-input=false', '-no-color');
  }

  async applyPredecessors(names) {
    for (const name of names) {
      await this.load(join(this.folder, name));
      const outcome = await this.apply().then(
        () => 'applied',
        (error) => error,
      );
      const expected = name.endsWith('-fails') ? outcome !== 'applied' : outcome === 'applied';
      if (!expected) throw outcome === 'applied' ? new Error(`${name} was applied and should have failed`) : outcome;
    }
  }

  async override() {
    await cp(join(this.folder, 'change_override.tf'), join(this.work, 'change_override.tf'));
  }

  /** File name → text, for a folder of the kind `lifecycle`. */
  async makeLifecycle(args) {
    const files = { 'create-plan.json': await this.plan() };
    await this.apply();
    files['state.json'] = await this.terraform('show', '-json', 'terraform.tfstate');
    files['noop-plan.json'] = await this.plan();
    files['replace-plan.json'] = await this.plan(...args);
    files['destroy-plan.json'] = await this.plan('-destroy');
    await this.override();
    files['update-plan.json'] = await this.plan();
    return files;
  }

  async makePlan(kind, args, predecessors) {
    await this.applyPredecessors(predecessors);
    await this.load(this.folder);
    if (kind === 'lifecycle') return this.makeLifecycle(args);
    if (kind !== 'create' && predecessors.length === 0) await this.apply();
    if (kind === 'update' && predecessors.length === 0) await this.override();
    const mode = kind === 'destroy' || kind === 'refresh-only' ? [`-${kind}`] : [];
    return { 'plan.json': await this.plan(...mode, ...args) };
  }
}

async function makeFiles(folder, provider, binary) {
  const directory = await mkdtemp(join(tmpdir(), 'plans-'));
  try {
    const kindFile = join(folder, 'plan-kind');
    const [kind, ...args] = existsSync(kindFile) ? (await readFile(kindFile, 'utf8')).trim().split(/\s+/) : ['create'];
    if (!kinds.includes(kind)) throw new Error(`plan-kind: "${kind}" is none of ${kinds.join(', ')}`);
    const predecessors = (await readdir(folder)).filter((name) => name.startsWith('before')).sort();
    const files = await new Workspace(folder, directory, provider, binary).makePlan(kind, args, predecessors);
    const paths = [directory, root, provider, homedir()].filter((path) => path.length > 1);
    for (const [name, text] of Object.entries(files)) {
      const found = paths.find((path) => text.includes(`${path}/`) || text.includes(`${path}"`));
      if (found !== undefined) throw new Error(`${name} holds a path of this machine: ${found}`);
    }
    return files;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What the provider or Terraform makes up when it applies: replaced by what kind of thing it is. */
const madeUp = [
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>'],
  [/[0-9a-f]{12,}/g, '<hex>'],
  [/\b(AROA|AIDA|AGPA|ANPA|Z)?[A-Z2-7]{13,}\b/g, '<upper>'],
  [/(:secret:[\w/!+=.@<>-]*)-[A-Za-z0-9]{6}(?![A-Za-z0-9])/g, '$1-<suffix>'],
  [/(arn:aws[\w-]*:[\w-]+:[^:]*:[^:]*:[\w-]+[:/])[a-z0-9]{10,12}$/, '$1<id>'],
  [/([.-])[a-z0-9]{12}(\.[a-z0-9-]+\.[a-z0-9]+\.amazonaws\.com)/g, '$1<host>$2'],
  [/^[a-z0-9]{16,20}$/, '<id>'],
  [/^\d{6,10}$/, '<hash>'],
];

/** Equal for two plans that differ only in what is made up; sets come in any order then. */
function canonicalize(value, key = '') {
  if (typeof value === 'string') {
    if (key === 'timestamp' || key === 'deposed' || key === 'deposed_key') return '';
    return madeUp.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), value);
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => canonicalize(item));
    return items.map((item) => JSON.stringify(item)).sort();
  }
  const entries = Object.entries(value).map(([name, item]) => [name, canonicalize(item, name)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function isUnchanged(path, text) {
  if (!existsSync(path)) return false;
  const [old, made] = [JSON.parse(await readFile(path, 'utf8')), JSON.parse(text)];
  return isDeepStrictEqual(canonicalize(old), canonicalize(made));
}

/** Remakes one folder; returns the lines to print. A file that says the same stays as it is. */
async function remake(folder, provider, binary, checkOnly) {
  const lines = [];
  for (const [name, text] of Object.entries(await makeFiles(folder, provider, binary))) {
    const path = join(folder, name);
    if (await isUnchanged(path, text)) continue;
    if (!checkOnly) await writeFile(path, text.endsWith('\n') ? text : `${text}\n`);
    lines.push(`${checkOnly ? 'differs' : 'written'}: ${relative(root, path)}`);
  }
  return lines;
}

async function inParallel(items, jobs, work) {
  const queue = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '**' },
      check: { type: 'boolean', default: false },
      jobs: { type: 'string', default: '2' },
    },
  });
  const provider = resolve(process.env.SCHEMA_PROVIDER_DIR ?? 'schema-provider');
  const obstacle = await findObstacle(provider);
  if (obstacle !== null) {
    console.log(`skipped: ${obstacle}`);
    return;
  }
  const all = (await Promise.all(homes.map((home) => findFolders(join(root, home))))).flat();
  const wanted = globToRegExp(values.only);
  const folders = all.filter((folder) => wanted.test(relative(root, folder).split(sep).join('/')));
  if (folders.length === 0) {
    console.error(`no folder with a main.tf matches ${values.only}`);
    process.exitCode = 1;
    return;
  }

  const build = await mkdtemp(join(tmpdir(), 'schema-provider-'));
  try {
    const binary = join(build, 'terraform-provider-replay');
    await run('go', ['build', '-o', binary, './cmd/terraform-provider-replay'], { cwd: provider });
    let changed = 0;
    let failed = 0;
    await inParallel(folders, Math.max(1, Number(values.jobs)), async (folder) => {
      try {
        const lines = await remake(folder, provider, binary, values.check);
        changed += lines.length;
        for (const line of lines) console.log(line);
      } catch (error) {
        failed += 1;
        console.error(`failed: ${relative(root, folder)}\n${error.stderr ?? ''}${error.stderr ? '' : error.stack}`);
      }
    });
    const verb = values.check ? 'differ' : 'written';
    console.log(`${folders.length} folders, ${changed} files ${verb}, ${failed} folders failed`);
    process.exitCode = failed > 0 || (values.check && changed > 0) ? 1 : 0;
  } finally {
    await rm(build, { recursive: true, force: true });
  }
}

await main();
