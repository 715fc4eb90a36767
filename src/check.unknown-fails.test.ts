import { describe, expect, test } from '@jest/globals';
import { type Finding, failsRun } from './model/finding.ts';
import type { Report } from './model/report.ts';
import type { ReportContext } from './report/context.ts';
import { renderMarkdown } from './report/markdown.ts';
import { renderPretty } from './report/pretty.ts';
import { plain } from './report/report.test-support.ts';
import { renderSarif } from './report/sarif.ts';
import { checkFile } from './testing/check-file.ts';

const judged = checkFile('testdata/scenarios/undecided-both-schemes/plan.json');
const undecided = judged.findings.filter(({ outcome }) => outcome === 'unknown');
/** The verdict that `--unknown fail` makes of it, and without advice about other things. */
const report: Report = { ...judged, verdict: 'fail', findings: undecided };
const open = undecided.filter(({ enforcement }) => enforcement === 'mandatory');
const strict: ReportContext = { ...plain, unknown: 'fail' };
const excused = (changed: Partial<Finding>): Report => ({
  ...report,
  findings: report.findings.map((finding) => ({ ...finding, ...changed })),
});
const waiver: Finding['waiver'] = {
  kind: 'configuration',
  reason: 'Known.',
  expires: '2027-01-01',
  owner: null,
  origin: { file: 'rds-auth-policy.yaml', line: 3 },
};

type Result = { readonly ruleId: string; readonly kind: string; readonly level: string };
type Rule = { readonly id: string; readonly defaultConfiguration: { readonly level: string } };
const runOf = (one: Report, context: ReportContext) => {
  const { results, tool } = JSON.parse(renderSarif([one], context)).runs[0];
  const rules: readonly Rule[] = tool.driver.rules;
  return {
    results: results as readonly Result[],
    levels: new Map(rules.map((rule) => [rule.id, rule.defaultConfiguration.level])),
  };
};
const kindsIn = (one: Report, context: ReportContext) => new Set(runOf(one, context).results.map(({ kind }) => kind));

test('nothing else fails the plan', () => {
  expect(open.length).toBeGreaterThan(0);
  expect(judged.findings.filter(failsRun)).toEqual([]);
});

describe('what is undecided and fails the run', () => {
  test('is a failure in SARIF, of its severity, by the rule of its own', () => {
    const { results, levels } = runOf(report, strict);
    const failed = results.filter(({ kind }) => kind === 'fail');
    expect(failed.map(({ ruleId }) => ruleId).sort()).toEqual(open.map(({ policy }) => `${policy}/undecided`).sort());
    expect(results.slice(0, failed.length)).toEqual(failed);
    for (const { ruleId, level } of failed) {
      expect(level).toBe('error');
      expect(levels.get(ruleId)).toBe(level);
    }
  });

  test.each([
    ['by the usual wish', report, plain],
    ['where it is waived', excused({ waiver }), strict],
    ['where the baseline holds it', excused({ baseline: 'unchanged' }), strict],
    ['where it is advice', excused({ enforcement: 'advisory' }), strict],
  ])('is open in SARIF %s', (_, one, context) => expect(kindsIn(one, context)).toEqual(new Set(['open'])));

  test('stands at the top of Markdown, not folded away', () => {
    const [top = ''] = renderMarkdown([report], strict).split('<details><summary>Undecided');
    const usual = renderMarkdown([report], plain).split('<details><summary>Undecided')[0] ?? '';
    for (const { id } of open) {
      expect(top).toContain(`· undecided · \`${id}\``);
      expect(usual).not.toContain(id);
    }
    expect(top).not.toContain('**Fix:**');
  });

  test.each([true, false])('is printed in full (quiet: %s)', (quiet) => {
    const text = renderPretty([report], { ...strict, quiet });
    for (const { id, policy } of open) {
      expect(text).toContain(`✗ ${policy} · `);
      expect(text).toContain(id);
    }
    expect(renderPretty([report], { ...plain, quiet })).not.toContain('✗ ');
  });
});
