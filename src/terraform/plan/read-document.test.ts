import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { adaptedTypes } from '../../adapters/index.ts';
import { buildGraph } from '../build-graph.ts';
import type { GraphDocument } from '../graph.ts';
import { type JsonObject, arrayAt, objectAt } from '../json.ts';
import { type DocumentInput, readDocument } from './read-document.ts';

const inputAt = (path: string, index = 0): DocumentInput => {
  const kind = path.endsWith('state.json') ? 'state-json' : 'plan-json';
  return { path, kind, json: JSON.parse(readFileSync(`testdata/${path}`, 'utf8')), index };
};

const readAt = (path: string): GraphDocument => readDocument(inputAt(path), adaptedTypes);

/** `action address`, and `bare` where the configuration section holds no node. */
const summary = (document: GraphDocument): readonly string[] =>
  [...document.instances.values()]
    .flat()
    .map(({ action, address, config }) => `${action} ${address}${config === null ? ' bare' : ''}`)
    .sort();

describe('plans of every kind', () => {
  test.each<[path: string, ...lines: string[]]>([
    ['lifecycle/special/deleted/plan.json', 'no-op aws_db_instance.main'],
    [
      'lifecycle/special/deposed/plan.json',
      'no-op aws_db_instance.main',
      'no-op aws_db_proxy.main',
      'no-op aws_db_proxy_target.main',
    ],
    ['lifecycle/special/destroyed/plan.json'],
    [
      'lifecycle/special/forgotten/plan.json',
      'forget aws_db_proxy.main bare',
      'forget aws_db_proxy_target.main bare',
      'no-op aws_db_instance.main',
    ],
    [
      'lifecycle/special/imported/plan.json',
      'create aws_db_proxy_target.main',
      'replace aws_db_instance.main',
      'replace aws_db_proxy.main',
      'update aws_secretsmanager_secret.app',
    ],
    [
      'lifecycle/special/moved/plan.json',
      'no-op aws_db_proxy.by_name["orders"]',
      'no-op aws_db_proxy_target.by_name["orders"]',
      'no-op module.database.aws_db_instance.this',
    ],
    [
      'lifecycle/special/refresh-only/plan.json',
      'state aws_db_instance.main',
      'state aws_db_proxy.main',
      'state aws_db_proxy_target.main',
      'state aws_iam_role.proxy',
      'state aws_iam_role_policy.proxy_secrets',
      'state aws_secretsmanager_secret.app',
      'state aws_secretsmanager_secret_version.app',
      'state data.aws_iam_policy_document.proxy_secrets',
    ],
    [
      'lifecycle/special/replaced-before-destroyed/plan.json',
      'no-op aws_db_instance.main',
      'replace aws_db_proxy.main',
      'replace aws_db_proxy_target.main',
    ],
    [
      'lifecycle/special/deferred-data-sources/plan.json',
      'create aws_db_proxy.new',
      'create aws_db_proxy_target.main',
      'create aws_iam_role.orders',
      'create aws_iam_role.proxy',
      'create aws_iam_role_policy.orders_connect',
      'create aws_iam_role_policy.proxy_secrets',
      'read data.aws_db_proxy.main',
      'read data.aws_iam_policy_document.orders_connect',
      'read data.aws_iam_policy_document.proxy_secrets',
      'read data.aws_iam_policy_document.trust',
      'read data.aws_rds_cluster.main',
      'read data.aws_secretsmanager_secret.app',
    ],
    [
      'adapters/targeted/plan.json',
      'no-op aws_iam_role.proxy',
      'state aws_db_instance.outside[0]',
      'state aws_db_instance.outside[1]',
      'state data.aws_db_instance.outside',
      'state module.outside.aws_db_instance.this',
      'update aws_db_proxy.main',
    ],
    [
      'lifecycle/end-to-end-modules/state.json',
      'state aws_iam_role.client[0] bare',
      'state aws_iam_role.client[1] bare',
      'state aws_iam_role_policy.connect[0] bare',
      'state aws_iam_role_policy.connect[1] bare',
      'state aws_rds_cluster.main bare',
      'state aws_rds_cluster_instance.main[0] bare',
      'state aws_rds_cluster_instance.main[1] bare',
      'state module.proxy["batch"].aws_db_proxy.main bare',
      'state module.proxy["batch"].aws_db_proxy_default_target_group.main bare',
      'state module.proxy["batch"].aws_db_proxy_target.main bare',
      'state module.proxy["batch"].aws_iam_role.main bare',
      'state module.proxy["batch"].aws_iam_role_policy.connect bare',
      'state module.proxy["web"].aws_db_proxy.main bare',
      'state module.proxy["web"].aws_db_proxy_default_target_group.main bare',
      'state module.proxy["web"].aws_db_proxy_target.main bare',
      'state module.proxy["web"].aws_iam_role.main bare',
      'state module.proxy["web"].aws_iam_role_policy.connect bare',
    ],
    [
      'lifecycle/end-to-end-modules/noop-plan.json',
      'no-op aws_iam_role.client[0]',
      'no-op aws_iam_role.client[1]',
      'no-op aws_iam_role_policy.connect[0]',
      'no-op aws_iam_role_policy.connect[1]',
      'no-op aws_rds_cluster.main',
      'no-op aws_rds_cluster_instance.main[0]',
      'no-op aws_rds_cluster_instance.main[1]',
      'no-op module.proxy["batch"].aws_db_proxy.main',
      'no-op module.proxy["batch"].aws_db_proxy_default_target_group.main',
      'no-op module.proxy["batch"].aws_db_proxy_target.main',
      'no-op module.proxy["batch"].aws_iam_role.main',
      'no-op module.proxy["batch"].aws_iam_role_policy.connect',
      'no-op module.proxy["web"].aws_db_proxy.main',
      'no-op module.proxy["web"].aws_db_proxy_default_target_group.main',
      'no-op module.proxy["web"].aws_db_proxy_target.main',
      'no-op module.proxy["web"].aws_iam_role.main',
      'no-op module.proxy["web"].aws_iam_role_policy.connect',
    ],
    [
      'lifecycle/end-to-end-modules/update-plan.json',
      'no-op aws_iam_role.client[0]',
      'no-op aws_iam_role.client[1]',
      'no-op aws_iam_role_policy.connect[0]',
      'no-op aws_iam_role_policy.connect[1]',
      'no-op aws_rds_cluster_instance.main[0]',
      'no-op aws_rds_cluster_instance.main[1]',
      'no-op module.proxy["batch"].aws_db_proxy.main',
      'no-op module.proxy["batch"].aws_db_proxy_default_target_group.main',
      'no-op module.proxy["batch"].aws_db_proxy_target.main',
      'no-op module.proxy["batch"].aws_iam_role.main',
      'no-op module.proxy["batch"].aws_iam_role_policy.connect',
      'no-op module.proxy["web"].aws_db_proxy.main',
      'no-op module.proxy["web"].aws_db_proxy_default_target_group.main',
      'no-op module.proxy["web"].aws_db_proxy_target.main',
      'no-op module.proxy["web"].aws_iam_role.main',
      'no-op module.proxy["web"].aws_iam_role_policy.connect',
      'update aws_rds_cluster.main',
    ],
    ['lifecycle/special/nothing-of-rds/plan.json', 'create aws_iam_role.orders', 'create aws_iam_role_policy.exports'],
  ])('%s', (path, ...lines) => expect(summary(readAt(path))).toEqual(lines));
});

describe('what is kept of a resource', () => {
  const graph = buildGraph(
    [inputAt('adapters/applied/noop-plan.json'), inputAt('adapters/applied/state.json', 1)],
    adaptedTypes,
  );

  test('its place: module, key, configuration and version of the schema', () => {
    const [change] = [...readAt('lifecycle/end-to-end-modules/update-plan.json').instances.values()]
      .flat()
      .filter(({ address }) => address === 'module.proxy["web"].aws_db_proxy.main');
    expect(change?.module).toMatchObject({ path: 'module.proxy["web"]', call: 'proxy', key: 'web' });
    expect(change?.module.parent?.path).toBe('');
    expect([change?.key, change?.mode, change?.type]).toEqual([null, 'managed', 'aws_db_proxy']);
    expect(change?.config?.['address']).toBe('aws_db_proxy.main');
  });

  test('instances by number and by name', () => {
    const keys = (path: string, type: string) =>
      [...readAt(path).instances.values()].flat().flatMap((one) => (one.type === type ? [one.key] : []));
    expect(keys('adapters/targeted/plan.json', 'aws_db_instance')).toEqual([null, 0, 1, null]);
    expect(keys('adapters/references/plan.json', 'aws_kms_key')).toEqual(
      expect.arrayContaining(['${x}', 'a', 'b.c[d]', 0, 1, null]),
    );
  });

  test('a document of the context has names of its own and is not judged', () => {
    const [judged, context] = graph.documents;
    expect([judged?.judged, context?.judged]).toEqual([true, false]);
    expect(graph.ofType('aws_db_proxy').map(({ id, address }) => [id, address])).toEqual([
      ['aws_db_proxy.main', 'aws_db_proxy.main'],
      ['@1/aws_db_proxy.main', 'aws_db_proxy.main'],
    ]);
    expect(graph.byId('@1/aws_db_proxy.main')?.document).toBe(context);
    expect(graph.byId('@2/aws_db_proxy.main')).toBeUndefined();
  });

  test('managed resources and data sources are kept apart', () => {
    const targeted = buildGraph([inputAt('adapters/targeted/plan.json')], adaptedTypes);
    expect(targeted.ofType('aws_db_instance').map(({ mode }) => mode)).toEqual(['managed', 'managed', 'managed']);
    expect(targeted.ofType('aws_db_instance', 'data').map(({ address }) => address)).toEqual([
      'data.aws_db_instance.outside',
    ]);
    expect(targeted.ofType('aws_lambda_function')).toEqual([]);
  });

  test('only what adapters asked for', () => {
    const document = readDocument(inputAt('adapters/applied/noop-plan.json'), new Set(['aws_kms_key']));
    expect(summary(document)).toEqual(['no-op aws_kms_key.default_policy']);
  });

  test.each([
    ['adapters/targeted/plan.json', false],
    ['adapters/applied/noop-plan.json', true],
    ['adapters/applied/state.json', true],
  ])('%s is complete: %s', (path, complete) => expect(readAt(path).complete).toBe(complete));
});

/** Forms that no Terraform at hand writes. */
describe('one change', () => {
  const change = (rest: JsonObject, node: JsonObject = {}): JsonObject => ({
    address: 'aws_db_proxy.main',
    mode: 'managed',
    type: 'aws_db_proxy',
    name: 'main',
    change: rest,
    ...node,
  });

  const kept = (json: JsonObject) =>
    [...readDocument({ path: 'p', kind: 'plan-json', json, index: 0 }, adaptedTypes).instances.values()].flat();

  test.each<[actions: readonly string[], action: string | undefined]>([
    [['no-op'], 'no-op'],
    [['create'], 'create'],
    [['read'], 'read'],
    [['update'], 'update'],
    [['delete'], undefined],
    [['delete', 'create'], 'replace'],
    [['create', 'delete'], 'replace'],
    [['create', 'forget'], 'replace'],
    [['forget'], 'forget'],
    [['invented'], 'no-op'],
  ])('%j: %s', (actions, action) => {
    const [one] = kept({
      resource_changes: [change({ actions, before: { name: 'before' }, after: { name: 'after' } })],
    });
    expect(one?.action).toBe(action);
    expect(one?.values['name']).toBe(action === undefined ? undefined : action === 'forget' ? 'before' : 'after');
  });

  test('Terraform 0.12 to 0.15 says nothing of what is sensitive', () => {
    const resource = {
      ...change({ actions: ['create'], before: null, after: { name: 'x' }, after_unknown: { arn: true } }),
    };
    expect(kept({ format_version: '0.1', resource_changes: [resource] })[0]).toMatchObject({
      values: { name: 'x' },
      unknown: { arn: true },
      sensitive: false,
      config: null,
      schemaVersion: null,
    });
  });

  test('a deferred change is a change of which more is unknown', () => {
    const resource = change({ actions: ['create'], after: { name: 'x' }, after_unknown: { role_arn: true } });
    const found = kept({ deferred_changes: [{ reason: 'instance_count_unknown', resource_change: resource }] });
    expect(found.map(({ action, unknown }) => [action, unknown])).toEqual([['create', { role_arn: true }]]);
  });

  test('a deposed object is not the resource, and does not hide it', () => {
    const old = change({ actions: ['delete'], before: {}, after: null }, { deposed: '4f3a' });
    const prior_state = { values: { root_module: { resources: [{ ...change({}), values: { name: 'x' } }] } } };
    expect(kept({ resource_changes: [old], prior_state }).map(({ action }) => action)).toEqual(['state']);
  });

  test('what is deleted does not come back from the prior state', () => {
    const gone = change({ actions: ['delete'], before: {}, after: null });
    const prior_state = { values: { root_module: { resources: [{ ...change({}), values: {} }] } } };
    expect(kept({ resource_changes: [gone], prior_state })).toEqual([]);
  });

  test('a deposed object in a state is left out', () => {
    const resources = [{ ...change({}), values: {}, deposed_key: '4f3a' }];
    const document = readDocument(
      { path: 's', kind: 'state-json', json: { values: { root_module: { resources } } }, index: 0 },
      adaptedTypes,
    );
    expect(summary(document)).toEqual([]);
  });

  test.each<[string, JsonObject]>([
    ['nothing', {}],
    ['lists that are none', { resource_changes: 'x', deferred_changes: {}, prior_state: [] }],
    ['changes that are none', { resource_changes: [null, 1, {}, { type: 'aws_db_proxy' }, { address: 'a' }] }],
    ['deferred changes that are none', { deferred_changes: [null, {}, { resource_change: 1 }] }],
  ])('%s: nothing is read, and nothing crashes', (_, json) => expect(kept(json)).toEqual([]));
});

test('the plans of this test are what they say', () => {
  const targeted = inputAt('adapters/targeted/plan.json').json;
  expect(arrayAt(targeted, 'resource_changes')).toHaveLength(2);
  expect(objectAt(targeted, 'prior_state')).toBeDefined();
});
