import type { Report } from '../../model/report.ts';
import type { Look } from '../look.ts';
import {
  configurationFacts,
  emptySentence,
  factsOf,
  headlineOf,
  isEmpty,
  judgedInput,
  judgedNames,
  nameOf,
  sourceNote,
} from '../pretty/headline.ts';
import { placeOf } from '../pretty/place.ts';
import { code, prose, typed } from './escape.ts';
import { blocksOf } from './text.ts';

const signs: Readonly<Record<Report['verdict'], string>> = { pass: '✅ PASS', fail: '❌ FAIL', error: '⚠️ ERROR' };

export const judgedPath = (report: Report): string | undefined => judgedInput(report)?.path;

/** The verdict, what was judged, and the sentence that says what it means. */
export const headBlocks = (report: Report, look: Look): readonly string[] => {
  const judged = judgedInput(report);
  const name = judged === undefined ? '' : ` ${judgedNames(judged).map(code).join(' + ')}${sourceNote(judged, report)}`;
  const title = `## ${signs[report.verdict]}${name}`;
  if (isEmpty(report)) return [title, ...configurationFacts(report).map(prose), emptySentence(report)];
  const facts = judged === undefined ? [] : [factsOf(report).map(prose).join(look.dot)];
  return [title, ...facts, `**${headlineOf(report)}**`];
};

/** Errors and warnings about our ability to judge, each with what to do. */
export const diagnosticItems = (report: Report): readonly string[] =>
  report.diagnostics.map(({ severity, origin = {}, summary, detail }) => {
    const documents = report.input.map(({ path }) => path);
    const position = [nameOf(origin.file ?? ''), origin.line, origin.column].filter((part) => part !== undefined);
    const place = origin.address === undefined ? position.join(':') : placeOf(origin, documents);
    const where = place === '' ? '' : `${code(place)}: `;
    const help = detail === undefined ? [] : blocksOf(detail, { language: 'sh' });
    return [`**${severity}:** ${where}${prose(summary)}`, ...help].join('\n\n');
  });

/** What to type to see what did not fit. */
export const whereAll = (report: Report, command = ''): string => {
  return code(`rds-auth-policy ${command}${typed(judgedPath(report) ?? 'PLAN')}`);
};
