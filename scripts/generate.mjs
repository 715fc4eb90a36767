/**
 * Writes the files that are made from other files: `node scripts/generate.mjs`. They are named `*.generated.*`
 * or live in a folder that is generated as a whole, and they are committed.
 *
 * With `--check` nothing is written; files that differ are named, and the exit code is 1.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatePolicyExamples } from './generators/examples.mjs';
import { generateHclModuleReadmes } from './generators/hcl-modules.mjs';
import { generateHtmlAssets } from './generators/html.mjs';
import { generateMigrations } from './generators/migrations.mjs';
import { generateModelReference } from './generators/model-reference.mjs';
import {
  generateBuiltinPolicies,
  generateConfigurationValidator,
  generatePolicyValidator,
} from './generators/policies.mjs';
import { generatePolicyPages } from './generators/policy-pages.mjs';
import { generateStacks } from './generators/stacks.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * One function per kind of generated file: from the root folder to `Map<path below the root, text>`.
 * The order is the order of running; each reads its sources from disk.
 *
 * @type {ReadonlyArray<(root: string) => Promise<Map<string, string>>>}
 */
const generators = [
  generatePolicyValidator,
  generateConfigurationValidator,
  generateBuiltinPolicies,
  generatePolicyExamples,
  generatePolicyPages,
  generateHtmlAssets,
  generateModelReference,
  generateHclModuleReadmes,
  generateStacks,
  generateMigrations,
];

/**
 * @param {{ check: boolean }} options
 * @returns {Promise<string[]>} paths that were written, or that `check` found to differ
 */
export async function generate({ check }) {
  const changed = [];
  for (const generator of generators) {
    for (const [path, text] of await generator(root)) {
      if ((await currentText(join(root, path))) === text) continue;
      changed.push(path);
      if (!check) await write(join(root, path), text);
    }
  }
  return changed;
}

async function currentText(file) {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

async function write(file, text) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  try {
    const changed = await generate({ check });
    for (const path of changed) console.log(check ? `${path} is out of date` : `wrote ${path}`);
    if (check && changed.length > 0) {
      console.log('Run `npm run generate` and commit the result.');
      process.exitCode = 1;
    }
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
