import { describe, expect, test } from '@jest/globals';
import { validateXML } from 'xmllint-wasm';
import { element, writeXml } from './xml.ts';

const everything = Array.from({ length: 0x300 }, (_, code) => String.fromCharCode(code)).join('');
const rows = [
  ['markup', `<a href="x">'&amp;'</a>`],
  ['the end of a CDATA section', ']]>'],
  ['every character below U+0300', everything],
  ['blanks', ' \t\n\r '],
  ['halves of surrogate pairs', 'a\ud800b\udc00c'],
  ['a whole pair', '\u{1f600}'],
  ['what is no character', '\ufffe\uffff'],
] as const;

describe('XML', () => {
  test.each(rows)('of %s is well-formed', async (_, text) => {
    const contents = writeXml(element('a', { b: text }, [element('c', {}, text)]));
    expect(await validateXML({ xml: { fileName: 'a.xml', contents }, normalization: 'format' })).toMatchObject({
      valid: true,
      errors: [],
    });
  });

  test('keeps what it can, and nothing else', () => {
    expect(writeXml(element('a', { b: '1\n"<\u0000', n: 2 }, [element('c', {}, 'x]]>\r\n\ud800'), element('d')]))).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a b="1&#10;&quot;&lt;\ufffd" n="2">\n  <c>x]]&gt;&#13;\n\ufffd</c>\n  <d/>\n</a>\n',
    );
  });
});
