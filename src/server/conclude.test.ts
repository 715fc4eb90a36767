import { describe, expect, test } from '@jest/globals';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { checkFile } from '../testing/check-file.ts';
import { conclude, withoutReport } from './conclude.ts';

const broken = checkFile('examples/orders/plan.json');
const url = 'https://rds.example.com/reports/x';

describe('a report', () => {
  test('that fails has its counts as message, then what has to be mended', () => {
    const { status, message } = conclude(broken, ['A note.'], url);
    expect(status).toBe('failed');
    expect(message).toBe(
      [
        'This plan adds 3 ways in: 2 work, 1 cannot. 8 findings, 1 mandatory; 1 check undecided. A note.',
        'Cannot log in: aws_iam_role.service → aws_db_proxy.orders → aws_db_instance.orders, user orders_app (iam-proxy-rds): grant.',
        'aws_iam_role_policy.service_connect: names the name of aws_db_proxy.orders; IAM compares its resource id (prx-…).',
      ].join(' '),
    );
  });

  test('that was made with its configuration names file and line', () => {
    const [finding] = broken.findings.filter(({ enforcement }) => enforcement === 'mandatory');
    const origins = finding?.origins.map((origin) => ({ ...origin, file: 'infra/main.tf', line: 197 })) ?? [];
    const report = { ...broken, findings: [{ ...(finding as Finding), origins }] };
    expect(conclude(report, [], url).message).toContain(
      ' aws_iam_role_policy.service_connect (infra/main.tf:197): names the name of aws_db_proxy.orders;',
    );
  });

  test('says no more than there is room for, and never half a sentence', () => {
    const [first] = broken.findings.filter(({ enforcement }) => enforcement === 'mandatory');
    const findings = Array.from({ length: 40 }, (_, index) => ({
      ...(first as Finding),
      address: `aws_iam_role_policy.app_${index}`,
    }));
    const { message } = conclude({ ...broken, findings }, [], url);
    expect(message.length).toBeLessThan(1000);
    expect(message).toMatch(/\(prx-…\)\. And 3\d more\.$/);
  });

  test('has what is undecided and fails for want of an answer', () => {
    const findings = broken.findings.slice(0, 1).map((finding) => ({
      ...finding,
      outcome: 'unknown' as const,
      enforcement: 'mandatory' as const,
      message: 'Nobody knows.',
    }));
    expect(conclude({ ...broken, findings }, [], url).message).toMatch(/: Nobody knows\.$/);
  });

  test('of a plan whose configuration is another one says so, and has its warnings as outcomes', () => {
    const diagnostics: readonly Diagnostic[] = [
      { severity: 'warning', code: 'source-differs', summary: 'The configuration is not the one.' },
      { severity: 'warning', code: 'variable-without-value', summary: 'A variable has no value.' },
    ];
    const { message, outcomes } = conclude({ ...broken, verdict: 'pass', diagnostics }, [], url);
    expect(message).toMatch(/ The configuration is not the one\.$/);
    expect(outcomes.slice(-2).map(({ description, tags }) => [description, tags['Status']?.label])).toEqual([
      ['The configuration is not the one.', 'Warning'],
      ['A variable has no value.', 'Warning'],
    ]);
  });

  test('has no heading without a text below it', () => {
    const [first] = broken.findings;
    const findings = [{ ...(first as Finding), outcome: 'unknown' as const, remediation: '' }];
    const [outcome] = conclude({ ...broken, findings, connections: [] }, [], url).outcomes;
    expect(outcome?.body).not.toContain('If so');
  });

  test('that passes names nothing to mend', () => {
    expect(conclude({ ...broken, verdict: 'pass' }, [], url).message).not.toMatch(/Cannot log in|names the name/);
  });

  test('has ways that are undecided counted once', () => {
    const connections = { reachable: 1, unreachable: 0, unknown: 2 };
    const report = { ...broken, summary: { ...broken.summary, connections } };
    expect(conclude(report, [], url).message).toContain(' 2 are undecided. 8 findings');
  });

  test('has as outcomes who cannot log in, then its findings, the worst first', () => {
    const { outcomes } = conclude(broken, [], url);
    const way = broken.connections.find(({ verdict }) => verdict === 'unreachable');
    const finding = broken.findings.find(({ enforcement }) => enforcement === 'mandatory');
    expect(outcomes.map(({ id }) => id).slice(0, 2)).toEqual([`way-in-${way?.id}`, 'connect-arn-not-resource-id']);
    expect(outcomes).toHaveLength(broken.findings.length + 1);
    expect(outcomes.slice(0, 2).map((outcome) => outcome.url)).toEqual([
      `${url}#connection-${way?.id}`,
      `${url}#finding-${finding?.id}`,
    ]);
  });

  test('says of a way in that cannot work at which leg, and what mends it', () => {
    const [{ description, body, tags } = { description: '', body: '', tags: {} }] = conclude(broken, [], url).outcomes;
    expect(description).toBe(
      'aws_iam_role.service → aws_db_proxy.orders → aws_db_instance.orders, user orders_app (iam-proxy-rds) cannot log in: grant: names the name of aws_db_proxy.orders; IAM compares its resource id (prx-…)',
    );
    expect(body).toMatch(/^\| grant \| ✗ \*\*broken\*\* \|/m);
    expect(body).toMatch(/^\| tls \| ✓ ok \|/m);
    expect(body).toMatch(/\*\*Fix:\*\* In the statement of[\s\S]*```hcl\n"arn:aws:rds-db:/);
    expect(tags).toEqual({ Status: { label: 'Cannot log in', level: 'error' } });
  });

  test('leaves room for findings beside many ways in', () => {
    const connections = Array.from({ length: 300 }, () =>
      broken.connections.find((way) => way.verdict === 'unreachable'),
    );
    const { outcomes } = conclude({ ...broken, connections } as Report, [], url);
    expect([outcomes.length, outcomes.findIndex(({ id }) => id === 'connect-arn-not-resource-id')]).toEqual([309, 100]);
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
    const report = { ...broken, connections: [], findings: [{ ...(first as Finding), ...changed }] };
    expect(conclude(report, [], url).outcomes[0]?.tags['Status']?.label).toBe(label);
  });

  test('leaves out what is waived', () => {
    const waiver = { reason: 'r', until: '2099-01-01' } as unknown as Finding['waiver'];
    const report = { ...broken, findings: broken.findings.map((finding) => ({ ...finding, waiver })) };
    const { outcomes } = conclude({ ...report, verdict: 'pass' }, [], url);
    expect(outcomes.map(({ tags }) => tags)).toEqual([{ Status: { label: 'Cannot log in', level: 'warning' } }]);
  });

  const withError = (error: Partial<Diagnostic>): Report => ({
    ...broken,
    verdict: 'error',
    findings: [],
    connections: [],
    changes: [],
    matrix: [],
    diagnostics: [{ severity: 'error', code: 'source-unparsable', summary: 'Invalid multi-line string.', ...error }],
  });

  test.each<Diagnostic['code']>(['source-unparsable', 'configuration-invalid'])(
    'of an error fails, and says where it is: %s',
    (code) => {
      const report = withError({ code, origin: { file: 'infra/main.tf', line: 2, column: 11 } });
      const { status, message, outcomes } = conclude(report, ['The plan was judged without it.'], url);
      expect(status).toBe('failed');
      // It was not judged at all.
      expect(message).toBe('The question could not be answered. infra/main.tf:2: Invalid multi-line string.');
      expect(outcomes).toEqual([
        {
          id: code,
          description: 'infra/main.tf:2: Invalid multi-line string.',
          body: 'Invalid multi-line string.\n\n`infra/main.tf:2`',
          url,
          tags: { Status: { label: 'Error', level: 'error' } },
        },
      ]);
    },
  );

  test('keeps notes where something was judged beside an error', () => {
    const report = { ...withError({ code: 'policy-crashed' }), findings: broken.findings };
    expect(conclude(report, ['A note.'], url).message).toMatch(/A note\./);
  });

  test.each<[Diagnostic['code'], string, RegExp]>([
    [
      'input-unsupported',
      'plan.json',
      /HCP Terraform sent something that is no plan.*tell whoever keeps this run task/,
    ],
    ['input-empty', 'plan.json', /HCP Terraform sent/],
    ['plan-malformed', 'plan.json', /HCP Terraform sent/],
    ['input-too-large', 'plan.json', /terraform show/],
    ['input-not-found', 'rules.yaml', /terraform show/],
  ])('gives advice that can be followed here: %s of %s', (code, file, advice) => {
    const report = withError({
      code,
      summary: 'This is no plan.',
      detail: 'Type:\n  terraform show',
      origin: { file },
    });
    const { message, outcomes } = conclude(report, [], url);
    expect(outcomes[0]?.body).toMatch(advice);
    expect(outcomes[0]?.description).toBe(`${file === 'plan.json' ? 'The plan' : file}: This is no plan.`);
    expect(message).not.toContain('plan.json');
  });

  test('cannot make markup of the names in it', () => {
    const [first] = broken.findings;
    const name = '](https://evil.example) <script> @everyone \u001b[31m';
    const report = {
      ...broken,
      connections: [],
      findings: [{ ...(first as Finding), address: name, message: `${name} is wrong`, origins: [] }],
    };
    const { body = '', description = '' } = conclude(report, [], url).outcomes[0] ?? {};
    expect(body.replace(/`[^`\n]*`/g, '')).not.toMatch(/evil|<script|@everyone/);
    expect(body + description).not.toContain('\u001b');
  });

  test('nor of those in a way in', () => {
    const name = '](https://evil.example) <script> @everyone \u001b[31m | x';
    const connections = broken.connections
      .filter(({ verdict }) => verdict === 'unreachable')
      .map((way) => ({ ...way, principal: name, user: name, legs: way.legs.map((leg) => ({ ...leg, reason: name })) }));
    const { body = '', description = '' } =
      conclude({ ...broken, findings: [], connections }, [], url).outcomes[0] ?? {};
    expect(body.replace(/`[^`\n]*`|<code>.*?<\/code>/g, '')).not.toMatch(/evil|<script|@everyone/);
    expect(body + description).not.toContain('\u001b');
  });
});

test('without a report there is a failure', () => {
  expect(withoutReport('No.')).toEqual({ status: 'failed', message: 'No.', outcomes: [] });
});
