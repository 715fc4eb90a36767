import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Finding } from './model/finding.ts';
import { builtinPolicies } from './policy/builtin.generated.ts';
import { checkCase } from './testing/check-case.ts';
import { checkFile } from './testing/check-file.ts';

type Showing = {
  readonly policy: string;
  readonly has: Readonly<Record<string, string | readonly string[]>>;
  readonly hasNot: readonly string[];
  readonly undecided?: readonly string[];
};

/** A mistake by its id: shown by cases of policies, or with the reason why no policy speaks of it. */
type Row = { readonly id: string; readonly says: string } & (
  | (Showing & { readonly also?: Showing })
  | { readonly why: string }
);

const rows: readonly Row[] = parse(readFileSync('testdata/catalogue.yaml', 'utf8'));

const showingsOf = (row: Row): readonly Showing[] =>
  'why' in row ? [] : [row, row.also].filter((showing) => showing !== undefined);

const shown = rows.flatMap((row) => showingsOf(row).map((showing) => ({ id: row.id, says: row.says, ...showing })));

/** Rows by letter, A01 to A13 and so on. */
const sizes = { A: 13, B: 22, C: 10, D: 15, E: 12, F: 7 };

const ids = Object.entries(sizes).flatMap(([letter, size]) =>
  Array.from({ length: size }, (_, index) => `${letter}${String(index + 1).padStart(2, '0')}`),
);

const setOf = new Map(builtinPolicies.map(({ policy }) => [policy.id, policy.set]));

const findingsOf = (policy: string, name: string): readonly Finding[] =>
  checkCase(`policies/${setOf.get(policy)}/${policy}/cases/${name}`).findings.filter(
    (finding) => finding.policy === policy,
  );

const told = ({ outcome, enforcement, address }: Finding): string =>
  [outcome, enforcement === 'advisory' ? 'advisory' : [], address].flat().join(' ');

test('every id stands in the table once', () => {
  expect(rows.map(({ id }) => id)).toEqual(ids);
});

test('every row has a plan that shows it and one that does not, or says why not', () => {
  const bare = shown.filter(({ has, hasNot }) => Object.keys(has).length === 0 || hasNot.length === 0);
  expect(bare).toEqual([]);
  const silent = rows.filter((row) => ('why' in row ? row.why.length < 10 : showingsOf(row).length === 0));
  expect(silent).toEqual([]);
});

describe('a plan that has the mistake', () => {
  const cases = shown.flatMap(({ id, says, policy, has }) =>
    Object.entries(has).map(([name, at]) => [id, says, policy, name, [at].flat()] as const),
  );

  test.each(cases)('%s, %s: %s says so of %s', (_, __, policy, name, addresses) => {
    expect(findingsOf(policy, name).map(told)).toEqual(addresses.map((address) => `fail ${address}`));
  });
});

describe('a plan that has it not', () => {
  const cases = shown.flatMap(({ id, says, policy, hasNot }) =>
    hasNot.map((name) => [id, says, policy, name] as const),
  );

  test.each(cases)('%s, %s: %s says nothing of %s', (_, __, policy, name) => {
    expect(findingsOf(policy, name)).toEqual([]);
  });
});

describe('a plan of which AWS says both', () => {
  const cases = shown.flatMap(({ id, policy, undecided = [] }) => undecided.map((name) => [id, policy, name] as const));

  test.each(cases)('%s: %s does not decide %s', (_, policy, name) => {
    expect(findingsOf(policy, name).map(({ outcome }) => outcome)).toEqual(['unknown']);
  });
});

/** Policies of which the table has no row. */
const withoutRow = new Map([
  ['client-network-blocked', 'the leg from the client to the endpoint, of which the list has only the port, D04'],
  ['proxy-iam-without-client', 'nothing is wrong with it where somebody is granted the login elsewhere'],
  ['secret-not-rotated', 'a login works with an old password, too'],
  ['proxy-tls-not-required', 'a login works without TLS, too'],
  ['database-iam-auth-disabled', 'no login is wrong for want of it'],
  ['database-public-with-password', 'no login is wrong because of it'],
  ['database-tls-not-enforced', 'no login is wrong for want of it'],
  ['password-in-configuration', 'where a password stands is nothing that a login hangs on'],
  ['proxy-bypassed', 'the login beside the proxy works'],
]);

test('aliases of policies are the rows that name them, and every policy has one or a reason', () => {
  const claimed = builtinPolicies.flatMap(({ policy }) =>
    (policy.aliases ?? []).filter((alias) => /^[A-F]\d\d$/.test(alias)).map((alias) => `${alias} ${policy.id}`),
  );
  expect(claimed.toSorted()).toEqual(shown.map(({ id, policy }) => `${id} ${policy}`).toSorted());
  const about = builtinPolicies.filter(({ policy }) => policy.subject !== 'waiver' && policy.set !== 'organization');
  const rowless = about.filter(({ policy }) => !shown.some((showing) => showing.policy === policy.id));
  expect(rowless.map(({ policy }) => policy.id).toSorted()).toEqual([...withoutRow.keys()].toSorted());
});

test('the list of mistakes in docs/facts.md names each with the policies that speak of it', () => {
  const [, list = ''] = readFileSync('docs/facts.md', 'utf8').split('## Mistakes by id');
  const lines = [...list.matchAll(/^\| ([A-F]\d\d(?:, [A-F]\d\d)*) \|[^|]*\|([^|]*)\|/gm)];
  const listed = lines.flatMap(([, names = '', policies = '']) =>
    names.split(', ').flatMap((id) => [...policies.matchAll(/`([^`]+)`/g)].map(([, policy]) => `${id} ${policy}`)),
  );
  expect(listed.toSorted()).toEqual(shown.map(({ id, policy }) => `${id} ${policy}`).toSorted());
});

test.each([
  ['fail-mysql', 'unusable'],
  ['fail-postgresql', 'open'],
])('E06, %s: the login by IAM is %s', (name, cell) => {
  const { matrix, connections } = checkFile(`policies/reachability/iam-auth-with-kerberos/cases/${name}/plan.json`);
  expect(matrix.map(({ paths }) => paths['iam-rds'])).toEqual([cell]);
  expect(connections.map(({ verdict }) => verdict)).not.toContain('unreachable');
});
