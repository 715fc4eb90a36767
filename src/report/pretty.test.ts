import { describe, expect, test } from '@jest/globals';
import type { Change } from '../model/connection.ts';
import type { Report } from '../model/report.ts';
import type { ReportContext } from './context.ts';
import { expectGolden } from './golden.test-support.ts';
import { renderPretty } from './pretty.ts';
import { change, empty, named, passing, plain, report } from './report.test-support.ts';

const render = (changed: Partial<ReportContext> = {}, ...reports: readonly Report[]): string =>
  renderPretty(reports.length === 0 ? [report] : reports, { ...plain, ...changed });

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9]+m`, 'g');

const withoutColours = (text: string): string => text.replaceAll(colours, '');

describe('the whole text', () => {
  test.each<[string, Partial<ReportContext>]>([
    ['pretty-80', {}],
    ['pretty-160', { width: 160 }],
    ['pretty-80-ascii', { unicode: false }],
    ['pretty-80-verbose', { verbose: true }],
    ['pretty-80-quiet', { quiet: true }],
    ['pretty-80-colour', { color: true }],
  ])('%s', (name, changed) => expectGolden(`${name}.txt`, render(changed)));

  test('colour adds nothing but colour', () => {
    expect(withoutColours(render({ color: true }))).toBe(render());
  });

  test('several plans, one after the other', () => {
    expect(render({}, passing, empty)).toBe(`${render({}, passing)}\n${render({}, empty)}\n2 plans: all pass.\n`);
    expect(render({}, passing, report)).toMatch(/\n\n2 plans: 1 passes\.\nFAIL {2}plan\.json\n$/);
  });
});

describe('width', () => {
  test.each([60, 80, 120])('%d columns hold every line of prose', (width) => {
    const long = render({ width })
      .split('\n')
      .filter((line) => line.length > width);
    expect(long.filter((line) => !/arn:aws:rds-db|\(network\.json\)|\(main\.tf:88\)/.test(line))).toEqual([]);
  });

  test('addresses stay whole, also where their keys hold blanks', () => {
    expect(render({ width: 40 })).toContain('module.network["a b"].aws_security_group.database.ingress (network.json)');
  });
});

test('ways in that are broken alike have their legs said once', () => {
  const [broken] = report.connections as [Report['connections'][number]];
  const others = ['aws_iam_role.b', 'aws_iam_role.c'].map((principal) => ({ ...broken, id: principal, principal }));
  const apart = { ...broken, id: 'apart', principal: 'aws_iam_role.d', legs: broken.legs.slice(0, -1) };
  const legsIn = (shown: string): number => shown.match(/^ {4}. secret /gmu)?.length ?? 0;
  const text = render({}, { ...report, connections: [broken, ...others] });
  expect(legsIn(text)).toBe(1);
  for (const name of ['aws_iam_role.b', 'aws_iam_role.c']) expect(text).toMatch(new RegExp(`^✗ ${name}\\b`, 'm'));
  expect(legsIn(render({}, { ...report, connections: [broken, ...others, apart] }))).toBe(2);
});

describe('the sentence below the verdict', () => {
  const counts = (reachable: number, unreachable: number, unknown: number): Report['summary'] => ({
    ...report.summary,
    connections: { reachable, unreachable, unknown },
  });
  const mandatory = report.findings.slice(1, 2);
  const state: Report['input'] = report.input.map((input) => ({ ...input, kind: 'state-json' }));
  const breaks = change('breaks', 'reachable', 'unreachable');
  const heals = change('heals', 'unreachable', 'reachable');
  const goes = change('goes', 'reachable', null);
  const [works, fails, open] = (['reachable', 'unreachable', 'unknown'] as const).map((verdict) =>
    change('appears', null, verdict),
  ) as [Change, Change, Change];
  /** As many ways in as there are changes: all is new. */
  const first = (...changes: readonly Change[]): Partial<Report> => ({
    changes,
    connections: changes.flatMap(() => passing.connections),
    summary: counts(
      ...((['reachable', 'unreachable', 'unknown'] as const).map(
        (verdict) => changes.filter(({ after }) => after === verdict).length,
      ) as [number, number, number]),
    ),
  });

  test.each<[string, Partial<Report>]>([
    ['All 3 ways in work.', { input: state, summary: counts(3, 0, 0) }],
    ['The one way in works.', { input: state, summary: counts(1, 0, 0) }],
    ['No way in is meant to be used.', { summary: counts(0, 0, 0), connections: [] }],
    ['Nothing is broken; 1 of 3 ways in is undecided.', { input: state, summary: counts(2, 0, 1) }],
    ['Nothing is broken; 2 of 3 ways in are undecided.', { input: state, summary: counts(1, 0, 2) }],
    ['1 of 1 way in cannot work.', { input: state, verdict: 'fail', summary: counts(0, 1, 0) }],
    ['1 mandatory check fails.', { input: state, verdict: 'fail', summary: counts(1, 0, 0), findings: mandatory }],
    [
      'Nothing is broken, but mandatory checks are undecided, and that was not to pass.',
      { input: state, verdict: 'fail', summary: counts(1, 0, 0) },
    ],
    ['This plan changes no way in. All 3 ways in work.', { summary: counts(3, 0, 0) }],
    ['This plan changes no way in. 1 of 2 ways in cannot work.', { verdict: 'fail', summary: counts(1, 1, 0) }],
    ['This plan breaks 1 way in.', { verdict: 'fail', summary: counts(1, 1, 0), changes: [breaks] }],
    [
      'This plan breaks 1 way in. 2 of 3 ways in cannot work.',
      { verdict: 'fail', summary: counts(1, 2, 0), changes: [breaks] },
    ],
    [
      'This plan breaks 1 way in, removes 1, heals 2, adds 3 (1 of them cannot work).',
      { summary: counts(5, 2, 1), changes: [heals, breaks, works, fails, open, goes, heals] },
    ],
    [
      'This plan makes 1 way in undecided, settles 2. Nothing is broken; 1 of 3 ways in is undecided.',
      {
        summary: counts(2, 0, 1),
        changes: [
          change('undecided', 'reachable', 'unknown'),
          ...[1, 2].map(() => change('decided', 'unknown', 'reachable')),
        ],
      },
    ],
    ['This plan heals 2 ways in. All 3 ways in work.', { summary: counts(3, 0, 0), changes: [heals, heals] }],
    ['This plan adds 1 way in, which works.', first(works)],
    ['This plan adds 2 ways in, which all work.', first(works, works)],
    ['This plan adds 1 way in, which cannot work.', first(fails)],
    ['This plan adds 2 ways in, none of which can work.', first(fails, fails)],
    ['This plan adds 1 way in, which is undecided.', first(open)],
    ['This plan adds 2 ways in, which are all undecided.', first(open, open)],
    ['This plan adds 4 ways in: 2 work, 1 cannot, 1 undecided.', first(works, fails, open, works)],
    [
      'This plan adds 1 way in, which works. But 1 mandatory check fails.',
      { ...first(works), verdict: 'fail', findings: mandatory },
    ],
    ['This plan removes 1 way in. None is left.', { summary: counts(0, 0, 0), connections: [], changes: [goes] }],
    ['Not all that was asked could be judged: see the errors.', { verdict: 'error' }],
    [
      'This plan breaks 1 way in. Not all that was asked could be judged: see the errors.',
      { verdict: 'error', changes: [breaks] },
    ],
    ['The question could not be answered.', { verdict: 'error', connections: [], findings: [], matrix: [] }],
  ])('%s', (sentence, changed) => {
    const [said] = (render({ width: 200 }, { ...passing, ...changed }).split('\n\n')[1] ?? '').split('\n');
    expect(said).toBe(sentence);
  });
});

describe('the list of changes', () => {
  const many = (kind: Change['kind'], count: number): readonly Change[] =>
    Array.from({ length: count }, (_, index) => ({
      ...change(kind, 'reachable', 'unreachable'),
      user: `${kind}${index}`,
    }));
  const lines = (changed: Partial<ReportContext>, changes: readonly Change[]): readonly string[] =>
    (render({ width: 200, ...changed }, { ...passing, changes }).split('\n\n')[1] ?? '').split('\n').slice(1);

  test('is left out where all is new', () => {
    expect(lines({}, [change('appears', null, 'reachable')])).toEqual([]);
  });

  test('is cut, and what is new first', () => {
    const shown = lines({}, [...many('breaks', 12), ...many('appears', 7)]);
    expect(shown.filter((line) => line.includes('breaks'))).toHaveLength(10);
    expect(shown.filter((line) => line.includes('adds'))).toHaveLength(5);
    expect(shown.at(-1)).toBe('  and 4 more; --verbose shows all');
    expect(lines({ verbose: true }, [...many('breaks', 12), ...many('appears', 7)])).toHaveLength(19);
  });
});

test('a plan that destroys all is not empty', () => {
  const text = render({}, { ...empty, changes: [change('goes', 'reachable', null)] });
  expect(text).toMatch(/^PASS .*\n\nThis plan removes 1 way in\. None is left\.\n {2}! removes /);
});

test('a plan without database and proxy is one line', () => {
  expect(render({}, empty)).toBe('PASS  plan.json: no database and no proxy, so nothing to check.\n');
});

test('of such a plan too it is said by which configuration', () => {
  const configuration = { path: 'rds-auth-policy.yaml', hash: `sha256:${'0123456789abcdef'.repeat(4)}` };
  expect(render({}, { ...empty, configuration }).replaceAll(/\s+/g, ' ')).toMatch(
    /so nothing to check\. rds-auth-policy\.yaml \(sha256:0123456789ab\) $/,
  );
});

test('a warning is said even then', () => {
  expect(render({}, { ...empty, diagnostics: report.diagnostics })).toMatch(/^PASS .*\n\nwarning: plan\.json: /);
});

test('names cannot move the cursor, recolour, reorder or add lines', () => {
  const evil = 'a\u001b[2J\u009b1m\u202e\r\nPASS';
  const text = render({}, named(evil));
  expect(text).not.toMatch(/(?!\n)\p{Cc}|\u202e|^PASS/mu);
  expect(text).toContain('a\\u001b[2J\\u009b1m\\u202e\\u000d\\nPASS');
});
