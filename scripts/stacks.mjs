/**
 * Synthesizes the stacks of testdata/constructs as the CLI of the framework does, into text by path.
 *
 * In a process of its own, because a framework and its bindings are CommonJS and big:
 *
 *   node scripts/stacks.mjs cdktf|cdktn CONSTRUCTS        prints { "<folder>": "<cdk.tf.json>" }
 *
 * CONSTRUCTS is what `rds-auth-policy/cdktf` would be: `dist/cdktf/index.js` once it is built.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bindings, stacksOf } from '../testdata/constructs/stacks.mjs';

const [framework, constructs] = process.argv.slice(2);
const require = createRequire(import.meta.url);

const bindingsOf = (name) =>
  Object.fromEntries(
    Object.entries(bindings).map(([type, path]) => [type, require(`@${name}/provider-aws/lib/${path}/index.js`)[type]]),
  );

/** What came before a stack is the same stack, and has its name. */
const nameOf = (folder) => folder.split('/')[0];

async function synthesize(core, { AwsProvider }, folder, build) {
  const outdir = await mkdtemp(join(tmpdir(), 'stacks-'));
  try {
    // cdktn asks which programs the stacks are for; passwords that nobody keeps need these.
    const context = { targetVersions: { terraform: '>=1.11.0', opentofu: '>=1.11.0' } };
    const app = new core.App({ outdir, context });
    const stack = new core.TerraformStack(app, nameOf(folder));
    // Without one, a path of the machine gets into the JSON.
    new core.LocalBackend(stack, { path: 'terraform.tfstate' });
    new AwsProvider(stack, 'aws', { region: 'us-east-1' });
    build(stack);
    app.synth();
    return `${await readFile(join(outdir, 'stacks', nameOf(folder), 'cdk.tf.json'), 'utf8')}\n`;
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

async function main() {
  const core = require(framework);
  const vocabulary = { ...core, ...bindingsOf(framework), ...require(resolve(constructs)) };
  const texts = {};
  for (const [folder, build] of stacksOf(vocabulary)) {
    texts[folder] = await synthesize(core, vocabulary, folder, build);
  }
  process.stdout.write(JSON.stringify(texts));
}

await main();
