import type { Diagnostic } from '../model/diagnostic.ts';
import { errorReport } from '../report/error-report.ts';
import { renderJson } from '../report/json.ts';
import { renderProblems } from '../report/pretty/diagnostics.ts';
import { contextFor } from './appearance.ts';
import type { Streams } from './streams.ts';

/** A command line that makes no sense: the sentence on standard error, and for programs a report as well. */
export const reportMistake = (summary: string, argv: readonly string[], streams: Streams, version: string): number => {
  const { stdout, stderr, env } = streams;
  const detail = 'Type rds-auth-policy --help for all options.';
  const diagnostic: Diagnostic = { severity: 'error', code: 'usage-invalid', summary, detail };
  const context = contextFor(stderr, env, { color: undefined, quiet: false, verbose: false });
  stderr.write(renderProblems([diagnostic], context));
  if (asksForJson(argv)) stdout.write(renderJson([errorReport([diagnostic], [], version)], context));
  return 2;
};

const asksForJson = (argv: readonly string[]): boolean =>
  argv.some((word, index) => word === '--format=json' || (word === 'json' && argv[index - 1] === '--format'));
