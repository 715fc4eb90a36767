import { expect, test } from '@jest/globals';
import type { Symbolic } from '../../symbolic.ts';
import { piecesOf } from '../../values.ts';
import { show, valueOf } from './values.test-support.ts';

/** The ways in which configurations take the id of a proxy from its ARN (fact 4.10). */

const onlyHole = (value: Symbolic): unknown => {
  const pieces = piecesOf(value) ?? [];
  const [hole] = pieces;
  return pieces.length === 1 && typeof hole === 'object' ? hole.exactly : show(value);
};

test.each([
  'element(split(":", p.arn), 6)',
  'split(":", p.arn)[6]',
  'element(split(":", "${p.arn}"), 6)',
  'reverse(split(":", p.arn))[0]',
  'element(reverse(split(":", p.arn)), 0)',
  'element(split(":", p.arn), length(split(":", p.arn)) - 1)',
  'split(":", p.arn)[length(split(":", p.arn)) - 1]',
  'slice(split(":", p.arn), 6, 7)[0]',
  'one(slice(split(":", p.arn), 6, 7))',
  'join("", slice(split(":", p.arn), 6, 7))',
  'regex("prx-[0-9a-f]+", p.arn)',
  'regex("prx-[0-9a-z]+", p.arn)',
  'regex("prx-[[:alnum:]]+$", p.arn)',
  'regex("prx-\\\\w+", p.arn)',
  'regex("prx-.*$", p.arn)',
  'regex("prx-.*", "${p.arn}")',
  'regex("[^:]+$", p.arn)',
  'regex("[^:]*$", p.arn)',
  'regex("db-proxy:(.*)", p.arn)[0]',
  'one(regex("db-proxy:(.+)$", p.arn))',
  'regex("db-proxy:(?P<id>prx-.*)", p.arn).id',
  'regex("^arn:[^:]+:rds:[^:]+:\\\\d{12}:db-proxy:(.+)$", p.arn)[0]',
  'one(regexall("prx-.*", p.arn))',
  'regexall("prx-[a-z0-9]+", p.arn)[0]',
  'replace(p.arn, "/.*:/", "")',
  'replace(p.arn, "/^.*:db-proxy:/", "")',
  'replace(p.arn, "/arn:.*:db-proxy:(.*)/", "$1")',
  'replace(regex("[^:]*:[^:]*$", p.arn), "db-proxy:", "")',
  'trimprefix(regex("db-proxy:.*", p.arn), "db-proxy:")',
  'trimspace(split(":", p.arn)[6])',
  'lower(split(":", p.arn)[6])',
  'split("db-proxy:", p.arn)[1]',
  'element(split("db-proxy:", p.arn), 1)',
  'split(":db-proxy:", p.arn)[1]',
  'trimprefix(provider::aws::arn_parse(p.arn).resource, "db-proxy:")',
  'split(":", provider::aws::arn_parse(p.arn).resource)[1]',
  'try(split(":", p.arn)[6], "none")',
  'coalesce(split(":", p.arn)[6], "none")',
  'format("%s", split(":", p.arn)[6])',
  '"${split(":", p.arn)[6]}"',
  'can(regex("prx", p.arn)) ? split(":", p.arn)[6] : "none"',
  '[for part in split(":", p.arn) : part][6]',
  'zipmap(["a", "b"], slice(split(":", p.arn), 5, 7)).b',
  'flatten([split(":", p.arn)])[6]',
])('%s is the id', (text) => {
  expect(onlyHole(valueOf(text))).toEqual({ resource: 'aws_db_proxy.p', path: 'arn[6]' });
});

test.each<[string, unknown]>([
  ['provider::aws::arn_parse(p.arn).resource', 'db-proxy:{p.arn[6]}'],
  ['provider::aws::arn_parse(p.arn).service', 'rds'],
  ['"dbuser:${split(":", p.arn)[6]}/app"', 'dbuser:{p.arn[6]}/app'],
  ['jsonencode({ R = "dbuser:${split(":", p.arn)[6]}/app" })', '{"R":"dbuser:{p.arn[6]}/app"}'],
  ['replace(p.arn, "rds:", "rds-db:")', 'arn:{?p.arn}:rds-db:{?p.arn}:{?p.arn}:db-proxy:{p.arn[6]}'],
  ['replace("rds-db:TOKEN/app", "TOKEN", split(":", p.arn)[6])', 'rds-db:{p.arn[6]}/app'],
  ['format("%s:%s", split(":", p.arn)[3], split(":", p.arn)[4])', '{?p.arn}:{?p.arn}'],
  // The whole stays whole.
  ['"${p.arn}"', '{p.arn}'],
  ['"${p.arn}/*"', '{p.arn}/*'],
  ['trimsuffix("${p.arn}/*", "/*")', '{p.arn}'],
  ['split("/", "${p.arn}/app")[1]', 'app'],
  ['split(",", "${p.arn},${q.arn}")[1]', '{q.arn}'],
  ['join(":", split(":", p.arn))', 'arn:{?p.arn}:rds:{?p.arn}:{?p.arn}:db-proxy:{p.arn[6]}'],
  ['substr(p.arn, 0, 4)', 'arn:'],
  // Nobody knows how long it is.
  ['substr(p.arn, -20, -1)', '{?p.arn}'],
  ['regex("[0-9]+", p.arn)', '{?p.arn}'],
  ['split("-", p.arn)[1]', '{?p.arn}'],
  ['regex("prx-[0-9]", p.arn)', '{?p.arn}'],
  ['split(":", x.arn)[6]', '{?y.arn}'],
  // What is left out may stand in it.
  ['regex("^[^|]*", x.arn)', '{?y.arn}'],
  ['regex("^[^|]*", p.arn)', '{p.arn}'],
  ['regex("db-[A-Z0-9]+", d.resource_id)', '{d.resource_id}'],
  ['regex("db-[a-z]+", d.resource_id)', '!'],
])('%s', (text, expected) => {
  expect(show(valueOf(text))).toEqual(expected);
});
