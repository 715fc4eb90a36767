import { describe, expect, test } from '@jest/globals';
import { adaptFile, render, testRows } from './adapters/adapt-plan.test-support.ts';
import { adaptGraph, adaptedTypes } from './adapters/index.ts';
import { buildGraph } from './terraform/build-graph.ts';
import { documentOf } from './testing/check-text.ts';

const changesIn = (files: Readonly<Record<string, string>>) =>
  adaptGraph(buildGraph([{ ...documentOf(files), index: 0 }], adaptedTypes)).model.ignoredChanges;

const versionWith = (lifecycle: string): string => `resource "aws_secretsmanager_secret_version" "a" {
  secret_id     = "orders/app"
  secret_string = "canary-app"
  ${lifecycle}
}
`;

describe('from text', () => {
  const id = 'aws_secretsmanager_secret_version.a';

  test.each<[title: string, lifecycle: string, words: readonly string[]]>([
    ['no lifecycle', '', []],
    ['another argument of lifecycle', 'lifecycle { prevent_destroy = true }', []],
    ['an empty list', 'lifecycle { ignore_changes = [] }', []],
    ['names', 'lifecycle { ignore_changes = [secret_string, version_stages] }', ['secret_string', 'version_stages']],
    ['a piece of an argument', 'lifecycle { ignore_changes = [tags["x"], auth[0].secret_arn] }', ['tags', 'auth']],
    ['all', 'lifecycle { ignore_changes = all }', ['all']],
    ['between quotes', 'lifecycle { ignore_changes = ["secret_string", "tags.x"] }', ['secret_string', 'tags']],
  ])('%s', (_, lifecycle, words) => {
    const [ignored] = changesIn({ 'main.tf': versionWith(lifecycle) });
    expect(ignored?.id).toBe(id);
    expect(ignored?.changes.complete).toBe(true);
    expect(ignored?.changes.items.map((item) => item.kind === 'known' && item.value)).toEqual(words);
    for (const item of ignored?.changes.items ?? [])
      expect(render(item, id)).toMatch(/@lifecycle\.ignore_changes:main\.tf,:4,:\d+,:4,:\d+$/);
  });

  test('the list of an override file takes the place of the other', () => {
    const [ignored] = changesIn({
      'main.tf': versionWith('lifecycle { ignore_changes = [secret_string] }'),
      'main_override.tf': versionWith('lifecycle { ignore_changes = [version_stages] }'),
    });
    expect(ignored?.changes.items).toEqual([expect.objectContaining({ value: 'version_stages' })]);
  });

  test('an override of another argument of lifecycle leaves the list as it is', () => {
    const [ignored] = changesIn({
      'main.tf': versionWith('lifecycle { ignore_changes = [secret_string] }'),
      'main_override.tf': versionWith('lifecycle { prevent_destroy = true }'),
    });
    expect(ignored?.changes.items).toEqual([expect.objectContaining({ value: 'secret_string' })]);
  });
});

describe('from a plan, which keeps no lifecycle', () => {
  const versions = adaptFile('secret-version/plan.json').model.ignoredChanges;
  const empty = { judged: true, managed: true, origin: '@', changes: ['incomplete@lifecycle.ignore_changes'] };
  testRows(
    versions,
    empty,
    versions.map(({ id }) => ['as every other', id, {}]),
  );
});
