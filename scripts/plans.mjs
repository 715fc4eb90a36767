#!/usr/bin/env node
// Remakes the plan JSON of policies/*/*/cases, testdata and examples from the main.tf or cdk.tf.json beside it. A folder
// called `config` has its plan in the folder above, and an example of a module in testdata/hcl-examples. Where there is a plan.tfplan, even an empty file, the saved plan is
// kept there too; it differs each time, so that it is remade only together with plan.json.
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
//   after               one line, the name of a folder beside it: what that one is planned on, and then that one, are
//                       applied first
//
// Where terraform, go or the provider is missing it says so and exits 0: the plans are committed.

import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Workspace, inParallel, isUnchanged, refusePaths, withProvider } from './plans/workspace.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const homes = [
  'policies',
  'testdata/called-twice',
  'testdata/constructs',
  'testdata/drawings',
  'testdata/each-value',
  'testdata/handed-on',
  'testdata/hcl-modules',
  'testdata/known-pieces',
  'testdata/lambda',
  'testdata/lifecycle',
  'testdata/migrations',
  'testdata/modules',
  'testdata/principals',
  'testdata/reports',
  'testdata/scenarios',
  'testdata/tf-json',
  'examples',
];
/** Not planned on their own. */
const passedOver = ['.terraform', 'library'];
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
  if (entries.some(({ name }) => name === 'main.tf' || name === 'cdk.tf.json')) return [folder];
  const directories = entries.filter((entry) => entry.isDirectory() && !passedOver.includes(entry.name));
  const below = directories.map((entry) => join(folder, entry.name));
  return (await Promise.all(below.map(findFolders))).flat().sort();
}

/** Where the plan of a folder's configuration is. An example is published, and its plan is not. */
function homeOf(folder) {
  const example = /^modules\/hcl\/([^/]+)\/examples\/([^/]+)$/.exec(relative(root, folder).split(sep).join('/'));
  if (example !== null) return join(root, 'testdata/hcl-examples', `${example[1]}-${example[2]}`);
  return basename(folder) === 'config' ? dirname(folder) : folder;
}

/** The examples of the modules that are published. */
async function findExamples() {
  const names = await readdir(join(root, 'modules/hcl'));
  return (await Promise.all(names.map((name) => findFolders(join(root, 'modules/hcl', name, 'examples'))))).flat();
}

/** The folders of the configurations that are applied first, in order. */
async function predecessorsOf(folder) {
  const before = (await readdir(folder)).filter((name) => name.startsWith('before')).sort();
  const own = before.map((name) => join(folder, name));
  const after = join(folder, 'after');
  if (!existsSync(after)) return own;
  const previous = join(folder, '..', (await readFile(after, 'utf8')).trim());
  return [...(await predecessorsOf(previous)), previous, ...own];
}

async function makeFiles(folder, provider, binary) {
  const directory = await mkdtemp(join(tmpdir(), 'plans-'));
  try {
    const kindFile = join(folder, 'plan-kind');
    const [kind, ...args] = existsSync(kindFile) ? (await readFile(kindFile, 'utf8')).trim().split(/\s+/) : ['create'];
    if (!kinds.includes(kind)) throw new Error(`plan-kind: "${kind}" is none of ${kinds.join(', ')}`);
    const predecessors = await predecessorsOf(folder);
    const files = await new Workspace(folder, directory, provider, binary).makePlan(kind, args, predecessors);
    refusePaths(files, root, directory, provider);
    const keepsSaved = existsSync(join(homeOf(folder), 'plan.tfplan'));
    return { files, saved: keepsSaved ? await readFile(join(directory, 'plan')) : null };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Remakes one folder; returns the lines to print. A file that says the same stays as it is. */
async function remake(folder, provider, binary, checkOnly) {
  const lines = [];
  const { files, saved } = await makeFiles(folder, provider, binary);
  for (const [name, text] of Object.entries(files)) {
    const path = join(homeOf(folder), name);
    if (await isUnchanged(path, text)) continue;
    if (!checkOnly) await write(path, text);
    lines.push(`${checkOnly ? 'differs' : 'written'}: ${relative(root, path)}`);
  }
  return checkOnly ? lines : [...lines, ...(await keepSaved(folder, saved, lines.length > 0))];
}

async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text.endsWith('\n') ? text : `${text}\n`);
}

async function keepSaved(folder, saved, isRemade) {
  const path = join(homeOf(folder), 'plan.tfplan');
  if (saved === null || (!isRemade && statSync(path).size > 0)) return [];
  await writeFile(path, saved);
  return [`written: ${relative(root, path)}`];
}

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '**' },
      check: { type: 'boolean', default: false },
      jobs: { type: 'string', default: '2' },
    },
  });
  const found = await Promise.all([...homes.map((home) => findFolders(join(root, home))), findExamples()]);
  const all = found.flat();
  const wanted = globToRegExp(values.only);
  const folders = all.filter((folder) => wanted.test(relative(root, folder).split(sep).join('/')));
  if (folders.length === 0) {
    console.error(`no folder with a main.tf matches ${values.only}`);
    process.exitCode = 1;
    return;
  }

  await withProvider(async (provider, binary) => {
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
  });
}

await main();
