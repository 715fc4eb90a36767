import { expect, test } from '@jest/globals';
import { type Scalar, isScalar, parseDocument } from 'yaml';
import { sourceOffset } from './source-offset.ts';

const scalarIn = (source: string): Scalar => {
  const node = parseDocument(source).getIn(['key'], true);
  if (!isScalar(node)) throw new Error('key is no scalar');
  return node;
};

// `@` marks one place in the value; its column in the file must be found again.
test.each([
  ['plain', 'key: proxy.a && @b\n'],
  ['plain, at its start', 'key:   @abc\n'],
  ['plain over two lines', 'key: proxy.a &&\n    proxy.@b\n'],
  ['single quotes', "key: '!proxy.@b'\n"],
  ['an escaped quote', "key: 'it''s @b'\n"],
  ['double quotes', 'key: "!proxy.@b"\n'],
  ['escapes', 'key: "a == \\"x\\" \\\\ \\u00e9 \\t\\n @b"\n'],
  ['a continued line', 'key: "a && \\\n    @b"\n'],
  ['folded', 'key: >-\n  proxy.a &&\n  proxy.@b\n'],
  ['folded with a paragraph', 'key: >\n  proxy.a\n\n    && @b\n'],
  ['literal', 'key: |-\n  proxy.a &&\n    proxy.@b ||\n  c\n'],
  ['after other keys and Windows line ends', 'first: 1\r\nkey: >-\r\n  proxy.a &&\r\n  @b\r\n'],
])('finds a place in %s', (_, source) => {
  const scalar = scalarIn(source);
  expect(sourceOffset(source, scalar, String(scalar.value).indexOf('@'))).toBe(source.indexOf('@'));
});

test.each([
  ['plain', 'key: proxy.a &&\nother: 1\n', 'key: proxy.a &&'.length],
  ['quoted', 'key: "proxy.a &&"  # comment\n', 'key: "proxy.a &&'.length],
  ['literal', 'key: |\n  proxy.a &&\nother: 1\n', 'key: |\n  proxy.a &&'.length],
])('finds the end of %s', (_, source, offset) => {
  const scalar = scalarIn(source);
  expect(sourceOffset(source, scalar, String(scalar.value).trimEnd().length)).toBe(offset);
});
