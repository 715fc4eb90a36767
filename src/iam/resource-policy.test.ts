import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { IamPolicyDocument } from '../model/iam.ts';
import { type Tri, known, unknown } from '../model/value.ts';
import { type IamRequest, evaluate, isAllowed } from './evaluate.ts';
import { opaqueDocument, parseDocument } from './parse-document.ts';
import type { ContextKey } from './request-context.ts';
import {
  type Caller,
  type IdentityStand,
  areTwoAccounts,
  askResourcePolicy,
  decideKey,
  decideResource,
  defaultKeyPolicy,
  grantCovers,
} from './resource-policy.ts';
import { some } from './tri.ts';

const origin = { address: 'aws_secretsmanager_secret.app', path: 'policy' };

type Grant = { readonly grantee: string; readonly operations: readonly string[] };

type Row = {
  readonly name: string;
  readonly source: string;
  /** `arn` and `account` are null where nothing states them. */
  readonly role: { readonly arn: string | null; readonly name: string; readonly account: string | null };
  readonly identity: readonly unknown[];
  readonly boundary: unknown;
  readonly action: string;
  /** The ARN of a secret or of a key; the account in it is left out where nothing states it. */
  readonly resource: string;
  /** The policy of the secret or key; null where it has none, which for a key is the default one. */
  readonly policy: unknown;
  readonly grants: readonly Grant[];
  readonly keys: Readonly<Record<string, string>>;
  readonly allowed: Tri;
};

const rows: readonly Row[] = JSON.parse(readFileSync('testdata/iam/resource-decisions.json', 'utf8'));

const parsed = (document: unknown): IamPolicyDocument =>
  parseDocument(JSON.stringify(document), origin) ?? opaqueDocument(origin);

const requestOf = ({ action, resource, keys }: Row): IamRequest => {
  const [, partition, service = '', region, account, ...rest] = resource.split(':');
  return {
    action,
    resource: {
      arn: { partition, service, region, account: account || undefined, resource: [rest.join(':')] },
      relation: () => 'unknown',
    },
    context: (key): ContextKey => {
      const value = keys[key];
      if (value === undefined) return 'unknown';
      return value === 'absent' ? 'absent' : { value };
    },
  };
};

const callerOf = ({ role, boundary }: Row): Caller => ({
  arn: role.arn ?? undefined,
  name: role.name,
  account: role.account ?? undefined,
  bounded: boundary !== null,
  refersTo: () => 'unknown',
});

const identityOf = ({ identity, boundary }: Row, request: IamRequest): IdentityStand => {
  const decision = evaluate(identity.map(parsed), request);
  return {
    granted: decision.allow,
    deny: decision.deny,
    boundary: boundary === null ? true : isAllowed(evaluate([parsed(boundary)], request)),
  };
};

const grantsOf = ({ grants, role }: Row): Tri =>
  some(
    grants.map(({ grantee, operations }) => {
      const items = operations.map((operation) => known(operation, origin));
      return grantCovers(grantee === role.arn, { items, complete: true, origin }, 'Decrypt');
    }),
  );

const decide = (row: Row): Tri => {
  const request = requestOf(row);
  const identity = identityOf(row, request);
  const across = areTwoAccounts(row.role.account ?? undefined, request.resource.arn.account);
  const documents = row.policy === null ? [] : [parsed(row.policy)];
  const answer = askResourcePolicy(documents, callerOf(row), request);
  return row.action === 'kms:Decrypt'
    ? decideKey(identity, row.policy === null ? defaultKeyPolicy(across) : answer, grantsOf(row), across)
    : decideResource(identity, answer, across);
};

describe('the decision table of secrets and keys', () => {
  test.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    expect(decide(row)).toBe(row.allowed);
  });

  test('every row rests on a page of AWS, and has a name of its own', () => {
    expect(rows.filter(({ source }) => !source.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });
});

describe('a principal that is known after apply', () => {
  const request: IamRequest = {
    action: 'kms:Decrypt',
    resource: { arn: { service: 'kms', resource: ['key/1'] }, relation: () => 'itself' },
    context: () => 'unknown',
  };
  const refersTo: Caller['refersTo'] = (id) => {
    const [reference] = id.kind === 'unknown' ? id.references : [];
    if (reference === undefined) return 'unknown';
    return reference.resource === 'aws_iam_role.proxy';
  };
  const caller: Caller = { arn: undefined, name: 'proxy', account: undefined, bounded: false, refersTo };
  const ask = (effect: 'Allow' | 'Deny', ...resources: readonly string[]): readonly Tri[] => {
    const references = resources.map((resource) => ({ resource, path: 'arn' }));
    const all = { negated: false, patterns: [known('*', origin)], complete: true };
    const document: IamPolicyDocument = {
      ...opaqueDocument(origin),
      complete: true,
      statements: [
        {
          sid: null,
          effect: known(effect, origin),
          actions: all,
          resources: all,
          principals: { negated: false, entries: [{ type: 'AWS', id: unknown(origin, references) }] },
          conditions: [],
          origin,
        },
      ],
    };
    const { byName, byAnyone, byAccount, deny } = askResourcePolicy([document], caller, request);
    return [byName, byAnyone, byAccount, deny];
  };

  test.each<[string, readonly Tri[], readonly Tri[]]>([
    ['the role', ask('Allow', 'aws_iam_role.proxy'), [true, false, false, false]],
    ['another role, which is no account either', ask('Allow', 'aws_iam_role.other'), [false, false, false, false]],
    ['nobody can say', ask('Allow'), ['unknown', false, 'unknown', false]],
    ['a Deny of the role', ask('Deny', 'aws_iam_role.proxy'), [false, false, false, true]],
    ['a Deny of nobody knows whom', ask('Deny'), [false, false, false, 'unknown']],
  ])('%s', (_, answer, expected) => expect(answer).toEqual(expected));

  test('a policy that nobody can read may say anything', () => {
    const { byName, byAnyone, byAccount, deny } = askResourcePolicy([opaqueDocument(origin)], caller, request);
    expect([byName, byAnyone, byAccount, deny]).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  });

  test.each([
    ['123456789012', false],
    [undefined, true],
  ])('of the account %s that the policy leaves access to nothing is assumed: %s', (account, assumed) => {
    const root = { AWS: 'arn:aws:iam::123456789012:root' };
    const policy = parsed({ Statement: { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' } });
    const answer = askResourcePolicy([policy], { ...caller, account }, request);
    expect([answer.byAccount, answer.accountAssumed]).toEqual([true, assumed]);
  });
});

test('a Deny for all but some denies whoever has a boundary, which may not be known yet', () => {
  const denies = (bounded: Tri): Tri => {
    const NotPrincipal = { AWS: ['arn:aws:iam::123456789012:role/proxy', '123456789012'] };
    const policy = parsed({ Statement: { Effect: 'Deny', NotPrincipal, Action: '*', Resource: '*' } });
    const caller = { arn: undefined, name: 'proxy', account: '123456789012', bounded, refersTo: () => false } as const;
    const resource: IamRequest['resource'] = { arn: { service: 'kms', resource: ['key/1'] }, relation: () => 'other' };
    const request: IamRequest = { action: 'kms:Decrypt', resource, context: () => 'absent' };
    return askResourcePolicy([policy], caller, request).deny;
  };
  expect([denies(true), denies('unknown'), denies(false)]).toEqual([true, 'unknown', false]);
});

test('a grant counts when one of its operations may be the one', () => {
  const operations = (complete: boolean, ...items: readonly (string | null)[]): Parameters<typeof grantCovers>[1] => ({
    items: items.map((item) => (item === null ? unknown(origin) : known(item, origin))),
    complete,
    origin,
  });
  const answers = [
    grantCovers(true, operations(true, 'Encrypt', null), 'Decrypt'),
    grantCovers(true, operations(false), 'Decrypt'),
    grantCovers(true, operations(true, null, 'Decrypt'), 'Decrypt'),
    grantCovers('unknown', operations(true, 'Decrypt'), 'Decrypt'),
    grantCovers(false, operations(false), 'Decrypt'),
  ];
  expect(answers).toEqual(['unknown', 'unknown', true, 'unknown', false]);
});
