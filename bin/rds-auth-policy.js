#!/usr/bin/env node
// Everything here is paid for at every start: keep it this small.

// Whatever goes wrong, and however, is an answer that was not given (2), never "all is well" (0) nor "broken" (1).
process.exitCode = 2;

// The message of an error may quote the plan, and with it a password: only its kind and the places are printed.
const crash = (error) => {
  const places = String(error?.stack).match(/^ +at .*$/gm) ?? [];
  process.stderr.write(`rds-auth-policy: internal error (${error?.name ?? typeof error})\n${places.join('\n')}\n`);
  process.exit(2);
};
process.on('uncaughtException', crash);

// A reader that has seen enough (`| head`) is no error; the exit code stays that of the verdict.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`rds-auth-policy: standard output cannot be written (${error.code})\n`);
  process.exit(2);
});

const { file, loadProgram } = require('./load-program.js');

const run = async () => {
  const { main } = loadProgram();
  process.exitCode = await main(process.argv.slice(2), process);
};

run().catch((error) => {
  if (require('node:fs').existsSync(file)) crash(error);
  process.stderr.write('rds-auth-policy: not built yet, run: npm run build\n');
});
