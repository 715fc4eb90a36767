import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ReportContext } from '../context.ts';
import { type Look, lookOf } from '../look.ts';
import { printable } from '../printable.ts';
import { hang, layOut } from '../text.ts';
import { renderExcerpt } from './excerpt.ts';
import { nameOf } from './headline.ts';
import { placeOf } from './place.ts';

/** Errors and warnings about our ability to judge, each with what to do. */
export const renderDiagnostics = (diagnostics: readonly Diagnostic[], look: Look): readonly string[] =>
  diagnostics.flatMap((diagnostic) => {
    const { severity, origin, detail, summary } = diagnostic;
    const label = `${severity}: `;
    const paint = severity === 'error' ? look.red : look.yellow;
    const place = origin === undefined ? '' : whereOf(origin, look);
    const text = place === '' ? summary : `${place}: ${summary}`;
    return [
      ...hang(paint(label), label.length, text, look.width),
      ...(origin === undefined ? [] : renderExcerpt(origin, 2, look)),
      ...(detail === undefined ? [] : layOut(detail, look.width - 2).map(({ line }) => `  ${line}`)),
    ];
  });

const whereOf = (origin: NonNullable<Diagnostic['origin']>, look: Look): string => {
  if (origin.address !== undefined || origin.file === undefined) return placeOf(origin, look.documents);
  return [nameOf(origin.file), origin.line, origin.column].filter((part) => part !== undefined).join(':');
};

/** The same as a text of its own, for standard error. */
export const renderProblems = (diagnostics: readonly Diagnostic[], context: ReportContext): string =>
  renderDiagnostics(printable(diagnostics, context), lookOf(context))
    .map((line) => `${line}\n`)
    .join('');
