import { describe, expect, test } from '@jest/globals';
import { instance } from '@viz-js/viz';
import { printable } from '../printable.ts';
import { named, plain } from '../report.test-support.ts';
import { renderDot } from './dot.ts';
import { renderMermaid } from './mermaid.ts';
import { renderSvg } from './svg-document.ts';

const names = [
  '"]; click n0 "javascript:alert(1)"; x["',
  '</text><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '#quot;#lt;script#gt; &lt;b&gt; &quot;',
  '%%{init: {"securityLevel": "loose"}}%%',
  'a\nclick n0 call alert()',
  'end',
  'style a fill:#f00;',
  'linkStyle 0 stroke:#f00;',
  '`**bold**` [x](javascript:alert(1))',
  '\\" ]; node [URL="javascript:alert(1)"]; "\\',
  '\\N \\G \\l \\',
  '<b>html</b>',
  'a\u001b[31m\u202e\u0000b',
  'half \ud83d of a character',
  '::error::x ##vso[task.complete]',
  '',
  'x'.repeat(5_000),
];

const viz = await instance();

/** The plain text of what stands within quotes, as Mermaid decodes it. */
const decoded = (quoted: string): string =>
  quoted.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

describe.each(names.map((name) => [JSON.stringify(name).slice(0, 60), name] as const))('%s', (_, name) => {
  const report = named(name);
  const shown = printable(name, { unicode: true }).replace(/[\ud800-\udfff]/gu, '\ufffd');

  test('Mermaid gets it as a text within quotes, and as nothing else', () => {
    const text = renderMermaid([report, report], plain);
    for (const line of text.trimEnd().split('\n')) {
      const outside = line.replace(/"(?:[\p{L}\p{N}_.,…✓✗×?/ -]|#\d+;|<br>)*"/gu, '');
      expect(outside).toMatch(/^[\w :,#.>()[\]|-]*$/);
      expect(outside).not.toMatch(/click|init|style a|loose/);
    }
    if (shown.length < 90) {
      const texts = [...text.matchAll(/"([^"]*)"/g)].map(([, quoted]) => decoded(quoted ?? '').replace(/^.*<br>/, ''));
      expect(texts).toContain(shown);
    }
  });

  test('Graphviz reads it as it is', () => {
    const result = viz.render(renderDot([report], plain), { format: 'dot_json' });
    expect(result.errors.filter(({ message }) => !message.includes('width of non-ASCII'))).toEqual([]);
    const { objects } = JSON.parse(result.output ?? '') as { objects: { label?: string; URL?: string }[] };
    const labels = objects.map(({ label }) => label ?? '');
    const written = shown.replaceAll('\\', '\\\\').replaceAll('&', '&amp;');
    expect(labels.some((label) => label.endsWith(written))).toBe(true);
    expect(objects.every(({ URL: link }) => link === undefined)).toBe(true);
  });

  test('a picture has no element and no attribute of it', () => {
    const text = renderSvg([report], plain);
    const elements = new Set([...text.matchAll(/<(\/?[\w!?-]+)/g)].map(([, element]) => element));
    const own = ['desc', 'g', 'path', 'rect', 'style', 'svg', 'text', 'title'];
    expect([...elements].filter((element) => !own.includes(element?.replace('/', '') ?? ''))).toEqual([]);
    expect(text.replace(/"[^"<]*"/g, '""')).not.toMatch(/<[^>]*\son\w+=/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|[\ud800-\udbff](?![\udc00-\udfff])/);
  });
});
