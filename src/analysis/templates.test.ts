import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { adaptGraph, adaptedTypes } from '../adapters/index.ts';
import type { AuthModel, PolicyCarrier } from '../model/auth-model.ts';
import type { Connection, Leg } from '../model/connection.ts';
import type { IamStatement } from '../model/iam.ts';
import { type Reference, type TemplatePart, type Value, known, unknown } from '../model/value.ts';
import { buildGraph } from '../terraform/build-graph.ts';
import { detectDocument } from '../terraform/plan/detect.ts';
import { analyse } from './analyse.ts';
import { strayGrants } from './stray-grants.ts';

const path = 'testdata/scenarios/standard-postgres-jsonencode-flat/plan.json';
const detected = detectDocument(readFileSync(path, 'utf8'), path);
if (!detected.ok) throw new Error(path);
const plan = adaptGraph(buildGraph([{ ...detected.document, index: 0 }], adaptedTypes)).model;

const origin = {
  address: 'aws_iam_role_policy.orders_connect',
  path: 'policy',
  file: 'main.tf',
  line: 103,
  column: 20,
};
const at = (resource: string, attribute: string): Reference => ({ resource, path: attribute });
const computed = (...references: readonly Reference[]): TemplatePart => ({ computed: true, references, trailEnds: [] });
const lost: TemplatePart = { computed: true, references: [], trailEnds: ['var.x'] };

const template = (...parts: readonly TemplatePart[]): Value<string> => {
  const references = parts.flatMap((part) => {
    if (typeof part === 'string') return [];
    return 'computed' in part ? part.references : [part];
  });
  const trailEnds = parts.flatMap((part) => (typeof part === 'object' && 'computed' in part ? part.trailEnds : []));
  return { ...unknown(origin, references, trailEnds), template: parts };
};

const statement = (action: string, resource: Value<string>, more: Partial<IamStatement> = {}): IamStatement => ({
  sid: null,
  effect: known('Allow', origin),
  actions: { negated: false, patterns: [known(action, origin)], complete: true },
  resources: { negated: false, patterns: [resource], complete: true },
  principals: null,
  conditions: [],
  origin,
  ...more,
});

/** The model as it is where the source says what the policies hold. */
const withPolicies = (
  policies: { readonly [address: string]: readonly IamStatement[] },
  model: AuthModel = plan,
): AuthModel => ({
  ...model,
  policyCarriers: model.policyCarriers.map((carrier): PolicyCarrier => {
    const statements = policies[carrier.address];
    return statements === undefined
      ? carrier
      : { ...carrier, document: { statements, complete: true, references: [], trailEnds: [], origin } };
  }),
});

const connect = (resource: Value<string>): readonly IamStatement[] => [statement('rds-db:connect', resource)];
const read = (resource: Value<string>): readonly IamStatement[] => [
  statement('secretsmanager:GetSecretValue', resource),
];

const proxyArn = at('aws_db_proxy.main', 'arn');
const proxyId = at('aws_db_proxy.main', 'arn[6]');
const databaseId = at('aws_db_instance.main', 'resource_id');
const secretArn = at('aws_secretsmanager_secret.app', 'arn');
const partition = at('data.aws_partition.current', 'partition');
const region = at('data.aws_region.current', 'region');
const account = at('data.aws_caller_identity.current', 'account_id');
const head = 'arn:aws:rds-db:us-east-1:123456789012:dbuser:';

const good = {
  'aws_iam_role_policy.orders_connect': connect(template(head, proxyId, '/app')),
  'aws_iam_role_policy.proxy_secrets': read(template(secretArn)),
  'aws_iam_role_policy.reporting_connect': connect(template(head, databaseId, '/reporting')),
};

const legOf = (connection: Connection | undefined, name: Leg['leg']): Leg | undefined =>
  connection?.legs.find(({ leg }) => leg === name);

const throughProxy = (model: AuthModel): Connection | undefined => {
  const found = analyse(model).connections.filter(
    (one) => one.path === 'iam-proxy-rds' && one.principal === 'aws_iam_role.orders',
  );
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0];
};

test('what the source says decides the connection, and nothing is used whole', () => {
  const found = throughProxy(withPolicies(good));
  expect([found?.verdict, found?.user]).toEqual(['reachable', 'app']);
  expect(found?.assumptions.filter((one) => one.startsWith('reference used whole'))).toEqual([]);
  expect(legOf(found, 'grant')?.origin).toMatchObject({ file: 'main.tf', line: 103, column: 20 });
});

type Row = readonly [title: string, resource: Value<string>, user: string | null, status: string, reason: string];

/** The same value as the plan alone has it. */
const bare = (value: Value<string>): Value<string> =>
  value.kind === 'unknown' ? unknown(value.origin, value.references, value.trailEnds) : value;

/** What is decided without the template stays so, save where a reference was used whole. */
const expectNoTurn = (before: Connection | undefined, after: Connection | undefined): void => {
  if (before === undefined || before.verdict === 'unknown') return;
  if (before.assumptions.some((one) => one.startsWith('reference used whole'))) return;
  expect(after?.verdict).toBe(before.verdict);
};

describe('what a grant names', () => {
  const assumed = `the account of aws_db_proxy.main is assumed to be 123456789012`;
  test.each<Row>([
    ['the id that an idiom cuts out of the ARN', template(head, proxyId, '/app'), 'app', 'assumed', assumed],
    [
      'all from data sources',
      template('arn:', partition, ':rds-db:', region, ':', account, ':dbuser:', proxyId, '/app'),
      'app',
      'assumed',
      'the region of aws_db_proxy.main, us-east-1, is assumed to be that of data.aws_region.current',
    ],
    [
      "the proxy's own fields",
      template(
        'arn:',
        at('aws_db_proxy.main', 'arn[1]'),
        ':rds-db:',
        at('aws_db_proxy.main', 'arn[3]'),
        ':',
        at('aws_db_proxy.main', 'arn[4]'),
        ':dbuser:',
        proxyId,
        '/app',
      ),
      'app',
      'ok',
      'aws_iam_role_policy.orders_connect allows rds-db:connect as app',
    ],
    [
      'a region that nobody knows',
      template('arn:aws:rds-db:', lost, ':123456789012:dbuser:', proxyId, '/app'),
      'app',
      'unknown',
      'which region the resource names is known after apply',
    ],
    [
      'a region from another attribute',
      template('arn:aws:rds-db:', at('aws_x.y', 'place'), ':123456789012:dbuser:', proxyId, '/app'),
      'app',
      'unknown',
      'which region the resource names is known after apply',
    ],
    [
      'a beginning that nobody knows',
      template(lost, ':dbuser:', proxyId, '/app'),
      'app',
      'unknown',
      'which service, partition, region and account the resource names is known after apply',
    ],
    [
      'another region',
      template('arn:aws:rds-db:eu-west-1:', account, ':dbuser:', proxyId, '/app'),
      'app',
      'broken',
      'names the region eu-west-1, not us-east-1, where aws_db_proxy.main is',
    ],
    [
      'the ARN in place of the id',
      template(head, proxyArn, '/app'),
      'app',
      'broken',
      'names the ARN of aws_db_proxy.main; IAM compares its resource id (prx-…)',
    ],
    [
      'the name',
      template(head, at('aws_db_proxy.main', 'name'), '/app'),
      'app',
      'broken',
      'names the name of aws_db_proxy.main; IAM compares its resource id (prx-…)',
    ],
    [
      'the id with more before it',
      template(`${head}prx-`, proxyId, '/app'),
      'app',
      'broken',
      'names the resource id, with more around it, of aws_db_proxy.main; IAM compares its resource id (prx-…)',
    ],
    ['the id and a *', template(head, proxyId, '*/app'), 'app', 'assumed', assumed],
    [
      'something computed from the ARN',
      template(`${head}prx-`, computed(proxyArn), '/app'),
      'app',
      'unknown',
      'refers to the ARN of aws_db_proxy.main; whether its resource id (prx-…) comes out is known after apply',
    ],
    [
      'something computed from the id',
      template(head, computed(proxyId), '/app'),
      'app',
      'unknown',
      'is computed from the resource id of aws_db_proxy.main; what comes out is known after apply',
    ],
    [
      'a user that is known after apply',
      template(head, proxyId, '/', at('random_pet.user', 'id')),
      null,
      'unknown',
      'which user aws_iam_role_policy.orders_connect names is known after apply',
    ],
    [
      'the ARN in place of the whole',
      template(proxyArn),
      null,
      'broken',
      'names the ARN of aws_db_proxy.main; IAM compares its resource id (prx-…)',
    ],
    [
      'the id in place of the whole',
      template(proxyId),
      null,
      'broken',
      'is the resource id of aws_db_proxy.main alone; IAM compares an ARN of rds-db',
    ],
    ['every user', template(head, proxyId, '/*'), 'app', 'assumed', assumed],
  ])('%s', (_, resource, user, status, reason) => {
    const found = throughProxy(withPolicies({ ...good, 'aws_iam_role_policy.orders_connect': connect(resource) }));
    const leg = legOf(found, 'grant');
    expect([found?.user, leg?.status]).toEqual([user, status]);
    expect([leg?.reason, ...(found?.assumptions ?? [])]).toContain(reason);
    expectNoTurn(
      throughProxy(withPolicies({ ...good, 'aws_iam_role_policy.orders_connect': connect(bare(resource)) })),
      found,
    );
  });

  test('a database that is named by the identifier at the end of its ARN', () => {
    const resource = template(head, at('aws_db_instance.main', 'arn[6]'), '/reporting');
    const model = withPolicies({ ...good, 'aws_iam_role_policy.reporting_connect': connect(resource) });
    const found = analyse(model).connections.find(({ path: route }) => route === 'iam-rds');
    expect(legOf(found, 'grant')).toMatchObject({
      status: 'broken',
      reason: 'names the identifier (the end of its ARN) of aws_db_instance.main; IAM compares its resource id (db-…)',
    });
  });
});

describe('grants of which the source tells no endpoint', () => {
  const strays = (resource: Value<string>): readonly (string | undefined)[] =>
    strayGrants(
      analyse(withPolicies({ ...good, 'aws_iam_role_policy.orders_connect': connect(resource) })).context,
    ).map(({ summary }) => /after apply|not in view/.exec(summary)?.[0]);
  test.each<[string, Value<string>, readonly string[]]>([
    ['one in view', template(head, proxyId, '/app'), []],
    ['a literal id', template('arn:aws:rds-db:', region, ':', account, ':dbuser:db-ABC/app'), ['not in view']],
    ['an id that nobody knows', template(head, lost, '/app'), ['after apply']],
    ['an attribute of something else', template(at('aws_x.y', 'arn')), ['after apply']],
  ])('%s', (_, resource, expected) => expect(strays(resource)).toEqual(expected));
});

describe('a Deny whose resource is a template', () => {
  const deny = (resource: Value<string>): Connection | undefined =>
    throughProxy(
      withPolicies({
        ...good,
        'aws_iam_role_policy.orders_connect': [
          ...connect(template(head, proxyId, '/app')),
          statement('rds-db:connect', resource, { effect: known('Deny', origin) }),
        ],
      }),
    );
  test.each<[string, Value<string>, string]>([
    ['the same', template(head, proxyId, '/app'), 'unreachable'],
    ['every user', template('arn:*:rds-db:*:*:dbuser:', proxyId, '/*'), 'unreachable'],
    ['another user', template(head, proxyId, '/other'), 'reachable'],
    ['another proxy', template(head, at('aws_db_proxy.other', 'arn[6]'), '/app'), 'reachable'],
    ['the database', template(head, databaseId, '/app'), 'reachable'],
    ['a user that nobody knows', template(head, proxyId, '/', lost), 'unknown'],
    ['an id that nobody knows', template(head, lost, '/app'), 'unknown'],
    ['an id that nobody knows, for another user', template(head, lost, '/other'), 'reachable'],
    ['the ARN in place of the id, in an account that nothing states', template(head, proxyArn, '/app'), 'unknown'],
    ['every id, and a user that nobody knows', template('arn:aws:rds-db:*:*:dbuser:*/', lost), 'unknown'],
  ])('%s', (_, resource, verdict) => {
    expect(deny(resource)?.verdict).toBe(verdict);
    expectNoTurn(deny(bare(resource)), deny(resource));
  });
});

/** The secret has a name that is known after apply. */
const unnamed: AuthModel = {
  ...plan,
  secrets: plan.secrets.map((secret) => ({
    ...secret,
    name: { ...unknown(origin, [at(secret.id, 'name')]), template: [at(secret.id, 'name')] },
  })),
};

describe('whether the proxy may read its secret', () => {
  const name = at('aws_secretsmanager_secret.app', 'name');
  const other = at('aws_secretsmanager_secret.other', 'arn');
  test.each<[string, Value<string>, string]>([
    ['its ARN', template(secretArn), 'ok'],
    ['its ARN and a *', template(secretArn, '*'), 'ok'],
    ['its ARN and more, which its name may hold', template(secretArn, '-??????'), 'unknown'],
    ['the ARN of another', template(other), 'broken'],
    ['the ARN of another and a *', template(other, '*'), 'broken'],
    ['its name and a *', template('arn:aws:secretsmanager:*:*:secret:', name, '-*'), 'ok'],
    ['its name and six characters', template('arn:aws:secretsmanager:*:*:secret:', name, '-??????'), 'ok'],
    ['its name alone', template('arn:aws:secretsmanager:*:*:secret:', name), 'unknown'],
    ['the end of its ARN', template('arn:aws:secretsmanager:*:*:secret:', at(secretArn.resource, 'arn[6]')), 'ok'],
    [
      'a place from data sources',
      template('arn:', partition, ':secretsmanager:', region, ':', account, ':secret:', name, '-*'),
      'assumed',
    ],
    ['another region', template('arn:aws:secretsmanager:eu-west-1:', account, ':secret:', name, '-*'), 'broken'],
    ['another service', template('arn:aws:ssm:', region, ':', account, ':secret:', name, '-*'), 'broken'],
    [
      'a place that nobody knows',
      template('arn:aws:secretsmanager:', lost, ':', account, ':secret:', name, '-*'),
      'unknown',
    ],
    ['something computed', template(computed(secretArn)), 'unknown'],
    ['a text that nobody knows', template(lost), 'unknown'],
  ])('%s', (_, resource, status) => {
    const model = withPolicies({ ...good, 'aws_iam_role_policy.proxy_secrets': read(resource) }, unnamed);
    const found = throughProxy(model);
    expect(legOf(found, 'proxy-role')?.status).toBe(status);
    const field = 'the account, region and partition that the policy names are those of the resource';
    expect(found?.assumptions.includes(field)).toBe(status === 'assumed');
    const plain = { ...good, 'aws_iam_role_policy.proxy_secrets': read(bare(resource)) };
    expectNoTurn(throughProxy(withPolicies(plain, unnamed)), found);
    expect(found?.assumptions.filter((one) => one.startsWith('reference used whole'))).toEqual([]);
  });

  test.each<[string, Value<string>, string]>([
    ['its ARN', template(secretArn), 'ok'],
    ['its ARN and more', template(secretArn, '-??????'), 'broken'],
    ['another name', template('arn:aws:secretsmanager:', region, ':', account, ':secret:orders/other-*'), 'broken'],
    ['the beginning of its name', template('arn:aws:secretsmanager:us-east-1:', account, ':secret:orders/*'), 'ok'],
  ])('with a name that is known: %s', (_, resource, status) => {
    const model = withPolicies({ ...good, 'aws_iam_role_policy.proxy_secrets': read(resource) });
    expect(legOf(throughProxy(model), 'proxy-role')?.status).toBe(status);
  });

  test('a reference of which the plan tells no more is used whole', () => {
    const resource = unknown(origin, [secretArn]);
    const found = throughProxy(withPolicies({ ...good, 'aws_iam_role_policy.proxy_secrets': read(resource) }));
    expect(found?.assumptions.filter((one) => one.startsWith('reference used whole'))).toHaveLength(1);
  });
});

describe("whom the secret's own policy allows", () => {
  const role = at('aws_iam_role.proxy', 'arn');
  const allowed = (id: Value<string>): string | undefined => {
    const document = {
      statements: [
        statement('secretsmanager:GetSecretValue', known('*', origin), {
          principals: { negated: false, entries: [{ type: 'AWS', id }] },
        }),
      ],
      complete: true,
      references: [],
      trailEnds: [],
      origin,
    };
    const model = withPolicies({ ...good, 'aws_iam_role_policy.proxy_secrets': [] });
    const secrets = model.secrets.map((secret) => ({ ...secret, resourcePolicy: document }));
    return legOf(throughProxy({ ...model, secrets }), 'proxy-role')?.status;
  };
  test.each<[string, Value<string>, string]>([
    ['the role', template(role), 'ok'],
    ['the role by its name', template('arn:aws:iam::', account, ':role/proxy'), 'ok'],
    [
      'the role by its name, as an attribute',
      template('arn:', partition, ':iam::', account, ':role/', at('aws_iam_role.proxy', 'name')),
      'ok',
    ],
    ['another role by its name', template('arn:aws:iam::', account, ':role/other'), 'broken'],
    ['another role', template(at('aws_iam_role.other', 'arn')), 'broken'],
    [
      'the account, which leaves it to policies that do not allow it',
      template('arn:aws:iam::', account, ':root'),
      'broken',
    ],
    ['someone whom nobody knows', template('arn:aws:iam::', account, ':role/', lost), 'unknown'],
  ])('%s', (_, id, status) => expect(allowed(id)).toBe(status));
});

describe('joins by the end of an ARN', () => {
  const verdict = (roleArn: Value<string>): string | undefined => {
    const model = withPolicies(good);
    return legOf(
      throughProxy({ ...model, proxies: model.proxies.map((proxy) => ({ ...proxy, roleArn })) }),
      'proxy-role',
    )?.status;
  };
  test.each<[string, Value<string>, string]>([
    ['the ARN', template(at('aws_iam_role.proxy', 'arn')), 'ok'],
    ['a name behind an account that nobody states', template('arn:aws:iam::', account, ':role/proxy'), 'ok'],
    [
      'a name that is an attribute',
      template('arn:aws:iam::', account, ':role/', at('aws_iam_role.proxy', 'name')),
      'ok',
    ],
    ['a name that nobody knows', template('arn:aws:iam::', account, ':role/', lost), 'unknown'],
    ['a partition that nobody states', template('arn:', partition, ':iam::123456789012:role/elsewhere'), 'assumed'],
  ])('%s', (_, roleArn, status) => expect(verdict(roleArn)).toBe(status));
});
