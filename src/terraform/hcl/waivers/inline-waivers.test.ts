import { describe, expect, test } from '@jest/globals';
import { providerKnowledge } from '../../../adapters/iam/derived-data.ts';
import type { InlineWaivers } from '../../../model/waiver.ts';
import { loadSource } from '../load.ts';

const read = (files: Readonly<Record<string, string>>): InlineWaivers => {
  const inDirectory = (directory: string) =>
    Object.keys(files).filter((path) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) === directory);
  const reader = {
    files: (directory: string) => inDirectory(directory).map((path) => ({ path, text: files[path] ?? '' })),
    text: () => null,
  };
  const input = { label: 'config', root: '', reader, modules: new Map(), variableFiles: [], variables: new Map() };
  const rest = { environmentVariables: new Map(), workspace: 'default', lockFile: null };
  return loadSource({ ...input, ...rest }, providerKnowledge).waivers();
};

/** `POLICY at ADDRESS, line:column`. */
const said = ({ waivers, diagnostics }: InlineWaivers): readonly string[] => [
  ...waivers.map(
    ({ policy, addresses, origin }) => `${policy} at ${addresses.join(', ')}, ${origin.line}:${origin.column}`,
  ),
  ...diagnostics.map(({ severity, summary, origin }) => `${severity} ${origin?.line}:${origin?.column} ${summary}`),
];

const waiver = 'rds-auth-policy:ignore p until=2027-01-31 reason="Soon gone."';

const proxy = (head: string, within = '', tail = ''): string =>
  `${head}resource "aws_db_proxy" "main" {${within}\n  name = "x"\n}${tail}\n`;

const misplaced = 'This waiver stands at no resource, data source or module.';

describe('where a waiver stands', () => {
  test.each<[string, string, readonly string[]]>([
    ['right above', proxy(`# ${waiver}\n`), ['p at aws_db_proxy.main, 1:26']],
    ['right above, with slashes', proxy(`// ${waiver}\n`), ['p at aws_db_proxy.main, 1:27']],
    ['right above, between stars', proxy(`/* ${waiver} */\n`), ['p at aws_db_proxy.main, 1:27']],
    ['right above, in lines between stars', proxy(`/**\n * ${waiver}\n */\n`), ['p at aws_db_proxy.main, 2:27']],
    ['above other comments', proxy(`# ${waiver}\n# Why this is so.\n// And so.\n`), ['p at aws_db_proxy.main, 1:26']],
    [
      'above another waiver',
      proxy(`# ${waiver}\n# ${waiver.replace(' p ', ' q ')}\n`),
      ['p at aws_db_proxy.main, 1:26', 'q at aws_db_proxy.main, 2:26'],
    ],
    ['with Windows line ends', proxy(`# ${waiver}\n`).replaceAll('\n', '\r\n'), ['p at aws_db_proxy.main, 1:26']],
    ['behind the header', proxy('', ` # ${waiver}`), ['p at aws_db_proxy.main, 1:59']],
    ['before the header', proxy(`/* ${waiver} */ `), ['p at aws_db_proxy.main, 1:27']],
    ['behind a block of one line', `resource "a" "b" {} # ${waiver}\n`, ['p at a.b, 1:46']],
    ['above an argument', proxy('', `\n  # ${waiver}`), ['p at aws_db_proxy.main, 2:28']],
    ['behind an argument', proxy('', `\n  require_tls = false # ${waiver}`), ['p at aws_db_proxy.main, 2:48']],
    ['in a nested block', proxy('', `\n  auth {\n    # ${waiver}\n  }`), ['p at aws_db_proxy.main, 3:30']],
    ['in a list', proxy('', `\n  ids = [\n    1, # ${waiver}\n  ]`), ['p at aws_db_proxy.main, 3:33']],
    ['behind letters of two units', proxy('', `\n  a = "😀" # ${waiver}`), ['p at aws_db_proxy.main, 2:36']],
    ['a data source', `# ${waiver}\ndata "x" "y" {}\n`, ['p at data.x.y, 1:26']],
    ['the call of a module', `# ${waiver}\nmodule "db" {\n  source = "./none"\n}\n`, ['p at module.db.**, 1:26']],
    ['at the end of the file', proxy('', '', `\n# ${waiver}`).trimEnd(), [`warning 4:3 ${misplaced}`]],
    ['above an empty line', proxy(`# ${waiver}\n\n`), [`warning 1:3 ${misplaced}`]],
    ['behind the block before', `resource "a" "b" {\n} # ${waiver}\n${proxy('')}`, [`warning 2:5 ${misplaced}`]],
    ['a variable', `# ${waiver}\nvariable "x" {}\n`, [`warning 1:3 ${misplaced}`]],
    ['a text, which is no comment', proxy('', `\n  a = "# ${waiver.replaceAll('"', '')}"`), []],
    ['a heredoc', proxy('', `\n  a = <<E\n# ${waiver}\nE`), []],
    ['a sentence that names the program', proxy('# See rds-auth-policy:ignore in the manual.\n'), []],
    ['the program as the first word', proxy('# rds-auth-policy says that this is wrong.\n'), []],
  ])('%s', (_, text, expected) => {
    expect(said(read({ 'main.tf': text }))).toEqual(expected);
  });

  test('a module that is called twice, in itself and from outside', () => {
    const files = {
      'main.tf': 'module "a" {\n  source = "./db"\n}\nmodule "b" {\n  for_each = toset(["x"])\n  source = "./db"\n}\n',
      'db/main.tf': proxy(`# ${waiver}\n`),
    };
    expect(said(read(files))).toEqual(['p at module.a.aws_db_proxy.main, module.b.aws_db_proxy.main, 1:26']);
  });

  test('JSON syntax: a text or a list of texts', () => {
    const at = (value: unknown) => JSON.stringify({ resource: { aws_db_proxy: { main: value } } });
    expect(said(read({ 'main.tf.json': at({ '//': waiver }) }))).toEqual(['p at aws_db_proxy.main, 1:43']);
    expect(said(read({ 'main.tf.json': at([{ auth: [{ '//': [waiver, 'Why.'] }] }]) }))).toEqual([
      'p at aws_db_proxy.main, 1:54',
    ]);
    expect(said(read({ 'main.tf.json': at({ '//': { metadata: { path: waiver } } }) }))).toEqual([]);
    expect(said(read({ 'main.tf.json': JSON.stringify({ '//': waiver }) }))).toEqual([`warning 1:7 ${misplaced}`]);
  });
});

describe('what a waiver says', () => {
  test('is all in it', () => {
    const text = '# rds-auth-policy:ignore a-b,CKV_1, proxy-* until=2028-02-29 owner="The \\"A\\" team" reason=None\n';
    const { waivers } = read({ 'main.tf': proxy(text) });
    expect(waivers.map(({ policy }) => policy)).toEqual(['a-b', 'CKV_1', 'proxy-*']);
    expect(waivers[0]).toEqual({
      kind: 'inline',
      policy: 'a-b',
      reason: 'None',
      expires: '2028-02-29',
      owner: 'The "A" team',
      user: null,
      origin: { file: 'main.tf', line: 1, column: 26 },
      address: 'aws_db_proxy.main',
      addresses: ['aws_db_proxy.main'],
      covers: 'resource',
    });
  });

  test.each<[string, string, number, string]>([
    ['no policy', 'ignore until=2027-01-01 reason="x"', 3, 'This waiver names no policy.'],
    ['nothing', 'ignore', 3, 'This waiver names no policy.'],
    ['no day', 'ignore p reason="x"', 3, 'This waiver has no last day.'],
    ['no reason', 'ignore p until=2027-01-01', 3, 'This waiver gives no reason.'],
    ['an empty reason', 'ignore p until=2027-01-01 reason=" "', 45, 'This waiver gives no reason.'],
    [
      'a day in another form',
      'ignore p until=1.2.2027 reason="x"',
      28,
      'The last day of this waiver is no day of the form YYYY-MM-DD.',
    ],
    [
      'a day that does not exist',
      'ignore p until=2027-02-29 reason="x"',
      28,
      'The last day of this waiver is no day of the form YYYY-MM-DD.',
    ],
    [
      'a month that does not exist',
      'ignore p until=2027-13-01 reason="x"',
      28,
      'The last day of this waiver is no day of the form YYYY-MM-DD.',
    ],
    [
      'another key',
      'ignore p untill=2027-01-01 reason="x"',
      28,
      'Waivers have until, reason and owner, and no other key; did you mean until?',
    ],
    ['a key twice', 'ignore p until=2027-01-01 until=2028-01-01 reason="x"', 45, 'A key stands twice in this waiver.'],
    [
      'a reason without quotes',
      'ignore p until=2027-01-01 reason=No time',
      55,
      'A word stands behind the names of the policies in this waiver: texts of several words need quotes.',
    ],
    [
      'a quote that is not closed',
      'ignore p until=2027-01-01 reason="No time',
      45,
      'A quote is opened in this waiver and not closed.',
    ],
    ['another word', 'ingore p until=2027-01-01 reason="x"', 3, 'This looks like a waiver, and does not begin as one.'],
    ['no word', 'ignored p until=2027-01-01 reason="x"', 3, 'This looks like a waiver, and does not begin as one.'],
  ])('%s is a warning, and waives nothing', (_, text, column, summary) => {
    const { waivers, diagnostics } = read({ 'main.tf': proxy(`# rds-auth-policy:${text}\n`) });
    expect(waivers).toEqual([]);
    expect(diagnostics).toMatchObject([
      { severity: 'warning', code: 'waiver-invalid', summary, origin: { file: 'main.tf', line: 1, column } },
    ]);
    expect(diagnostics[0]?.detail).toContain('rds-auth-policy:ignore POLICY until=YYYY-MM-DD reason="Why"');
  });
});
