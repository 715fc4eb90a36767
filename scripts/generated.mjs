#!/usr/bin/env node
// Makes testdata/generated anew: for each seed a configuration by src/testing/random/configuration.ts, its plan, and what
// the tool says once the plan is applied and every value is known.
//
//   node scripts/generated.mjs [--from N] [--to N] [--jobs N]
//
//   NNN/config/         the configuration
//   NNN/plan.json       its plan, before anything exists
//   NNN/applied.json    matrix, connections and findings of the plan that follows the apply
//
// SCHEMA_PROVIDER_DIR names a checkout of the schema provider, as for scripts/plans.mjs.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { importBundle } from './bundle.mjs';
import { Workspace, inParallel, isUnchanged, refusePaths, withProvider } from './plans/workspace.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** What a report says, without the words. */
const answerOf = ({ matrix, connections, findings }) => ({
  matrix,
  connections: connections.map(({ path, database, proxy, user, principal, verdict }) => ({
    path,
    database,
    proxy,
    user,
    principal,
    verdict,
  })),
  findings: findings.filter(({ outcome }) => outcome === 'fail').map(({ policy, address }) => ({ policy, address })),
});

async function make(seed, { randomConfiguration, checkFile }, provider, binary) {
  const home = join(root, 'testdata/generated', String(seed).padStart(3, '0'));
  const config = join(home, 'config');
  await rm(config, { recursive: true, force: true });
  for (const [name, text] of randomConfiguration(seed).files) {
    await mkdir(dirname(join(config, name)), { recursive: true });
    await writeFile(join(config, name), text);
  }
  const directory = await mkdtemp(join(tmpdir(), 'generated-'));
  try {
    const workspace = new Workspace(config, directory, provider, binary);
    await workspace.load(config);
    const plan = await workspace.plan();
    refusePaths({ 'plan.json': plan }, root, directory, provider);
    if (!(await isUnchanged(join(home, 'plan.json'), plan)))
      await writeFile(join(home, 'plan.json'), `${plan.trimEnd()}\n`);
    await workspace.apply();
    const applied = join(directory, 'applied.json');
    await writeFile(applied, await workspace.plan());
    await writeFile(join(home, 'applied.json'), `${JSON.stringify(answerOf(checkFile(applied)), null, 1)}\n`);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      from: { type: 'string', default: '1' },
      to: { type: 'string', default: '110' },
      jobs: { type: 'string', default: '2' },
    },
  });
  const tool = await importBundle(root, 'src/testing/random/configuration.ts', 'src/testing/check-file.ts');
  const seeds = [];
  for (let seed = Number(values.from); seed <= Number(values.to); seed += 1) seeds.push(seed);
  await withProvider(async (provider, binary) => {
    await inParallel(seeds, Number(values.jobs), async (seed) => {
      try {
        await make(seed, tool, provider, binary);
      } catch (error) {
        process.exitCode = 1;
        console.error(`failed: ${seed}\n${error.stderr ?? error.stack}`);
      }
    });
  });
}

await main();
