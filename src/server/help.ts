import yargs from 'yargs';
import { serveOptions } from './options.ts';

const about = [
  '$0 serve --state-dir DIR',
  'Answers run tasks of HCP Terraform and Terraform Enterprise: judges their plans and tells the run.',
  'It speaks HTTP: put something before it that speaks HTTPS. docs/run-task.md says the rest.',
].join('\n\n');

const exitCodes = ['Exit code:', '  0  it was told to stop, by SIGTERM or SIGINT', '  2  it could not start'].join(
  '\n',
);

/** What `serve --help` prints; `columns` wide at most. */
export const serveHelp = async (columns: number): Promise<string> => {
  const parser = yargs([])
    .scriptName('rds-auth-policy')
    .locale('en')
    .help(false)
    .version(false)
    .usage(about)
    .epilogue(exitCodes)
    .wrap(columns);
  for (const [name, { type, value, describe, default: usual }] of Object.entries(serveOptions)) {
    const words = `${value === undefined ? '' : `${value}: `}${describe}${usual === undefined ? '' : ` (${usual})`}`;
    parser.option(name, { type, describe: words });
  }
  parser.alias('help', 'h');
  // Types say nothing that the descriptions do not.
  return `${(await parser.getHelp()).replaceAll(/\s*\[(?:string|boolean)\]/g, '').trimEnd()}\n`;
};
