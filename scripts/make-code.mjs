/**
 * Writes the code that V8 makes of the built CLI. V8 compiles a function when it is first called, so the program checks
 * something first: what that needs is what most checks need. A process of its own: it runs the program.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const { codeFile, loadProgram } = createRequire(import.meta.url)('../bin/load-program.js');

const plans = ['examples/orders/plan.json', 'examples/orders-fixed/plan.json'];

// Code of an older build would be taken: V8 compares no more of the text than its length.
rmSync(codeFile, { force: true });
const { main, script } = loadProgram();
const streams = { stdin: process.stdin, stdout: { write: () => true }, stderr: process.stderr, env: {} };
for (const plan of plans) {
  const path = fileURLToPath(new URL(`../${plan}`, import.meta.url));
  const code = await main(['check', path], streams);
  if (code > 1) throw new Error(`${plan}: exit code ${code}`);
}
mkdirSync(dirname(codeFile), { recursive: true });
writeFileSync(codeFile, script.createCachedData());
