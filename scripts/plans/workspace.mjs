// A temporary copy of a configuration that Terraform applies and plans, with a schema provider in place of AWS.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';

const run = promisify(execFile);

const repository = fileURLToPath(new URL('../..', import.meta.url));
const modulesHome = 'modules/hcl';
/** What this repository publishes, at hand for whoever calls it by a relative path. */
const published = [modulesHome, 'deploy/lambda'];

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

/** Of a folder's own entries: what `terraform init` makes, and what is about the plan, is none of it. */
const isConfiguration = (name) =>
  name === 'modules' || (/\.(?:tf|json|tfvars)$/.test(name) && !/^(?:.*-)?(?:plan|state)\.json$/.test(name));

/**
 * Registry modules that a configuration calls, by what `terraform init` once wrote into it: each is the module of that
 * name in the `library` two folders up.
 */
async function provideModules(configuration, registry) {
  const manifest = join(configuration, '.terraform/modules/modules.json');
  if (!existsSync(manifest)) return;
  for (const { Source, Version } of JSON.parse(await readFile(manifest, 'utf8')).Modules) {
    if (Version === undefined) continue;
    const [, namespace, name, provider] = Source.split('//')[0].split('/');
    await cp(join(configuration, '../../library', name), join(registry, namespace, name, provider, Version), {
      recursive: true,
    });
  }
}

/** One temporary copy of a configuration, with Terraform at hand. */
export class Workspace {
  constructor(folder, directory, provider, binary) {
    this.folder = folder;
    this.directory = directory;
    this.provider = provider;
    this.binary = binary;
    // As deep as a configuration may be below the library that it takes modules from. An example stays in its module.
    const place = relative(repository, folder);
    this.work = join(directory, place.startsWith(modulesHome) ? place : 'work/case/config');
    this.mirror = join(directory, 'mirror');
    /** Further variables of the environment, such as values for variables. */
    this.variables = {};
  }

  async terraform(...args) {
    const dirs = await readFile(join(this.mirror, 'dirs'), 'utf8');
    const env = {
      ...process.env,
      ...this.variables,
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
    for (const home of published) await cp(join(repository, home), join(this.directory, home), { recursive: true });
    if (existsSync(this.work)) {
      for (const name of await readdir(this.work)) {
        if (isConfiguration(name)) await rm(join(this.work, name), { recursive: true });
      }
    }
    const filter = (path) => {
      const name = relative(configuration, path).split(sep)[0];
      return name === '' || (isConfiguration(name) && name !== 'change_override.tf');
    };
    await cp(configuration, this.work, { recursive: true, filter });
    const library = join(configuration, '../../library');
    if (existsSync(library)) await cp(library, join(this.work, '../../library'), { recursive: true });
    const registry = join(this.directory, 'registry');
    await provideModules(configuration, registry);
    await run(this.binary, ['prepare', this.work, registry, this.mirror]);
    await this.terraform('init', '-input=false', '-no-color');
  }

  async plan(...args) {
    await this.terraform('plan', '-input=false', '-no-color', `-out=${join(this.directory, 'plan')}`, ...args);
    return this.terraform('show', '-json', join(this.directory, 'plan'));
  }

  async apply() {
    await this.terraform('apply', '-auto-approve', '-input=false', '-no-color');
  }

  async applyPredecessors(folders) {
    for (const folder of folders) {
      const name = basename(folder);
      await this.load(folder);
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

/** Refuses a text that holds a path of this machine. */
export function refusePaths(files, root, directory, provider) {
  const paths = [directory, root, provider, homedir()].filter((path) => path.length > 1);
  for (const [name, text] of Object.entries(files)) {
    const found = paths.find((path) => text.includes(`${path}/`) || text.includes(`${path}"`));
    if (found !== undefined) throw new Error(`${name} holds a path of this machine: ${found}`);
  }
}

/** Builds the schema provider, and gives the work its folder and its path; says so where it cannot be had. */
export async function withProvider(work) {
  const provider = resolve(process.env.SCHEMA_PROVIDER_DIR ?? 'schema-provider');
  const obstacle = await findObstacle(provider);
  if (obstacle !== null) {
    console.log(`skipped: ${obstacle}`);
    return;
  }
  const build = await mkdtemp(join(tmpdir(), 'schema-provider-'));
  try {
    const binary = join(build, 'terraform-provider-replay');
    await run('go', ['build', '-o', binary, './cmd/terraform-provider-replay'], { cwd: provider });
    await work(provider, binary);
  } finally {
    await rm(build, { recursive: true, force: true });
  }
}

/** What the provider or Terraform makes up when it applies: replaced by what kind of thing it is. */
const madeUp = [
  [/\$2a\$10\$[./A-Za-z0-9]{53}/g, '<bcrypt>'],
  [/\b[a-z0-9]{32}\b/g, '<random>'],
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

/** Whether a file says the same as a plan that was made anew. */
export async function isUnchanged(path, text) {
  if (!existsSync(path)) return false;
  const [old, made] = [JSON.parse(await readFile(path, 'utf8')), JSON.parse(text)];
  return isDeepStrictEqual(canonicalize(old), canonicalize(made));
}

/** Works off items, some at a time. */
export async function inParallel(items, jobs, work) {
  const queue = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
