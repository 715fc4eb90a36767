import { describe, expect, test } from '@jest/globals';
import type { Guide } from '../../model/guide.ts';
import type { Report } from '../../model/report.ts';
import { plain, report } from '../report.test-support.ts';
import { type Question, answer } from './find.ts';
import { explainInWords } from './index.ts';

const guideOf = (connection: string): Guide => ({
  connection,
  dialect: 'mysql',
  host: { kind: 'not-in-view' },
  port: { kind: 'known', text: '3306' },
  region: { kind: 'not-in-view' },
  trust: 'amazon-roots',
  secret: null,
  facts: [
    { kind: 'custom-dns', addresses: ['aws_route53_record.db'] },
    { kind: 'few-addresses', addresses: ['aws_subnet.a'] },
    { kind: 'global-secondary', addresses: ['aws_rds_cluster.away'] },
    { kind: 'master-secret-rotates', addresses: ['aws_db_instance.main'] },
    { kind: 'other-vpc', addresses: ['aws_lambda_function.app'] },
    { kind: 'proxy-endpoint', addresses: ['aws_db_proxy_endpoint.reader'] },
    { kind: 'small-class', addresses: ['aws_db_instance.tiny'] },
  ],
});

const withIds = (connections: readonly string[], finding = 'ffff000011112222'): Question['plans'][number] => {
  const made: Report = {
    ...report,
    connections: connections.flatMap((id) => report.connections.slice(0, 1).map((one) => ({ ...one, id }))),
    findings: report.findings.slice(1, 2).map((one) => ({ ...one, id: finding.slice(0, 10), fingerprint: finding })),
  };
  return { report: made, guides: connections.map(guideOf) };
};

const ask = (subject: string, ...plans: Question['plans']) => answer({ subject, policies: [], plans });

describe('beginnings of ids', () => {
  const plan = withIds(['abcd1111', 'abcd2222', '12345678'], 'abcd3333ffffffff');

  test.each(['1234', '12345678', '123456'])('%s is enough', (subject) => {
    expect(ask(subject, plan)).toMatchObject({ ok: true, explanations: [{ connection: { id: '12345678' } }] });
  });

  test.each(['abcd3', 'abcd3333ff', 'abcd3333ffffffff'])('%s is the finding', (subject) => {
    expect(ask(subject, plan)).toMatchObject({ ok: true, explanations: [{ kind: 'finding' }] });
  });

  test('of several', () => {
    const answered = ask('abcd', plan);
    expect(answered).toMatchObject({ ok: false, summary: 'The id abcd is the beginning of 3.' });
    expect(answered).toMatchObject({ detail: expect.stringContaining('abcd2222  connection, iam-proxy-rds') });
    expect(answered).toMatchObject({ detail: expect.stringContaining('abcd3333ff  finding, connect-arn') });
  });

  test.each(['123', 'xyz1'])('%s is none', (subject) => expect(ask(subject, plan).ok).toBe(false));

  test('many connections are not all listed', () => {
    const ids = Array.from({ length: 20 }, (_, index) => `${10_000_000 + index}`);
    expect(ask('ffff', withIds(ids, '0'))).toMatchObject({
      detail: expect.stringContaining('and 8 more, in the report'),
    });
  });

  test('a plan without any says so', () => {
    expect(ask('ffff', withIds([], '0'))).toMatchObject({ detail: 'The plan has no connection.' });
  });
});

describe('in words', () => {
  const words = (subject: string, plan: Question['plans'][number], changed: Partial<typeof plain> = {}): string => {
    const explained = explainInWords({ subject, policies: [], plans: [plan] }, { ...plain, ...changed });
    return explained.ok ? explained.text : '';
  };

  test('every fact has its sentence', () => {
    const text = words('12345678', withIds(['12345678']));
    const facts = text.slice(text.indexOf('Good to know'), text.indexOf('Pages')).replaceAll(/\s+/g, ' ');
    for (const { addresses } of guideOf('').facts) expect(facts).toContain(addresses[0]);
    for (const word of ['own name', '110', 'READ_ONLY', '7 days', 'own VPC', 'host name', '1000 MiB']) {
      expect(facts).toContain(word);
    }
  });

  test('names of the plan cannot move the cursor', () => {
    const plan = withIds(['12345678']);
    const [connection] = plan.report.connections;
    if (connection === undefined) throw new Error('There is no connection');
    const evil = { ...connection, user: 'a\u001b[2J\nb' };
    const text = words('12345678', { ...plan, report: { ...plan.report, connections: [evil] } });
    expect(text).toContain('\\u001b[2J\\nb');
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\nb');
  });

  test('colour adds nothing but colour', () => {
    const plan = withIds(['12345678']);
    const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9]+m`, 'g');
    const coloured = words('12345678', plan, { color: true });
    expect(coloured).toContain('\u001b[');
    expect(coloured.replaceAll(colours, '')).toBe(words('12345678', plan));
  });
});
