import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildGraph } from '../../terraform/build-graph.ts';
import { type DetectedDocument, detectDocument } from '../../terraform/plan/detect.ts';
import { adaptedTypes } from '../index.ts';
import { tagsIn } from './tags.ts';

type Json = Record<string, unknown>;

/** A plan, with what one resource of it says of its tags put in. */
const planWith = (path: string, address: string, after: Json = {}, afterUnknown: Json = {}, sensitive: Json = {}) => {
  const json = JSON.parse(readFileSync(path, 'utf8'));
  const change = json.resource_changes.find((one: Json) => one['address'] === address).change;
  Object.assign(change.after, after);
  Object.assign(change.after_unknown, afterUnknown);
  change.after_sensitive = { ...change.after_sensitive, ...sensitive };
  for (const key of Object.keys(after)) if (!(key in afterUnknown)) delete change.after_unknown[key];
  const detected = detectDocument(JSON.stringify(json), path);
  if (!detected.ok) throw new Error(detected.diagnostic.summary);
  return detected.document;
};

const tagsOf = (document: DetectedDocument, address: string) => {
  const { values, complete } = tagsIn(buildGraph([{ ...document, index: 0 }], adaptedTypes))(address);
  return { values: Object.fromEntries(values), complete };
};

const plan = 'testdata/scenarios/mistake-tls-off/plan.json';
const proxy = 'aws_db_proxy.main';

test.each<[string, Json, Json, Json, object]>([
  ['tags_all after apply, and no tags', {}, {}, {}, { values: {}, complete: false }],
  ['tags, and tags_all after apply', { tags: { a: 'b' } }, {}, {}, { values: { a: 'b' }, complete: false }],
  [
    'tags_all, which has those of the provider too',
    { tags: { a: 'b' }, tags_all: { a: 'b', environment: 'prod' } },
    {},
    {},
    { values: { a: 'b', environment: 'prod' }, complete: true },
  ],
  ['none of either', { tags: null, tags_all: {} }, {}, {}, { values: {}, complete: true }],
  [
    'a value that is known after apply',
    { tags: { a: 'b' }, tags_all: { a: 'b' } },
    { tags: { c: true }, tags_all: { c: true } },
    {},
    { values: { a: 'b', c: null }, complete: true },
  ],
  [
    'a value that is sensitive',
    { tags: { a: 'canary-tag' }, tags_all: { a: 'canary-tag' } },
    {},
    { tags: { a: true }, tags_all: { a: true } },
    { values: { a: null }, complete: true },
  ],
  ['all tags after apply', {}, { tags: true, tags_all: true }, {}, { values: {}, complete: false }],
])('%s', (_, after, afterUnknown, sensitive, expected) => {
  expect(tagsOf(planWith(plan, proxy, after, afterUnknown, sensitive), proxy)).toEqual(expected);
});

test('of a plan as it is', () => {
  const path = 'testdata/modules/postgres-iam-required/plan.json';
  const address = 'module.proxy.aws_db_proxy.this[0]';
  expect(tagsOf(planWith(path, address), address)).toEqual({ values: { Project: 'orders' }, complete: true });
});

test('of what takes no tags, and of what is not there', () => {
  const policy = 'aws_iam_role_policy.proxy_secrets';
  expect(tagsOf(planWith(plan, proxy), policy)).toEqual({ values: {}, complete: true });
  expect(tagsOf(planWith(plan, proxy), 'aws_db_proxy.other')).toEqual({ values: {}, complete: true });
});
