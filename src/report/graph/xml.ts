const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Half of a character, and what no XML document may hold, even spelled out.
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/gu;

/** A text that XML and HTML read as text, within elements and within quotes. */
export const xml = (text: string): string =>
  text.replace(illegal, '\ufffd').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
