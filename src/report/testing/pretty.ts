import type { CaseResult, PolicyCoverage, TestCoverage, TestReport } from '../../model/policy-test.ts';
import { type Look, lookOf } from '../look.ts';
import { printable } from '../printable.ts';
import { hang, plural } from '../text.ts';
import type { TestReporter } from './test-reporter.ts';
import { differenceWords, durationWords, placeOf } from './words.ts';

/** The failing cases with what was expected and what came, then the sums. */
export const renderTestPretty: TestReporter = (raw, context, wishes) => {
  const report = printable(raw, context);
  const look = lookOf(context);
  const failed = report.cases.filter(({ differences }) => differences.length > 0);
  const blocks = [
    look.verbose ? report.cases.flatMap((one) => (one.differences.length > 0 ? [] : passedLine(one, look))) : [],
    ...failed.map((one) => renderFailure(one, look)),
    [renderSummary(report, look)],
    wishes.coverage || wishes.threshold !== null ? renderCoverage(report.coverage, wishes.threshold, look) : [],
  ];
  const written = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  return `${written.join('\n\n')}\n`;
};

const nameOf = ({ policy, name }: CaseResult): string => `${policy}/${name}`;

const passedLine = (one: CaseResult, look: Look): string =>
  `${look.green('PASS')}  ${nameOf(one)} ${look.dim(`(${durationWords(one.duration)})`)}`;

const labelWidth = 12;

const renderFailure = (one: CaseResult, look: Look): readonly string[] => [
  `${look.red('FAIL')}  ${look.bold(nameOf(one))} ${look.dim(`(${durationWords(one.duration)})`)}`,
  `  ${look.dim(placeOf(one))}`,
  ...differenceWords(one).flatMap(({ label, text }) =>
    text.split('\n').flatMap((line, index) => {
      const shown = index === 0 ? label.padEnd(labelWidth - 2) : ' '.repeat(labelWidth - 2);
      return hang(`  ${shown}`, labelWidth, line, look.width);
    }),
  ),
];

const renderSummary = ({ summary, diagnostics }: TestReport, look: Look): string => {
  const { passed, failed, duration } = summary;
  const parts = [`${passed} passed`, `${failed} failed`];
  const text = parts.join(', ');
  const paint = failed > 0 ? look.red : diagnostics.length > 0 ? look.yellow : look.green;
  const errors = diagnostics.length === 0 ? '' : `, ${plural(diagnostics.length, 'error')}`;
  return `${paint(`${text}${errors}`)} ${look.dim(`(${durationWords(duration)})`)}`;
};

const renderCoverage = (coverage: TestCoverage, threshold: number | null, look: Look): readonly string[] => {
  const { covered, total, percent, policies } = coverage;
  const isEnough = percent >= (threshold ?? 100);
  const sum = `${percent} % of outcomes covered (${covered} of ${total}, in ${plural(policies.length, 'policy', 'policies')})`;
  const wanted = threshold === null || isEnough ? '' : `; ${threshold} % are asked for`;
  const shown = look.verbose ? policies : policies.filter(({ missing }) => missing.length > 0);
  return [(isEnough ? look.green : look.red)(`${sum}${wanted}`), ...shown.flatMap((one) => renderPolicy(one, look))];
};

const renderPolicy = ({ policy, cases, missing }: PolicyCoverage, look: Look): readonly string[] => {
  const counts = `${cases.fail} fail, ${cases.pass} pass, ${cases.unknown} unknown`;
  const lack = missing.length === 0 ? '' : `; no case for ${missing.join(', ')}`;
  return hang('  ', 2, `${policy}: ${counts}${lack}`, look.width);
};
