import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { waysToDecide } from './report/undecided.ts';
import { checkFile } from './testing/check-file.ts';
import { checkDirectory } from './testing/check-source.ts';
import { allow, checkText, textWith } from './testing/check-text.ts';

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`);

const cases = foldersIn('policies')
  .flatMap(foldersIn)
  .map((policy) => `${policy}/cases`)
  .filter((folder) => existsSync(folder))
  .flatMap(foldersIn);

const configurations = [...cases, ...foldersIn('testdata/scenarios').map((folder) => `${folder}/config`)].filter(
  (folder) => existsSync(`${folder}/main.tf`),
);

const sentencesOf = ({ connections, findings }: Report): readonly string[] => [
  ...connections.flatMap(({ legs }) => legs.map(({ reason }) => reason)),
  ...findings.filter(({ outcome }) => outcome === 'unknown').map(({ message }) => message),
];

test('who gave a configuration is told of no plan', () => {
  const of = configurations.map((folder) => [folder, sentencesOf(checkDirectory(folder))] as const);
  expect(of.length).toBeGreaterThan(500);
  const said = of.flatMap(([, sentences]) => sentences).join('\n');
  expect(said).toContain('is not in the configuration');
  expect(of.filter(([, sentences]) => sentences.some((sentence) => /\bthe plan\b/.test(sentence)))).toEqual([]);
});

describe('what is not shown', () => {
  const reasonsOf = (grant: string): readonly string[] => {
    const report = checkText(textWith({ more: 'variable "given" {}', grant }));
    expect(waysToDecide(report).join('\n')).not.toContain('--source');
    return report.connections
      .filter(({ principal }) => principal === 'aws_iam_role.orders')
      .flatMap(({ legs }) => legs.map(({ reason }) => reason));
  };

  test.each([
    [
      allow('rds-db:connect', 'coalesce(var.given, aws_db_proxy.main.arn)'),
      'which user logs in to aws_db_proxy.main is not in the configuration',
    ],
    [
      allow('rds-db:connect', '"arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.id}/app"'),
      'refers to an attribute of aws_db_instance.main; whether its resource id (db-…) comes out is not in the configuration',
    ],
  ])('is not in the configuration: %s', (grant, reason) => {
    expect(reasonsOf(grant)).toContain(reason);
  });

  test('is not in the plan where there is one', () => {
    const sentences = sentencesOf(checkFile('testdata/scenarios/mistake-grant-proxy-name/plan.json')).join('\n');
    expect(sentences).toContain('the plan keeps what aws_iam_role_policy.reporting_connect refers to');
    expect(sentences).not.toContain('the configuration');
  });
});
