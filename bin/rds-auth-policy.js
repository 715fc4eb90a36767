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
  if (error.code !== 'EPIPE') crash(error);
});

const cli = new URL('../dist/cli/main.js', import.meta.url);
import(cli.href)
  .then(({ main }) => main(process.argv.slice(2), process))
  .then((code) => {
    process.exitCode = code;
  })
  .catch(async (error) => {
    const { existsSync } = await import('node:fs');
    if (existsSync(cli)) crash(error);
    process.stderr.write('rds-auth-policy: not built yet, run: npm run build\n');
  });
