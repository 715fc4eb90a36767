/** What is written in TypeScript, for Node to import. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * The exports of modules of `src`, as one object.
 *
 * @param {string} root
 * @param {...string} entries paths below the root
 */
export async function importBundle(root, ...entries) {
  // Below the root, so that packages are found; gone once it has been imported.
  const folder = await mkdtemp(join(root, 'node_modules/.bundle-'));
  try {
    const outfile = join(folder, 'bundle.mjs');
    const contents = entries.map((entry) => `export * from ${JSON.stringify(join(root, entry))};`).join('\n');
    const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'error' };
    await build({ ...options, stdin: { contents, resolveDir: root }, outfile });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
