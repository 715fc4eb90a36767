import type { Diagnostic } from '../model/diagnostic.ts';
import { errorReport } from '../report/error-report.ts';
import { type Format, type View, formatsOf as formatsOfView, isForElsewhere, loadReporter } from '../report/index.ts';
import { renderProblems } from '../report/pretty/diagnostics.ts';
import { contextFor } from './appearance.ts';
import { type Invocation, splitCommand } from './invocation.ts';
import { formatsOf } from './options.ts';
import type { Streams } from './streams.ts';

/** A command line that makes no sense: the sentence on standard error, and for elsewhere a report as well. */
export const reportMistake = (
  summary: string,
  argv: readonly string[],
  streams: Streams,
  version: string,
): Promise<number> => {
  const [command] = splitCommand(argv);
  const words = command === 'check' ? '' : `${command} `;
  const detail = `Type rds-auth-policy ${words}--help for all options.`;
  const diagnostic: Diagnostic = { severity: 'error', code: 'usage-invalid', summary, detail };
  return reportNoAnswer([diagnostic], { format: formatIn(argv) ?? 'pretty', configuration: null }, streams, version);
};

/** A question without an answer. */
export const reportNoAnswer = async (
  diagnostics: readonly Diagnostic[],
  { format, configuration }: Pick<Invocation, 'format' | 'configuration'>,
  { stdout, stderr, env }: Streams,
  version: string,
): Promise<number> => {
  const context = contextFor(stderr, env, { color: undefined, quiet: false, verbose: false });
  stderr.write(renderProblems(diagnostics, context));
  if (!isForElsewhere(format)) return 2;
  const render = await loadReporter(viewOf(format), format);
  stdout.write(render([errorReport(diagnostics, [], version, configuration)], context));
  return 2;
};

const viewOf = (format: Format): View => (formatsOfView.check.includes(format) ? 'check' : 'graph');

/** Nobody has read the line as a whole, so the words are looked at one by one. What the command does not write is not obeyed. */
const formatIn = (argv: readonly string[]): Format | undefined =>
  formatsOf[splitCommand(argv)[0]].findLast((format) =>
    argv.some((word, index) => word === `--format=${format}` || (word === format && argv[index - 1] === '--format')),
  );
