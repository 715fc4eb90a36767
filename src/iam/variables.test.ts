import { describe, expect, test } from '@jest/globals';
import type { ContextKey } from './request-context.ts';
import { fillVariables, knowsVariables, withoutVariables } from './variables.ts';

const context = (key: string): ContextKey =>
  key === 'aws:username' ? { value: 'a*b${c' } : key === 'aws:principaltag/team' ? 'absent' : 'unknown';

test.each([
  ['nothing to fill', 'dbuser:db-*/app', 'dbuser:db-*/app'],
  ['a value, none of whose characters is a wildcard', 'x-${aws:username}', 'x-a${*}b${$}{c'],
  ['a key without regard to case', '${AWS:UserName}', 'a${*}b${$}{c'],
  ['a default that is not needed', "${aws:username, 'none'}", 'a${*}b${$}{c'],
  ['a default', "${aws:PrincipalTag/team, 'no team'}/x", 'no team/x'],
  ['a default without a blank', "${aws:PrincipalTag/team,'a*'}", 'a${*}'],
  ['an empty default', "${aws:PrincipalTag/team, ''}", ''],
  ['no default', '${aws:PrincipalTag/team}', '${aws:PrincipalTag/team}'],
  ['a key of which nothing is known', "${aws:x, 'd'}", "${aws:x, 'd'}"],
  ['characters as themselves', '${*}${?}${$}', '${*}${?}${$}'],
  ['several', '${aws:username}/${aws:username}', 'a${*}b${$}{c/a${*}b${$}{c'],
  ['one that never ends', '${aws:username', '${aws:username'],
])('%s', (_, pattern, filled) => expect(fillVariables(pattern, context)).toBe(filled));

test('no text takes long', () => {
  for (const text of ['${', '${a', '${a,', "${a, '", '${a ', "', "]) {
    const long = text.repeat(20_000);
    const start = performance.now();
    fillVariables(long, context);
    expect(performance.now() - start).toBeLessThan(2000);
  }
});

describe('documents of before variables', () => {
  test.each([
    ['2012-10-17', true],
    ['2008-10-17', false],
    ['', false],
  ])('version %j knows them: %s', (version, knows) => expect(knowsVariables(version)).toBe(knows));

  test('what would be a variable is text, and stays so', () => {
    const text = withoutVariables('dbuser:*/${aws:username}');
    expect(text).toBe('dbuser:*/${$}{aws:username}');
    expect(fillVariables(text, context)).toBe(text);
  });
});
