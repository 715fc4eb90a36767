#!/usr/bin/env node
// Remakes testdata/mends: every mistake of testdata/scenarios, mended by what the tool prints.
//
//   node scripts/mends.mjs [--only NAME] [--check] [--jobs N]
//
// For each testdata/scenarios/mistake-*: its configuration is applied and planned again, so that every value is known;
// the tool, built first, is run on that plan; the remediation of each mandatory finding is put into the configuration as
// it is printed (scripts/mends/remediation.mjs knows the sentences that say where a line goes); the result is planned
// from nothing, applied, and planned again. A remediation that cannot be followed so, or does not help, is a failure.
//
//   mistake-plan.json   the plan with the mistake: nothing to change
//   printed.json        policy, address and remediation of what was found in it
//   main.tf, modules/   the configuration with the printed lines
//   plan.json           its plan: nothing to change either, so that the tool decides everything
//
// --only keeps one scenario. --check writes nothing, and exits 1 where a committed file differs in more than `timestamp`
// and made-up ids. A variable that a remediation declares gets a value from here, as its user would give it.
//
// Terraform plans; a schema provider, whose checkout SCHEMA_PROVIDER_DIR names, stands in for AWS. Where terraform, go or
// the provider is missing it says so and exits 0: the results are committed.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Configuration } from './mends/configuration.mjs';
import { applyRemediation } from './mends/remediation.mjs';
import { Workspace, inParallel, isUnchanged, refusePaths, withProvider } from './plans/workspace.mjs';

const run = promisify(execFile);
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const scenarios = join(root, 'testdata/scenarios');
const mends = join(root, 'testdata/mends');

/** The mandatory findings that fail, by the built tool. */
async function findingsIn(directory, plan) {
  const path = join(directory, 'checked.json');
  await writeFile(path, plan);
  const args = [join(root, 'bin/rds-auth-policy.js'), '--format', 'json', path];
  const options = { cwd: root, maxBuffer: 1 << 28 };
  // It exits 1 where it finds something.
  const { stdout } = await run(process.execPath, args, options).catch((error) => error);
  return JSON.parse(stdout)
    .findings.filter(({ outcome, enforcement }) => outcome === 'fail' && enforcement === 'mandatory')
    .map(({ policy, address, remediation }) => ({ policy, address, remediation }));
}

/** Values for variables without a default, which the configuration of a scenario has none of. */
function valuesFor(configuration) {
  const text = configuration.texts.get('main.tf');
  const declared = [...text.matchAll(/^variable "(\w+)" \{([^}]*)\}/gm)];
  const open = declared.filter(([, , body]) => !body.includes('default'));
  return Object.fromEntries(open.map(([, name]) => [`TF_VAR_${name}`, `canary-${name.replaceAll('_', '-')}`]));
}

async function planMended(directory, configuration, provider, binary) {
  const folder = join(directory, 'mended');
  await configuration.write(folder);
  const place = join(directory, 'second');
  await mkdir(place);
  const workspace = new Workspace(folder, place, provider, binary);
  workspace.variables = valuesFor(configuration);
  await workspace.load(folder);
  const first = await workspace.plan();
  await workspace.apply();
  const again = await workspace.plan();
  for (const plan of [first, again]) {
    const left = await findingsIn(directory, plan);
    if (left.length > 0)
      throw new Error(`still found: ${left.map((item) => `${item.policy} ${item.address}`).join(', ')}`);
  }
  return again;
}

/** File name → text of what one mistake comes to. */
async function makeFiles(name, provider, binary) {
  const directory = await mkdtemp(join(tmpdir(), 'mends-'));
  try {
    const folder = join(scenarios, name, 'config');
    const place = join(directory, 'first');
    await mkdir(place);
    const mistake = await new Workspace(folder, place, provider, binary).makePlan('noop', [], []);
    const printed = await findingsIn(directory, mistake['plan.json']);
    if (printed.length === 0) throw new Error('no mistake was found');
    const configuration = await Configuration.read(folder);
    for (const { remediation } of printed) applyRemediation(configuration, remediation);
    const mended = await planMended(directory, configuration, provider, binary);
    const files = {
      ...Object.fromEntries(configuration.texts),
      'printed.json': `${JSON.stringify(printed, null, 2)}\n`,
      'mistake-plan.json': mistake['plan.json'],
      'plan.json': mended,
    };
    refusePaths(files, root, directory, provider);
    return files;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const saysTheSame = async (path, text) =>
  path.endsWith('plan.json') ? isUnchanged(path, text) : existsSync(path) && (await readFile(path, 'utf8')) === text;

/** Remakes one mistake's folder; returns the lines to print. */
async function remake(name, provider, binary, checkOnly) {
  const lines = [];
  for (const [file, text] of Object.entries(await makeFiles(name, provider, binary))) {
    const path = join(mends, name, file);
    if (await saysTheSame(path, text)) continue;
    if (!checkOnly) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text.endsWith('\n') ? text : `${text}\n`);
    }
    lines.push(`${checkOnly ? 'differs' : 'written'}: ${relative(root, path)}`);
  }
  return lines;
}

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      check: { type: 'boolean', default: false },
      jobs: { type: 'string', default: '2' },
    },
  });
  const mistakes = (await readdir(scenarios)).filter((name) => name.startsWith('mistake-')).sort();
  const names = mistakes.filter((name) => values.only === undefined || name === values.only);
  await withProvider(async (provider, binary) => {
    await run(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root });
    let changed = 0;
    let failed = names.length === 0 ? 1 : 0;
    await inParallel(names, Math.max(1, Number(values.jobs)), async (name) => {
      try {
        const lines = await remake(name, provider, binary, values.check);
        changed += lines.length;
        for (const line of lines) console.log(line);
      } catch (error) {
        failed += 1;
        console.error(`failed: ${name}\n${error.stderr ?? ''}${error.stderr ? '' : error.stack}`);
      }
    });
    console.log(`${names.length} mistakes, ${changed} files ${values.check ? 'differ' : 'written'}, ${failed} failed`);
    process.exitCode = failed > 0 || (values.check && changed > 0) ? 1 : 0;
  });
}

await main();
