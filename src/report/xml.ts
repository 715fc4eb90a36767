export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Elements, or one text. */
  readonly content: readonly XmlElement[] | string;
};

export const element = (
  name: string,
  attributes: XmlElement['attributes'] = {},
  content: XmlElement['content'] = [],
): XmlElement => ({ name, attributes, content });

// What XML 1.0 has no place for, not even as a reference: controls, halves of surrogate pairs, U+FFFE and U+FFFF.
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

// `>` as well: `]]>` may not stand in a text. A carriage return would be read as a line feed.
const escapeText = (text: string): string =>
  text.replace(illegal, '\ufffd').replace(/[&<>\r]/g, (sign) => named[sign] ?? `&#${sign.charCodeAt(0)};`);

/** Blanks other than a space are references: a reader would make spaces of them. */
const escapeAttribute = (text: string): string =>
  text.replace(illegal, '\ufffd').replace(/[&<>"'\t\n\r]/g, (sign) => named[sign] ?? `&#${sign.charCodeAt(0)};`);

/** A document of one element: UTF-8, an element a line. */
export const writeXml = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}`;

const write = ({ name, attributes, content }: XmlElement, indent: string): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`);
  const start = `${indent}<${name}${written.join('')}`;
  if (content.length === 0) return `${start}/>\n`;
  if (typeof content === 'string') return `${start}>${escapeText(content)}</${name}>\n`;
  return `${start}>\n${content.map((child) => write(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
};
