/**
 * Loads `dist/cli/main.cjs`. Node compiles a module at every start, which takes longer here than the work itself. A
 * script may come with the code that V8 once made of it (ADR 0007); V8 takes it if it is its own, else it compiles.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { Script } = require('node:vm');

const file = join(__dirname, '../dist/cli/main.cjs');

/** Beside what V8 checks by itself: its code is made for one version on one kind of machine. */
const codeFile = join(__dirname, `../dist/cli/code/${process.versions.v8}-${process.arch}`);

const readCode = () => {
  try {
    return readFileSync(codeFile);
  } catch {
    return undefined;
  }
};

/** `main` and the script that it comes of. Throws what reading and running the program throws. */
const loadProgram = () => {
  // A script that comes with code has no `import()` of its own in Node 20.
  const text = `(function (module, require, moduleUrl, importLate) {${readFileSync(file, 'utf8')}\n})`;
  const script = new Script(text, { filename: file, cachedData: readCode() });
  const url = pathToFileURL(file);
  const loaded = { exports: {} };
  script.runInThisContext()(loaded, require, url, (path) => import(new URL(path, url).href));
  return { main: loaded.exports.main, script };
};

module.exports = { codeFile, file, loadProgram };
