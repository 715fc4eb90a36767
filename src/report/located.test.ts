import { expect, test } from '@jest/globals';
import type { Report } from '../model/report.ts';
import { renderAzureDevops } from './azuredevops.ts';
import type { ReportContext } from './context.ts';
import { renderGithub } from './github.ts';
import { renderGitlabCodequality } from './gitlab-codequality.ts';
import { plain, report } from './report.test-support.ts';
import { renderSarif } from './sarif.ts';

const spellings = ['/srv/work/live/plan.json', '../live/plan.json', 'plan.json'];
const context: ReportContext = {
  ...plain,
  inRepository: (path) => (spellings.includes(path) ? 'live/plan.json' : path),
};
const typed = (path: string): Report => ({
  ...report,
  input: report.input.map((input) => (input.role === 'judged' ? { ...input, path } : input)),
  diagnostics: report.diagnostics.map((diagnostic) => ({ ...diagnostic, origin: { file: path } })),
});
// The closing line names the plan as it was typed: it is for the one who did.
const withoutClosing = (text: string): string => text.replace(/^rds-auth-policy: .*$/m, '');

test.each([
  ['sarif', renderSarif, '"uri": "live/plan.json"'],
  ['github', renderGithub, 'file=live/plan.json'],
  ['gitlab-codequality', renderGitlabCodequality, '"path": "live/plan.json"'],
  ['azuredevops', renderAzureDevops, 'sourcepath=live/plan.json'],
])('%s has the same places however the plan was typed', (_, render, place) => {
  const [first = '', ...others] = spellings.map((path) => withoutClosing(render([typed(path)], context)));
  expect(first).toContain(place);
  for (const other of others) expect(other).toBe(first);
});

test('the category of code scanning is the folder in the repository', () => {
  const ids = spellings.map((path) => JSON.parse(renderSarif([typed(path)], context)).runs[0].automationDetails.id);
  expect(new Set(ids)).toEqual(new Set(['rds-auth-policy/live/']));
});
