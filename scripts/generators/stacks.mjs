/** The stacks of testdata/constructs, synthesized with cdktf and the constructs as they are in `modules/src`. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);

/**
 * @param {string} root
 * @returns {Promise<Map<string, string>>} text of each `cdk.tf.json`, by its path below the root
 */
export async function generateStacks(root) {
  // Below the root, so that packages are found.
  const folder = await mkdtemp(join(root, 'node_modules/.constructs-'));
  try {
    const outfile = join(folder, 'index.cjs');
    const entryPoints = [join(root, 'modules/src/index.ts')];
    await build({ entryPoints, bundle: true, format: 'cjs', platform: 'node', packages: 'external', outfile });
    const script = join(root, 'scripts/stacks.mjs');
    const { stdout } = await run(process.execPath, [script, 'cdktf', outfile], { cwd: root, maxBuffer: 1 << 26 });
    return new Map(
      Object.entries(JSON.parse(stdout)).map(([name, text]) => [`testdata/constructs/${name}/cdk.tf.json`, text]),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
