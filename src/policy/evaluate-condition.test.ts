import { describe, expect, test } from '@jest/globals';
import { parse } from '@marcbachmann/cel-js';
import type { Tri } from '../model/value.ts';
import { evaluateText, judged, listed, outcomeOf, valued, worded } from './conditions.test-support.ts';

const u = 'unknown';

describe('three-valued truth', () => {
  test.each<[Tri, Tri, Tri, Tri]>([
    // left, right, &&, ||
    [true, true, true, true],
    [true, false, false, true],
    [true, u, u, true],
    [false, true, false, true],
    [false, false, false, false],
    [false, u, false, u],
    [u, true, u, true],
    [u, false, false, u],
    [u, u, u, u],
  ])('%s with %s: && is %s, || is %s', (left, right, and, or) => {
    const attributes = { a: judged(left), b: judged(right) };
    expect(outcomeOf('proxy.a && proxy.b', attributes)).toBe(and);
    expect(outcomeOf('proxy.a || proxy.b', attributes)).toBe(or);
    expect(outcomeOf('!(!proxy.a || !proxy.b)', attributes)).toBe(and);
  });

  test.each<[Tri, Tri]>([
    [true, false],
    [false, true],
    [u, u],
  ])('! of %s is %s', (operand, result) => {
    expect(outcomeOf('!proxy.a', { a: judged(operand) })).toBe(result);
  });

  test.each<[string, readonly Tri[], boolean, Tri, Tri]>([
    // items, complete, exists, all
    ['nothing', [], true, false, true],
    ['nothing in view', [], false, u, u],
    ['true', [true], true, true, true],
    ['true and more', [true], false, true, u],
    ['false', [false], true, false, false],
    ['false and more', [false], false, u, false],
    ['unknown', [u], true, u, u],
    ['unknown and more', [u], false, u, u],
    ['true, false', [true, false], true, true, false],
    ['true, unknown', [true, u], true, true, u],
    ['unknown, true', [u, true], true, true, u],
    ['false, unknown', [false, u], true, u, false],
    ['unknown, false', [u, false], true, u, false],
    ['true, false and more', [true, false], false, true, false],
    ['unknown, true, false', [u, true, false], false, true, false],
  ])('over %s: exists and all', (_, items, complete, exists, all) => {
    const attributes = { auth: listed(items, complete) };
    expect(outcomeOf('proxy.auth.exists(x, x.ready)', attributes)).toBe(exists);
    expect(outcomeOf('proxy.auth.all(x, x.ready)', attributes)).toBe(all);
  });

  test.each<[string, string | null | undefined, Tri]>([
    ['["mysql", "mariadb"]', 'mysql', true],
    ['["mysql", "mariadb"]', 'mariadb', true],
    ['["mysql", "mariadb"]', 'postgres', false],
    ['["mysql", "mariadb"]', null, false],
    ['["mysql", "mariadb"]', undefined, u],
    ['[]', undefined, false],
  ])('in %s: %s is %s', (list, engine, result) => {
    expect(outcomeOf(`proxy.engine in ${list}`, { engine: valued(engine) })).toBe(result);
    expect(outcomeOf(`!(proxy.engine in ${list})`, { engine: valued(engine) })).toBe(result === u ? u : !result);
  });

  test.each<[Tri, Tri]>([
    [true, true],
    [false, u],
    [u, u],
  ])('true in [%s, unknown] is %s', (first, result) => {
    expect(outcomeOf('true in [proxy.a, proxy.b]', { a: judged(first), b: judged(u) })).toBe(result);
  });

  test.each<[string, Tri]>([
    ['proxy.port == 3306', u],
    ['proxy.port != 3306', u],
    ['proxy.port < 3306', u],
    ['proxy.port == null', u],
    ['proxy.engine.startsWith("my")', u],
    ['size(proxy.engine) > 2', u],
    ['proxy.flag', u],
    ['size(proxy.auth) == 2', u],
    ['proxy.port == 3306 || proxy.a', true],
    ['proxy.port == 3306 && !proxy.a', false],
  ])('%s, where the value is unknown, is %s', (condition, result) => {
    const attributes = {
      a: judged(true),
      port: valued(undefined),
      engine: valued(undefined),
      flag: valued(undefined),
      auth: listed([true, true], false),
    };
    expect(outcomeOf(condition, attributes)).toBe(result);
  });
});

describe('what has no answer', () => {
  const attributes = { a: judged(u), b: judged(true), port: valued(null), engine: valued(null), flag: valued(null) };

  test.each([
    ['proxy.port < 10', 'crash'],
    ['!(proxy.port < 10)', 'crash'],
    ['proxy.engine.startsWith("my")', 'crash'],
    ['proxy.flag', 'crash'],
    ['!proxy.flag', 'crash'],
    ['proxy.flag && proxy.b', 'crash'],
    // Decided by the other side.
    ['proxy.port < 10 || proxy.b', true],
    ['proxy.b || proxy.port < 10', true],
    ['proxy.port < 10 && !proxy.b', false],
    // The unknown side may yet decide.
    ['proxy.port < 10 || proxy.a', 'unknown'],
    ['proxy.a || proxy.port < 10', 'unknown'],
    ['proxy.a && proxy.port < 10', 'unknown'],
    // Guarded.
    ['proxy.port != null && proxy.port < 10', false],
    ['proxy.port == null || proxy.port < 10', true],
  ])('%s is %s', (condition, outcome) => {
    expect(outcomeOf(condition, attributes)).toBe(outcome);
  });

  test('says what it was, without the value', () => {
    expect(evaluateText('proxy.port < 10', { port: valued(null) }).result).toEqual({
      crash: 'a value that is not set compared with a number',
    });
  });

  test('an attribute that the subject lacks is no truth', () => {
    expect(outcomeOf('proxy.a', {})).toBe('crash');
    expect(outcomeOf('proxy.auth.exists(x, x.ready)', {})).toBe('crash');
  });
});

describe('evidence', () => {
  const attributes = { a: judged(false), b: judged(true), name: worded('main'), port: valued(1), auth: listed([true]) };

  test.each<[string, readonly string[]]>([
    ['proxy.a', ['a']],
    ['proxy.b && proxy.a', ['b', 'a']],
    ['proxy.a && proxy.b', ['a']],
    ['proxy.b || proxy.a', ['b']],
    ['proxy.port == 1 && proxy.name == "main"', ['port']],
  ])('of %s is %j', (condition, read) => {
    const { evidence } = evaluateText(condition, attributes);
    expect([...evidence]).toEqual(read.map((name) => attributes[name as 'a']));
  });

  test('holds what was read of the items of a list', () => {
    expect(evaluateText('proxy.auth.all(x, x.ready)', attributes).evidence.size).toBe(1);
  });
});

describe('on known values it agrees with cel-js', () => {
  const plain = { a: true, b: false, port: 3306n, engine: 'mysql', flag: true, name: 'main' };
  const context = {
    proxy: {
      ...plain,
      auth: [
        { ready: true, user: 'app' },
        { ready: false, user: 'root' },
      ],
    },
  };
  const attributes = {
    a: judged(true),
    b: judged(false),
    port: valued(3306),
    engine: valued('mysql'),
    flag: valued(true),
    name: worded('main'),
    auth: {
      kind: 'list',
      complete: true,
      items: [
        { ready: judged(true), user: valued('app') },
        { ready: judged(false), user: valued('root') },
      ],
    },
  } as const;

  test.each([
    'proxy.a && !proxy.b',
    'proxy.a && proxy.b || proxy.flag',
    'proxy.a && (proxy.b || !proxy.flag)',
    'proxy.a == proxy.flag',
    'proxy.a != proxy.b',
    'proxy.port == 3306',
    'proxy.port == 3306.0',
    'proxy.port != -1',
    'proxy.port < 3307',
    'proxy.port <= 3306',
    'proxy.port <= 3305',
    'proxy.port <= 3307',
    'proxy.port > 3305',
    'proxy.port >= 3307',
    'proxy.port > 3306',
    'proxy.port >= 3306',
    '1000 > proxy.port',
    'proxy.engine < "postgres"',
    'proxy.engine == "mysql" && proxy.port in [3306, 5432]',
    'proxy.engine in ["postgres"]',
    '"x" in []',
    'proxy.engine == null',
    'proxy.name.startsWith("ma")',
    'proxy.name.endsWith("ma")',
    'proxy.name.contains("ai")',
    'proxy.engine.matches("^my.+$")',
    'proxy.engine.matches("sql")',
    'size(proxy.engine) == 5',
    'proxy.engine.size() == 4',
    'size(proxy.auth) == 2',
    'proxy.auth.size() > 2',
    'proxy.auth.exists(x, x.ready && x.user == "app")',
    'proxy.auth.exists(x, x.ready && x.user == proxy.name)',
    'proxy.auth.all(x, x.ready || x.user == "root")',
    'proxy.auth.all(x, proxy.auth.exists(y, y.user == x.user))',
    'proxy.auth.exists(x, !proxy.auth.exists(y, y.user == x.user))',
    'proxy.name == "main" ? proxy.a : proxy.b',
    'proxy.name == "other" ? proxy.a : proxy.b',
    'has(proxy.name)',
    '!(proxy.a && proxy.b) && "a\\"b" != proxy.name',
  ])('%s', (condition) => {
    expect(outcomeOf(condition, attributes)).toBe(parse(condition)(context));
  });
});
