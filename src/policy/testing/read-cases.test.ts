import { describe, expect, test } from '@jest/globals';
import { parseYaml } from '../loading/parse-yaml.ts';
import { readPolicies } from '../loading/read-policies.ts';
import { subjects } from '../subjects.ts';
import { judgement, list, text, value, vocabulary } from '../vocabulary.ts';
import { readCases } from './read-cases.ts';
import { readSubject } from './read-subject.ts';
import { fieldReader } from './yaml-fields.ts';

const policyText = `
id: proxy-tls
set: own
title: t
subject: proxy
parameters:
  names: { type: list, doc: d, default: [], choices: [a, b] }
  most: { type: number, doc: d, default: 1 }
severity: low
enforcement: advisory
assert: proxy.tlsForIam || proxy.name in params.names || params.most > 1
message: m
remediation: r
why: w
references: [https://example.com]
`;

const [compiled] = readPolicies([{ path: 'policy.yaml', text: policyText }], [], subjects).policies;
if (compiled === undefined) throw new Error('the policy of this test is faulty');

const several = (written: string) => readCases({ path: 'cases.yaml', text: written, holds: 'several' }, compiled);
const one = (written: string) => readCases({ path: 'case.yaml', text: written, holds: 'one' }, compiled);

test('several cases, each with its line', () => {
  const { cases, diagnostics } = several(`cases:
  - name: without TLS
    expect: fail
    address: aws_db_proxy.main
    message: /TLS/i
    subject:
      address: aws_db_proxy.main
      tlsForIam: { holds: false, reason: no TLS }
  - name: unknown-later
    subject: { tlsForIam: unknown }
`);
  expect(diagnostics).toEqual([]);
  expect(cases).toMatchObject([
    {
      name: 'without TLS',
      line: 2,
      outcome: 'fail',
      addresses: ['aws_db_proxy.main'],
      message: '/TLS/i',
      subjects: [
        {
          kind: 'proxy',
          address: 'aws_db_proxy.main',
          attributes: { tlsForIam: { judgement: { holds: false, reason: 'no TLS' } } },
        },
      ],
    },
    { name: 'unknown-later', line: 9, outcome: null, subjects: [{ address: 'proxy' }] },
  ]);
});

test('a case whose input has nothing for the policy', () => {
  expect(one('subjects: none').cases).toMatchObject([{ subjects: null, isWithoutSubjects: true }]);
});

test.each([
  ['subject: []', 'subject has nothing to judge'],
  ['subjects: []', 'subjects can only be none'],
  ['subjects: none\nsubject: { tlsForIam: true }', 'A case with a subject has no subjects: none.'],
  ['subjects: none\nexpect: fail', 'A case with fail has no subjects: none.'],
])('%s', (written, summary) => {
  expect(one(written)).toMatchObject({ cases: [], diagnostics: [{ summary: expect.stringContaining(summary) }] });
});

test('one case that stands beside a plan', () => {
  expect(one('address: [a, b]\nsource: .\ncontext: network.json').cases).toMatchObject([
    { name: null, addresses: ['a', 'b'], source: '.', context: ['network.json'], subjects: null },
  ]);
});

test('users that are declared', () => {
  expect(one('users: [{ name: app, method: iam }, { name: b, database: x.y, method: password }]').cases).toMatchObject([
    {
      users: [
        { name: 'app', database: null, method: 'iam' },
        { name: 'b', database: 'x.y', method: 'password' },
      ],
    },
  ]);
});

describe('faults, each with its place', () => {
  test.each([
    ['not YAML', 'cases: [', /^1:9 This is not YAML/],
    ['no list', 'cases: 1', /^1:8 cases must be a list of cases/],
    ['nothing', '', /^1:1 This file must be a mapping/],
    ['no list of users', 'cases:\n  - { name: a, users: app }', /^2:23 users must be a list of users/],
    ['a user without a name', 'cases:\n  - { name: a, users: [{ method: iam }] }', /^2:24 A user has a name/],
    [
      'a method there is not',
      'cases:\n  - { name: a, users: [{ name: b, method: x }] }',
      /^2:43 method of a user must be/,
    ],
    [
      'users beside a subject',
      'cases:\n  - { name: a, subject: {}, users: [] }',
      /^2:29 A case with a subject has no users/,
    ],
    ['an unknown key', 'cases:\n  - name: a\n    expct: fail', /^3:5 Unknown key expct; did you mean expect\?$/],
    [
      'an unknown outcome',
      'cases:\n  - name: a\n    expect: fial',
      /^3:13 expect must be one of .*did you mean fail\?$/,
    ],
    ['no name', 'cases:\n  - expect: fail', /^2:5 name is missing/],
    ['a name twice', 'cases:\n  - { name: a }\n  - { name: a }', /^3:5 There is already a case a/],
    [
      'an unknown attribute',
      'cases:\n  - name: a\n    subject: { tlsForIAm: true }',
      /^3:16 The subject has no attribute tlsForIAm; did you mean tlsForIam\?$/,
    ],
    [
      'a judgement that is none',
      'cases:\n  - name: a\n    subject: { tlsForIam: yes }',
      /^3:27 tlsForIam is a judgement/,
    ],
    [
      'a judgement with a strange key',
      'cases:\n  - name: a\n    subject: { tlsForIam: { holds: true, resaon: x } }',
      /^3:27 tlsForIam is a judgement/,
    ],
    ['a text that is none', 'cases:\n  - name: a\n    subject: { name: 1 }', /^3:22 name must be text/],
    [
      'a subject that is none',
      'cases:\n  - name: a\n    subject: x',
      /^3:14 The subject of the case must be a mapping/,
    ],
    ['a message that is none', 'cases:\n  - name: a\n    message: 1', /^3:14 message must be text/],
    ['a broken expression', 'cases:\n  - name: a\n    message: /(/', /^3:14 message is no valid regular expression/],
    [
      'a finding of what passes',
      'cases:\n  - name: a\n    expect: pass\n    message: x',
      /^4:5 What passes has no finding, and so no message/,
    ],
    [
      'a subject and a plan',
      'cases:\n  - name: a\n    plan: x\n    subject: {}',
      /^3:5 A case with a subject has no plan/,
    ],
  ])('%s', (_, written, said) => {
    const { cases, diagnostics } = several(written);
    expect(cases.filter(({ name }) => name !== 'a')).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['case-invalid']);
    const [{ origin, summary } = { origin: undefined, summary: '' }] = diagnostics;
    expect(`${origin?.line}:${origin?.column} ${summary}`).toMatch(said);
    expect(origin?.file).toBe('cases.yaml');
  });
});

test('values of parameters', () => {
  const { cases, diagnostics } = one('parameters: { names: [a, b], most: 2 }');
  expect(diagnostics).toEqual([]);
  expect(cases).toMatchObject([{ parameters: { names: ['a', 'b'], most: 2 } }]);
});

describe('attributes of a subject', () => {
  const kinds = vocabulary({
    engine: value('string', 'd'),
    port: value('number', 'd'),
    flag: value('boolean', 'd'),
    auth: list(vocabulary({ ready: judgement('d'), user: text('d') }), 'd'),
  });
  const read = (written: string) => {
    const reader = fieldReader();
    const subject = readSubject(parseYaml(written).document.contents, 'proxy', kinds, reader);
    return { attributes: subject?.attributes, faults: reader.faults.map(({ summary }) => summary) };
  };

  test.each([
    ['engine: mysql', 'engine', { kind: 'known', value: 'mysql' }],
    ['engine: unknown', 'engine', { kind: 'unknown' }],
    ['engine: { value: unknown }', 'engine', { kind: 'known', value: 'unknown' }],
    ['engine: null', 'engine', { kind: 'absent' }],
    ['port: 3306', 'port', { kind: 'known', value: 3306 }],
    ['port: unknown', 'port', { kind: 'unknown' }],
    ['flag: false', 'flag', { kind: 'known', value: false }],
  ])('%s', (written, name, expected) => {
    const { attributes, faults } = read(written);
    expect(faults).toEqual([]);
    expect(attributes?.[name]).toMatchObject({ kind: 'value', value: expected });
  });

  test.each([
    ['port: "3306"', 'port must be a number, unknown, or null where it is not set.'],
    ['engine: 1', 'engine must be a string, unknown, or null where it is not set.'],
    ['flag: { value: 1 }', 'flag must be a boolean, unknown, or null where it is not set.'],
    ['auth: 1', 'auth must be a list, or { items: […], complete: false }.'],
    ['auth: { items: [], complete: 1 }', 'auth must be a list, or { items: […], complete: false }.'],
    ['auth: [1]', 'An item of auth must be a mapping of keys to values.'],
    ['auth: [{ redy: true }]', 'The subject has no attribute redy; did you mean ready?'],
  ])('%s is refused', (written, summary) => {
    expect(read(written).faults).toEqual([summary]);
  });

  test.each([
    ['auth: [{ ready: true }, { ready: unknown }]', true, [true, 'unknown']],
    ['auth: { items: [{ ready: false }], complete: false }', false, [false]],
  ])('%s', (written, complete, holds) => {
    expect(read(written)).toMatchObject({
      faults: [],
      attributes: {
        auth: { kind: 'list', complete, items: holds.map((ready) => ({ ready: { judgement: { holds: ready } } })) },
      },
    });
  });
});
