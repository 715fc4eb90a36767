import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { marked } from 'marked';
import { validateXML } from 'xmllint-wasm';
import { type Format, formats } from '../report/index.ts';
import { runInFormats } from '../testing/run-in-formats.ts';
import { runMain } from '../testing/run-main.ts';
import { formatsOf } from './options.ts';

// Each judges many plans, on a machine that does other work beside it.
jest.setTimeout(60_000);

// A genuine plan in which everything that can have a name has one that a build runner, a terminal, a browser or a code
// host would act on. All of them hold `pwn`. Every format is held to the same, those that are added later as well.

const plan = 'testdata/reports/injection/plan.json';
const small = 'testdata/scenarios/mistake-tls-off/plan.json';
const schema = readFileSync('testdata/schemas/junit.xsd', 'utf8');

const policy = {
  subject: 'database',
  set: 'organization',
  severity: 'high',
  enforcement: 'mandatory',
  assert: 'database.engine == "pwn"',
};

/** Whatever a policy says itself. */
const texts = [
  '::error file=pwn::pwn',
  'pwn ::warning file=pwn',
  'pwn\n::error::pwn\n##[error]pwn',
  '##vso[task.complete result=Succeeded;]pwn ##teamcity[pwn] ##[error]pwn',
  '[[ATTACHMENT|pwn]]',
  '```\npwn\n```\n`pwn`',
  '<script>pwn()</script><img src=pwn onerror=pwn>',
  ']]>pwn&pwn; "pwn" \'pwn\' @pwn #123 [pwn](javascript:pwn) ![pwn](http://pwn.example)',
  '\u001b[31mpwn\u009b\u2028::error::pwn\u202e\ufeffpwn',
];

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'injection-'));
  texts.forEach((text, index) => {
    const id = `own-${index}`;
    const written = {
      ...policy,
      id,
      title: text,
      message: text,
      remediation: text,
      why: text,
      references: [`https://pwn.example/${text.replaceAll(/\s/g, '')}`],
    };
    mkdirSync(join(directory, 'policies', id), { recursive: true });
    writeFileSync(join(directory, 'policies', id, 'policy.yaml'), JSON.stringify({ ...written, aliases: ['##[pwn]'] }));
  });
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Commands that a format is made of: nothing else that looks like one may stand in its lines. */
const own: Readonly<Partial<Record<Format, RegExp>>> = {
  github:
    /^::(?:error|warning|notice) (?:file=[^:]*,)?(?:line=\d+,)?(?:endLine=\d+,)?(?:col=\d+,)?(?:endColumn=\d+,)?title=[^:]*::/,
  azuredevops:
    /^##vso\[task\.(?:logissue type=(?:error|warning);(?:\w+=[^;\]]*;)*|complete result=(?:Failed|Succeeded);)\]/,
};

const expectNoCommands = (format: Format, text: string): void => {
  for (const line of text.split('\n')) {
    const rest = line.replace(own[format] ?? /^$/, '');
    expect(rest).not.toMatch(/##(?:\[|vso\[|teamcity\[)|\[\[ATTACHMENT\|/i);
    // The runner of GitHub trims a line before it looks.
    if (rest === line) expect(line.trim()).not.toMatch(/^::/);
  }
};

const expectNoControls = (text: string): void =>
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);

const tags = /^(?:h[1-6]|p|br|hr|strong|em|code|pre|ul|ol|li|table|thead|tbody|tr|th|td|details|summary|b|a)$/;

/** What a reader of Markdown makes of it: known elements, links to pages that policies of ours name, and no mentions. */
const expectHarmlessMarkdown = (markdown: string): void => {
  const html = marked.parse(markdown, { async: false });
  for (const [, name = '', attributes = ''] of html.matchAll(/<\/?([a-zA-Z!][^\s>/]*)([^>]*)>/g)) {
    expect(name).toMatch(tags);
    expect(attributes.trim()).toMatch(/^(?:|align="\w+"|class="language-\w+"|href="https:\/\/[^"]*")$/);
    expect(attributes).not.toContain('pwn');
  }
  const outside = html.replace(/<pre>[\s\S]*?<\/pre>|<code[^>]*>[\s\S]*?<\/code>/g, '').replace(/<[^>]*>|&#39;/g, '');
  expect(outside).not.toMatch(/@pwn|#\d|GH-\d|pwn\.example|javascript:/);
};

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Every text of a document with the key that it stands under. */
const textsIn = (value: Json, key = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[key, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => textsIn(child, Array.isArray(value) ? key : name));
};

const expectHarmlessSarif = (text: string): void => {
  const all = textsIn(JSON.parse(text));
  const of = (key: string): readonly string[] => all.flatMap(([name, found]) => (name === key ? [found] : []));
  expect(of('markdown').length).toBeGreaterThan(5);
  for (const markdown of of('markdown')) expectHarmlessMarkdown(markdown);
  // In a message that is a link.
  for (const message of of('text')) expect(message).not.toMatch(/\]\(/);
  for (const uri of of('uri')) expect(uri).toMatch(/^(?:file:\/\/\/)?[\w./%~()!'*-]+$/);
};

const expectHarmlessXml = async (contents: string): Promise<void> => {
  const { errors } = await validateXML({
    xml: { fileName: 'junit.xml', contents },
    schema: { fileName: 'junit.xsd', contents: schema },
  });
  expect(errors).toEqual([]);
};

const markup =
  /<(?:script>pwn|img src=pwn|svg onload|h1>pwn|!DOCTYPE pwn)|(?:href|src)=["']?(?:javascript:|http:\/\/pwn)/;
/** What nobody reads as markup. Any other format must not hold such. */
const withoutMarkup: ReadonlySet<string> = new Set([
  'pretty',
  'json',
  'markdown',
  'sarif',
  'github',
  'gitlab-codequality',
  'azuredevops',
  'atlantis',
  'opa',
] satisfies readonly Format[]);

const expectHarmless = async (format: Format, text: string): Promise<void> => {
  expectNoCommands(format, text);
  expectNoControls(text);
  if (!withoutMarkup.has(format)) expect(text).not.toMatch(markup);
  if (format === 'markdown') expectHarmlessMarkdown(text);
  if (format === 'sarif') expectHarmlessSarif(text);
  if (format === 'junit') await expectHarmlessXml(text);
  if (format === 'atlantis') expect(text).not.toContain('```');
};

const all = formats.flatMap((format) =>
  [[], ['--verbose', '--unknown=fail'], ['--no-source']].map((flags) => [format, flags] as const),
);

/** The plan is judged once for each line of words, and what every format says of it looked at one by one. */
const judged = new Map<string, ReturnType<typeof runInFormats>>();
const judge = (...words: readonly string[]): ReturnType<typeof runInFormats> => {
  const run = judged.get(words.join(' ')) ?? runInFormats([plan, ...words], formats);
  judged.set(words.join(' '), run);
  return run;
};
const textIn = async (format: Format, ...words: readonly string[]): Promise<string> => {
  const { code, stderr, texts: written } = await judge(...words);
  expect([code, stderr]).toEqual([1, '']);
  return written.get(format) ?? '';
};

describe('names of a plan', () => {
  test.each(all)('do nothing in %s %j', async (format, flags) => {
    const text = await textIn(format, ...flags);
    expect(text.split('pwn').length).toBeGreaterThan(30);
    await expectHarmless(format, text);
  });

  test.each(['github', 'azuredevops', 'atlantis'] as const)(
    'are printed as %s is written to a file',
    async (format) => {
      const { stdout, stderr, code } = await runMain([plan, '--format', format]);
      expect([code, stderr]).toEqual([format === 'atlantis' ? 0 : 1, '']);
      expect(stdout).toBe(await textIn(format));
    },
  );

  test.each(formats)('do nothing in %s, of several plans under hostile paths', async (format) => {
    const paths = ['::error::pwn', '##vso[pwn];a=b,c', '`pwn`|<script>pwn<', '@pwn #1 [pwn](x)'].map((name) => {
      const path = join(directory, `${name.replaceAll('/', '')}.json`);
      writeFileSync(path, readFileSync(small));
      return path;
    });
    const { stdout } = await runMain([...paths, '--format', format, '--no-source']);
    await expectHarmless(format, stdout);
  });

  const commands = ['matrix', 'model', 'explain'] as const;
  const ways = commands.flatMap((command) => formatsOf[command].map((format) => [command, format] as const));

  test.each(ways)('do nothing in %s as %s', async (command, format) => {
    const { connections, findings } = JSON.parse(await textIn('json'));
    const subjects = command === 'explain' ? [[connections[0].id], [connections.at(-1).id], [findings[0].id]] : [[]];
    for (const subject of subjects) {
      const { stdout, code } = await runMain([command, ...subject, plan, '--format', format]);
      expect([code, stdout.includes('pwn')]).toEqual([0, true]);
      await expectHarmless(format, stdout);
    }
  });
});

describe('texts of policies', () => {
  // In two halves: GitHub shows ten of a level.
  const halves = ['own-0,own-1,own-2,own-3', 'own-4,own-5,own-6,own-7,own-8'];
  const ways = formats.flatMap((format) => halves.map((half) => [format, half] as const));

  test.each(ways)('do nothing in %s: %s', async (format, half) => {
    const text = await textIn(format, '--policies', join(directory, 'policies'), '--only', half);
    for (const id of half.split(',')) expect(text).toContain(id);
    await expectHarmless(format, text);
  });

  test('do nothing in what lists and shows them', async () => {
    for (const words of [
      ['policies'],
      ['policies', 'show', 'own-3'],
      ['policies', 'search', 'pwn'],
      ['explain', 'own-8'],
    ]) {
      for (const format of ['pretty', 'json'] as const) {
        const { stdout } = await runMain([...words, '--policies', join(directory, 'policies'), '--format', format]);
        expect(stdout).toContain('pwn');
        expectNoCommands(format, stdout);
        expectNoControls(stdout);
      }
    }
  });
});

describe('errors', () => {
  const names = ['::error::pwn', '##vso[pwn]', '##[error]pwn', '\u001b[31mpwn', '<script>pwn', 'pwn`|[[ATTACHMENT|x]]'];

  test.each(formats)('that name files do nothing in %s', async (format) => {
    for (const name of names) {
      const { stdout, stderr, code } = await runMain([name, '--format', format]);
      expect(code).toBe(2);
      expect(format === 'pretty' || stdout.includes('pwn')).toBe(true);
      expectNoCommands(format, stdout);
      expectNoCommands('pretty', stderr);
      expectNoControls(stdout + stderr);
      if (!withoutMarkup.has(format)) expect(stdout).not.toMatch(markup);
      if (format === 'markdown') expectHarmlessMarkdown(stdout);
    }
  });
});
