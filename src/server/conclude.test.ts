import { describe, expect, test } from '@jest/globals';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { checkFile } from '../testing/check-file.ts';
import { conclude, withoutReport } from './conclude.ts';

const broken = checkFile('examples/orders/plan.json');
const url = 'https://rds.example.com/reports/x';

describe('a report', () => {
  test('that fails has its counts as message, and its findings as outcomes, the worst first', () => {
    const { status, message, outcomes } = conclude(broken, ['A note.'], url);
    expect(status).toBe('failed');
    expect(message).toMatch(/1 cannot\..*1 mandatory.*A note\.$/);
    expect(outcomes.map(({ id }) => id)[0]).toBe('connect-arn-not-resource-id');
    expect(outcomes).toHaveLength(broken.findings.length);
    expect(outcomes[0]?.url).toBe(
      `${url}#finding-${broken.findings.find(({ enforcement }) => enforcement === 'mandatory')?.id}`,
    );
  });

  test('without an address for people has none', () => {
    const result = conclude(broken, [], undefined);
    expect([result, ...result.outcomes].filter((part) => 'url' in part)).toEqual([]);
  });

  test.each<[string, Partial<Finding>, string]>([
    ['fails', { enforcement: 'mandatory', outcome: 'fail' }, 'Failed'],
    ['advises', { enforcement: 'advisory', outcome: 'fail' }, 'Advice'],
    ['is undecided', { enforcement: 'mandatory', outcome: 'unknown' }, 'Undecided'],
  ])('has for what %s a status', (_, changed, label) => {
    const [first] = broken.findings;
    const report = { ...broken, findings: [{ ...(first as Finding), ...changed }] };
    expect(conclude(report, [], url).outcomes[0]?.tags['Status']?.label).toBe(label);
  });

  test('leaves out what is waived', () => {
    const waiver = { reason: 'r', until: '2099-01-01' } as unknown as Finding['waiver'];
    const report = { ...broken, findings: broken.findings.map((finding) => ({ ...finding, waiver })) };
    expect(conclude(report, [], url).outcomes).toEqual([]);
  });

  test('of an error fails, and says first what is wrong', () => {
    const error: Diagnostic = {
      severity: 'error',
      code: 'input-unsupported',
      summary: 'This is a state file.',
      detail: 'Type:\n  terraform show -json > state.json',
      origin: { file: 'plan.json' },
    };
    const report: Report = { ...broken, verdict: 'error', diagnostics: [error] };
    const { status, message, outcomes } = conclude(report, [], url);
    expect([status, outcomes[0]?.id, outcomes[0]?.tags['Status']?.label]).toEqual([
      'failed',
      'input-unsupported',
      'Error',
    ]);
    expect(message).toContain('This is a state file.');
    expect(outcomes[0]?.body).toContain('```sh\nterraform show -json > state.json\n```');
  });

  test('cannot make markup of the names in it', () => {
    const [first] = broken.findings;
    const name = '](https://evil.example) <script> @everyone \u001b[31m';
    const report = {
      ...broken,
      findings: [{ ...(first as Finding), address: name, message: `${name} is wrong`, origins: [] }],
    };
    const { body = '', description = '' } = conclude(report, [], url).outcomes[0] ?? {};
    expect(body.replace(/`[^`\n]*`/g, '')).not.toMatch(/evil|<script|@everyone/);
    expect(body + description).not.toContain('\u001b');
  });
});

test('without a report there is a failure', () => {
  expect(withoutReport('No.')).toEqual({ status: 'failed', message: 'No.', outcomes: [] });
});
