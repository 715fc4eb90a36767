import type { Comparison } from '../../model/comparison.ts';
import type { ReportContext } from '../context.ts';
import { renderDiffJson } from './json.ts';
import { renderDiffMarkdown } from './markdown.ts';
import { renderDiff } from './pretty.ts';

/** A comparison in one of the formats that `diff` takes. */
export const renderComparison = (comparison: Comparison, format: string, context: ReportContext): string => {
  if (format === 'json') return renderDiffJson(comparison);
  return format === 'markdown' ? renderDiffMarkdown(comparison) : renderDiff(comparison, context);
};
