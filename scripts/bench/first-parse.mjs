/**
 * Milliseconds of the first parse in this process, printed: `first-parse.mjs json|ours|hcl2-parser MODULE FILE...`. The
 * files are read before, and nothing has been parsed yet: what is measured is a parser that is not warm.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [parser, module, ...files] = process.argv.slice(2);

const parsers = {
  json: async () => (file) => JSON.parse(file.text),
  ours: async () => {
    const { parseFile } = await import(pathToFileURL(module));
    return (file) => {
      const { faults } = parseFile(file);
      if (faults.length > 0) throw new Error(`${file.path}: ${faults[0].summary}`);
    };
  },
  'hcl2-parser': async () => {
    const { default: library } = await import('hcl2-parser');
    return (file) => {
      const [, error] = library.parseToObject(file.text);
      if (error !== null) throw new Error(`${file.path}: rejected`);
    };
  },
};

const texts = files.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const parse = await parsers[parser]();
const start = performance.now();
for (const file of texts) parse(file);
console.log(performance.now() - start);
