import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { globSync } from 'tinyglobby';
import type { Origin } from '../../model/value.ts';
import { conceal } from './conceal.ts';
import { type ExcerptLine, type Room, excerptsOf } from './index.ts';

/** The text with a sign for each part that is hidden. */
const masked = (text: string, file = 'main.tf', sensitive: readonly string[] = []): string => {
  let shown = '';
  let position = 0;
  for (const { start, end } of conceal(file, text, sensitive)) {
    shown += `${text.slice(position, start)}…`;
    position = end;
  }
  return shown + text.slice(position);
};

/** The text with what stands in it, in an argument of a resource. */
const inResource = (argument: string): string => `resource "aws_x" "main" {\n${argument}\n}\n`;
const line = (argument: string, sensitive: readonly string[] = []): string =>
  masked(inResource(argument), 'main.tf', sensitive).split('\n').slice(1, -2).join('\n');

describe('is shown', () => {
  test.each([
    '  iam_auth = "REQUIRED"',
    '  resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_proxy.main.name}/app"]',
    '  resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${element(split(":", aws_db_proxy.main.arn), 6)}/app"]',
    '  resources = ["${aws_db_proxy.main.arn}/app", "*"]',
    '  Action = ["rds-db:connect"]',
    '  secret_arn = aws_secretsmanager_secret.user["app"].arn',
    '  assume_role_policy = jsonencode({ Statement = [{ Effect = "Deny", Principal = { Service = "rds.amazonaws.com" } }] })',
    '  policy = jsonencode({ Condition = { StringEquals = { "aws:SourceVpc" = ["vpc-0123456789abcdef0"] } } })',
    '  password = random_password.main.result',
    '  password = "${random_password.main.result}"',
    '  require_tls = false',
    '  client_password_auth_type = "MYSQL_NATIVE_PASSWORD"',
    '  auth = { app = { username = "app", iam_auth = "DISABLED", secret_arn = local.secret } }',
    '  count = var.on ? 1 : 0',
    '  unheard_of = "SECRETS"',
    '  x = a[0].b[*].c',
    '  policy = <<EOT\n{"Statement": [{"Effect": "Allow", "Resource": "arn:aws:rds-db:*:*:dbuser:${aws_db_proxy.main.id}/*"}]}\nEOT',
  ])('%s', (argument) => expect(line(argument)).toBe(argument));

  test('labels and types', () => {
    expect(masked('variable "master_password" {\n  type = string\n}\n')).toContain(
      'variable "master_password" {\n  type = string',
    );
  });
});

describe('is hidden', () => {
  test.each<[string, string]>([
    ['  password = "hunter2"', '  password = "…"'],
    ['  password = "a\\"b${var.x}c"', '  password = "…${var.x}…"'],
    ['  password = 12345678', '  password = …'],
    ['  password = true ? "a" : "b"', '  password = true ? "…" : "…"'],
    ['  unheard_of = "hunter2"', '  unheard_of = "…"'],
    ['  unheard_of = 1234567', '  unheard_of = …'],
    ['  name = "postgres://user:pw@host/db"', '  name = "…"'],
    ['  name = "AKIAABCDEFGHIJKLMNOP"', '  name = "…"'],
    ['  name = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"', '  name = "…"'],
    ['  name = base64decode("aHVudGVyMg")', '  name = base64decode("…")'],
    ['  name = sensitive("orders")', '  name = sensitive("…")'],
    ['  name = "a" # hunter2', '  name = "a" # …'],
    ['  name = "a" // hunter2', '  name = "a" // …'],
    ['  name = "a" /* hunter2 */', '  name = "a" /* …'],
    [
      '  secret_string = jsonencode({ username = "app", password = "x" })',
      '  secret_string = jsonencode({ username = "…", password = "…" })',
    ],
    ['  secret_string = "{\\"username\\":\\"app\\"}"', '  secret_string = "…"'],
    ['  secret_string = <<-EOT\n    {"username": "app"}\n  EOT', '  secret_string = <<-EOT\n…\n  EOT'],
    ['  value = jsonencode({ name = "hunter2" })', '  value = jsonencode({ name = "…" })'],
    [
      '  environment {\n    variables = { name = "hunter2" }\n  }',
      '  environment {\n    variables = { name = "…" }\n  }',
    ],
    [
      '  policy = <<EOT\nhunter2 {"Resource": "*", "x": "hunter2"}\nEOT',
      '  policy = <<EOT\n… {"Resource": "*", "x": "…"}\nEOT',
    ],
    ['  user_data = <<EOT\nexport PW=${var.x} hunter2\nEOT', '  user_data = <<EOT\n…${var.x}…\nEOT'],
    ['  tags = { owner = "hunter2", "hunter2 x" = 1 }', '  tags = { owner = "…", "…" = 1 }'],
    ['  name = file("hunter2.txt")', '  name = file("…")'],
    ['  name = "${"hunter2 ${"x"}"}"', '  name = "${"hunter2 ${"x"}"}"'],
    ['  value = "${upper("hunter2")}"', '  value = "${upper("…")}"'],
    ['  source = "git::https://token@example.com/x.git"', '  source = "…"'],
  ])('%s', (argument, expected) => expect(line(argument)).toBe(expected));

  test.each<[string, string, string]>([
    ['a variable', 'variable "name" {\n  default = "REQUIRED"\n}', 'variable "name" {\n  default = "…"\n}'],
    ['an output', 'output "x" {\n  value = "mysql"\n}', 'output "x" {\n  value = "…"\n}'],
    [
      'a local',
      'locals {\n  name = "hunter2"\n  arn = "arn:aws:iam::123456789012:role/x"\n}',
      'locals {\n  name = "…"\n  arn = "arn:aws:iam::123456789012:role/x"\n}',
    ],
    ['a file of values', 'name = "orders"\nport = 5432', 'name = "…"\nport = …'],
  ])('%s', (_, text, expected) => expect(masked(text)).toBe(expected));

  test('what is marked sensitive, and what holds it', () => {
    expect(line('  name = "orders"\n  role = "my-orders-role"\n  user = "app"', ['orders'])).toBe(
      '  name = "…"\n  role = "…"\n  user = "app"',
    );
  });
});

describe('a damaged text shows less, not more', () => {
  test.each<[string, string]>([
    ['a quote that is missing', '  name = "orders\n  password = "hunter2"'],
    ['a quote too many', '  name = orders" password = "hunter2"'],
    ['a brace that is missing within a text', '  name = "${var.x"\n  password = "hunter2"'],
    ['a brace that is missing', '  tags = {\n  password = "hunter2"'],
    ['a bracket that is missing', '  name = ["a"\n  password = "hunter2"'],
    ['a brace too many', '  }\n  name = "hunter2"'],
    ['an equals sign that is missing', '  password "hunter2"'],
    ['a value on a line of its own', '  name = {\n  password =\n  "hunter2"\n}'],
    ['a heredoc without an end', '  name = <<EOT\nhunter2\n'],
    ['a comment without an end', '  /* \n hunter2 '],
    ['a variable in a block', '  auth {\nvariable "x" {\n  default = "hunter2"\n}'],
    ['texts in texts without end', `  name = ${'"${'.repeat(5000)}\n  password = "hunter2"`],
  ])('%s', (_, argument) => expect(masked(inResource(argument))).not.toContain('hunter2'));
});

describe('JSON syntax', () => {
  const plan = {
    '//': { metadata: 'hunter2' },
    variable: { x: { default: 'hunter2' } },
    resource: {
      aws_db_proxy: {
        main: {
          name: 'orders',
          auth: [{ iam_auth: 'REQUIRED', description: 'hunter2' }],
          password: 'hunter2',
          n: 12345,
        },
      },
      aws_iam_role_policy: { main: { policy: '${jsonencode({"a" = "hunter2"})}', role: '${aws_iam_role.x.name}' } },
      aws_secretsmanager_secret: { main: { name: 'orders/app' } },
    },
    locals: { a: 'hunter2' },
  };
  const text = masked(JSON.stringify(plan, null, 2), 'cdk.tf.json');

  test('shows names and references', () => {
    for (const part of [
      '"name": "orders"',
      '"iam_auth": "REQUIRED"',
      '"aws_db_proxy": {',
      '"role": "${aws_iam_role.x.name}"',
      '"orders/app"',
    ])
      expect(text).toContain(part);
  });

  test('and nothing else', () => {
    expect(text).not.toContain('hunter2');
    expect(text).toMatch(/"n": …/);
    expect(text).toContain('"policy": "…"');
  });
});

const configurations = globSync('testdata/{scenarios,sensitive,makers,lifecycle,principals,mends}/**/*.tf');
const room: Room = { width: 80, unicode: true };
const shownIn = (lines: readonly ExcerptLine[]): string => lines.map(({ text }) => text).join('\n');

describe('no line of any configuration shows a secret', () => {
  test('there are some, and all of them hold one', () => {
    const secrets = configurations.filter((file) => readFileSync(file, 'utf8').includes('canary-'));
    expect(secrets.length).toBeGreaterThan(60);
  });

  test.each([40, 400])('%d columns', (width) => {
    for (const path of configurations) {
      const text = readFileSync(path, 'utf8');
      const excerptOf = excerptsOf({ textOf: () => text, sensitiveTexts: [] });
      const count = text.split('\n').length;
      for (let at = 1; at <= count; at += 1) {
        for (const endLine of [at, count]) {
          const shown = shownIn(
            excerptOf({ file: path, line: at, column: 1, endLine, endColumn: 500 }, { ...room, width }),
          );
          expect(shown).not.toContain('canary-');
        }
      }
    }
  });

  test.each([
    ['mistake-grant-proxy-name', 'dbuser:${aws_db_proxy.main.name}/app"]'],
    ['mistake-action-misspelled', '["rds:connect"]'],
    ['mistake-iam-mode-enabled', 'iam_auth    = "ENABLED"'],
    ['mistake-engine-family', 'engine_family          = "MYSQL"'],
    ['mistake-condition', '"aws:SourceVpc" = ["vpc-0123456789abcdef0"]'],
    ['mistake-role-trust', 'Service = "lambda.amazonaws.com"'],
    ['mistake-wrong-region', 'arn:aws:rds-db:eu-central-1:'],
    ['mistake-auth-username', 'username    = "app"'],
    ['mistake-password-type', 'client_password_auth_type = "MYSQL_NATIVE_PASSWORD"'],
    ['mistake-read-only-endpoint', 'target_role            = "READ_ONLY"'],
    ['mistake-deny', 'effect    = "Deny"'],
  ])('%s still shows its mistake', (scenario, mistake) => {
    const text = readFileSync(`testdata/scenarios/${scenario}/config/main.tf`, 'utf8');
    expect(masked(text)).toContain(mistake);
  });
});

describe('lines and marks', () => {
  const long = `resources = ["${'a'.repeat(60)}", aws_db_proxy.main.name, "${'b'.repeat(60)}"]`;
  const text = inResource(`  ${long}\n\tname = "日本\u202e"\n  a = [\n    1,\n    2,\n  ]\r`);
  const draw = (position: Partial<Origin>, changed: Partial<Room> = {}): readonly string[] =>
    excerptsOf({ textOf: (file) => (file === 'main.tf' ? text : undefined), sensitiveTexts: [] })(
      { file: 'main.tf', ...position },
      { ...room, ...changed },
    ).flatMap(({ number, text: shown, mark }) => [
      `${number ?? ''}|${shown}`,
      ...(mark === null ? [] : [`|${' '.repeat(mark.indent)}${'^'.repeat(mark.length)}`]),
    ]);

  test.each<[string, Partial<Origin>, Partial<Room>, readonly string[]]>([
    [
      'a block',
      { line: 1, column: 1, endLine: 1, endColumn: 25 },
      {},
      ['1|resource "aws_x" "main" {', `|${'^'.repeat(24)}`],
    ],
    ['no end', { line: 1, column: 10 }, {}, ['1|resource "aws_x" "main" {', '|         ^']],
    ['no column', { line: 1 }, {}, ['1|resource "aws_x" "main" {']],
    ['behind the end of a line', { line: 1, column: 99 }, {}, ['1|resource "aws_x" "main" {', `|${' '.repeat(25)}^`]],
    [
      'a tab and wide characters',
      { line: 3, column: 10, endLine: 3, endColumn: 12 },
      {},
      ['3|    name = "…"', '|            ^'],
    ],
    [
      'several lines',
      { line: 4, column: 3, endLine: 6, endColumn: 1 },
      {},
      ['4|  a = [', '|  ^^^^^', '5|    1,', '6|    2,'],
    ],
    ['many lines', { line: 4, column: 3, endLine: 7, endColumn: 4 }, {}, ['4|  a = [', '|  ^^^^^', '5|    1,', '|…']],
    [
      'many lines, ASCII',
      { line: 4, column: 7, endLine: 7, endColumn: 4 },
      { unicode: false },
      ['4|  a = [', '|      ^', '5|    1,', '|...'],
    ],
    [
      'a line that is too long',
      { line: 2, column: 80, endLine: 2, endColumn: 102 },
      { width: 40 },
      ['2|…aaaaa", aws_db_proxy.main.name, "bbbbb…', `|${' '.repeat(9)}${'^'.repeat(22)}`],
    ],
    [
      'a line that is too long, at its beginning',
      { line: 2, column: 3, endLine: 2, endColumn: 12 },
      { width: 30, unicode: false },
      ['2|resources = ["aaaaaaaaaaaaa...', '|^^^^^^^^^'],
    ],
    ['a file that is not at hand', { file: 'x.tf', line: 1 }, {}, []],
    ['a line that is not there', { line: 99, column: 1 }, {}, []],
    ['no line', {}, {}, []],
  ])('%s', (_, position, changed, expected) => expect(draw(position, changed)).toEqual(expected));

  const ranges = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((at) =>
    [1, 3, 9, 30, 79, 80, 100, 150, 170].flatMap((column) =>
      [column, column + 1, column + 30, 200].map((endColumn) => ({ line: at, column, endLine: at, endColumn })),
    ),
  );

  test.each([24, 40, 60, 80, 120])('%d columns are never passed', (width) => {
    const drawn = ranges.flatMap((range) => draw(range, { width }));
    expect(drawn.length).toBeGreaterThan(ranges.length);
    expect(drawn.map((one) => one.replace(/^\d*\|/, '')).filter(({ length }) => length > width)).toEqual([]);
  });

  test('a file in one line', () => {
    const json = `{"resource":{"a":{"b":{${'"role":"x",'.repeat(20_000)}"name":"orders"}}}}`;
    const excerptOf = excerptsOf({ textOf: () => json, sensitiveTexts: [] });
    const column = json.indexOf('"orders"') + 1;
    const [shown] = excerptOf({ file: 'a.tf.json', line: 1, column, endLine: 1, endColumn: column + 8 }, room);
    expect(shown?.text).toMatch(/^….*"name":"orders"}}}}$/);
    expect(shown?.text.slice(shown.mark?.indent).slice(0, shown.mark?.length)).toBe('"orders"');
  });
});

describe('whatever it is given', () => {
  const parts = [
    '"',
    '${',
    '}',
    '{',
    '\n',
    '<<EOT\n',
    'EOT\n',
    'name = ',
    '[',
    ']',
    '(',
    ')',
    '#',
    '/*',
    '*/',
    '\\',
    ':',
    '=',
    ',',
    '%{',
    '~',
    'x',
    '1',
    '\ud800',
    '🦆',
    '\t',
    '"a"',
  ];
  /** The same numbers each time. */
  const numbers = (seed: number): (() => number) => {
    let state = seed;
    return () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648;
    };
  };

  test.each(['main.tf', 'main.tf.json'])('%s ends, and hides stretches of it in order', (file) => {
    const random = numbers(7);
    for (let round = 0; round < 3000; round += 1) {
      const text = Array.from(
        { length: 1 + Math.floor(random() * 40) },
        () => parts[Math.floor(random() * parts.length)],
      ).join('');
      const hidden = conceal(file, text, []);
      const bounds = hidden.flatMap(({ start, end }) => [start, end]);
      expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
      expect(bounds.every((bound) => bound >= 0 && bound <= text.length)).toBe(true);
    }
  });

  test.each([
    ['quotes', '"'.repeat(100_000)],
    ['braces', '{'.repeat(100_000)],
    ['texts in texts', '"${'.repeat(50_000)],
    ['lists', '['.repeat(100_000)],
    ['one long line', `a = "b" ${'x = "y", '.repeat(20_000)}`],
    ['heredocs', 'a = <<EOT\n'.repeat(20_000)],
    ['equals signs', `"${'a='.repeat(50_000)}`],
  ])('%s take no long time', (_, text) => {
    const start = performance.now();
    conceal('main.tf', inResource(text), ['hunter2']);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
