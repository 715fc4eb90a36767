/**
 * Builds `dist/`: the library and the constructs (one file a module, with declarations) by tsc, the CLI (`dist/cli/main.cjs` and the
 * modules that it loads late) and the function of AWS Lambda by esbuild. The CLI carries its packages in it, because resolving and reading them one by
 * one costs more at start than all the rest, and comes with the code that V8 makes of it (`bin/load-program.js`).
 */
import { execFile } from 'node:child_process';
import { cp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { generate } from './generate.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

// In CI a stale generated file is an error that somebody must commit, not something to repair in passing.
async function refreshGenerated() {
  const check = Boolean(process.env.CI);
  const changed = await generate({ check });
  if (check && changed.length > 0) {
    throw new Error(`Out of date: ${changed.join(', ')}. Run \`npm run generate\` and commit the result.`);
  }
}

async function buildLibrary() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '--project', 'tsconfig.build.json', '--pretty', 'false'], { cwd: root });
}

/**
 * The constructs, once for each framework: CommonJS, as both frameworks are, and because a project in their templates'
 * settings could not import anything else.
 */
async function buildConstructs() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const out = join(root, 'dist/cdktf');
  await run(process.execPath, [tsc, '--project', 'modules/tsconfig.build.json', '--pretty', 'false'], { cwd: root });
  await writeFile(join(out, 'package.json'), '{ "type": "commonjs" }\n');
  await cp(out, join(root, 'dist/cdktn'), { recursive: true });
  for (const file of await readdir(join(root, 'dist/cdktn'))) {
    const path = join(root, 'dist/cdktn', file);
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll(/(?<=["'@])cdktf(?=["'/])/g, 'cdktn'));
  }
}

/**
 * What a plain check never needs: each becomes a file of its own in `dist/cli/late`, loaded when it is asked for. All
 * the rest is one file. To let esbuild split by what is imported late would make some twenty shared pieces of it, each of
 * which costs a millisecond at start.
 */
const late = new Map(
  [
    'src/adapters/iam/derived-data.ts',
    'src/analysis/guide.ts',
    'src/analysis/surroundings.ts',
    'src/cli/baselines.ts',
    'src/cli/diff.ts',
    'src/cli/explain.ts',
    'src/cli/mistake.ts',
    'src/cli/init/init.ts',
    'src/cli/new-policy.ts',
    'src/cli/model.ts',
    'src/cli/policies.ts',
    'src/cli/read-arguments.ts',
    'src/cli/read-configuration.ts',
    'src/cli/testing/test.ts',
    'src/cli/use-configuration.ts',
    'src/io/selected-workspace.ts',
    'src/policy/configuration/read-configuration.ts',
    'src/policy/examples.generated.ts',
    'src/io/policy-archive.ts',
    'src/policy/loading/read-policies.ts',
    'src/policy/subjects.ts',
    'src/policy/testing/read-cases.ts',
    'src/report/excerpt/index.ts',
    'src/report/graph/dot.ts',
    'src/report/graph/mermaid.ts',
    'src/report/graph/svg-document.ts',
    'src/report/html.ts',
    'src/report/json.ts',
    'src/report/markdown.ts',
    'src/report/markdown/matrix.ts',
    'src/report/matrix.ts',
    'src/report/sarif.ts',
    'src/report/junit.ts',
    'src/report/testing/json.ts',
    'src/report/testing/junit.ts',
    'src/report/testing/pretty.ts',
    'src/report/junit.ts',
    'src/report/github.ts',
    'src/report/gitlab-codequality.ts',
    'src/report/azuredevops.ts',
    'src/server/index.ts',
    'src/report/atlantis.ts',
    'src/cli/show-file.ts',
    'src/terraform/hcl/load.ts',
    'src/terraform/hcl/match-plan.ts',
    'src/terraform/hcl/outline.ts',
    'src/terraform/hide-sensitive.ts',
    'node_modules/tinyglobby/dist/index.mjs',
  ].map((path) => [
    join(root, path),
    path.replace(/^src\/|^node_modules\/|\/dist\/index/g, '').replace(/\.m?ts$|\.mjs$/, ''),
  ]),
);

/** Leaves what is late out of the file for the start, and says where it will be. */
const leaveOutLate = {
  name: 'leave-out-late',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, kind, pluginData, ...place }) => {
      if (kind !== 'dynamic-import' || pluginData === 'resolved') return undefined;
      const found = await resolve(path, { kind, pluginData: 'resolved', ...place });
      const name = late.get(found.path);
      // In one file with the rest it would not be late, and all that it shares would start slower.
      if (name === undefined) return { errors: [{ text: `${found.path} is imported late: put it on the list` }] };
      return { path: `./late/${name}.js`, external: true };
    });
  },
};

/** The file for the start, with what `bin/load-program.js` hands it. */
const asScript = { format: 'cjs', outExtension: { '.js': '.cjs' }, define: { 'import.meta.url': 'moduleUrl' } };

async function nameImportLate(file) {
  const text = (await readFile(file, 'utf8')).replaceAll('import("./late/', 'importLate("./late/');
  if (/\bimport\(/.test(text)) throw new Error(`${file} has an import() that it could not run.`);
  await writeFile(file, text);
}

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // Its Node entry is CommonJS: it could not be loaded late by name, nor stripped of what is not used.
  alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
};

/** What the constructs load to judge a stack: one file, because CommonJS cannot load the library without waiting. */
async function buildEngine() {
  const outfile = 'dist/engine/index.cjs';
  const { metafile } = await build({ ...common, format: 'cjs', entryPoints: ['src/engine.ts'], outfile });
  await writeFile(join(root, 'dist/engine/THIRD-PARTY-LICENSES.txt'), await licensesOf(metafile));
}

/**
 * A function of AWS Lambda: one file. It is the handler where Lambda imports it, and the program where the handler starts
 * it to judge a plan.
 */
async function buildLambda() {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const contents = `
    import { fileURLToPath } from 'node:url';
    import { handlerOf } from './src/server/lambda.ts';
    const file = fileURLToPath(import.meta.url);
    export const handler = handlerOf(process.env, file);
    if (process.argv[1] === file) {
      const { main } = await import('./src/cli/main.ts');
      process.exitCode = await main(process.argv.slice(2), process);
    }`;
  const { metafile } = await build({
    ...common,
    format: 'esm',
    stdin: { contents, resolveDir: root, sourcefile: 'lambda-entry.mjs' },
    define: { bundledVersion: JSON.stringify(version) },
    outfile: 'dist/lambda/index.mjs',
  });
  await writeFile(join(root, 'dist/lambda/THIRD-PARTY-LICENSES.txt'), await licensesOf(metafile));
}

async function buildCli() {
  const built = await Promise.all([
    build({ ...common, ...asScript, entryPoints: ['src/cli/main.ts'], outdir: 'dist/cli', plugins: [leaveOutLate] }),
    build({
      ...common,
      format: 'esm',
      entryPoints: [...late].map(([path, name]) => ({ in: path, out: name })),
      outdir: 'dist/cli/late',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
    }),
  ]);
  await nameImportLate(join(root, 'dist/cli/main.cjs'));
  await run(process.execPath, [join(root, 'scripts/make-code.mjs')]);
  const inputs = Object.assign({}, ...built.map(({ metafile }) => metafile.inputs));
  await writeFile(join(root, 'dist/cli/THIRD-PARTY-LICENSES.txt'), await licensesOf({ inputs }));
}

/** The licences of the packages that the CLI carries, which all ask to be passed on with the code. */
async function licensesOf(metafile) {
  const folders = Object.keys(metafile.inputs).flatMap(
    (path) => path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? [],
  );
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : await readFile(join(root, folder, file), 'utf8');
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}

try {
  await refreshGenerated();
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await Promise.all([buildLibrary(), buildCli(), buildEngine(), buildLambda(), buildConstructs()]);
} catch (error) {
  console.error(error.stdout || error.message);
  process.exitCode = 1;
}
