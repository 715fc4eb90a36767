/** The top-level blocks of a formatted configuration, and what is different between two. */
import { diffLines } from './diff.mjs';

/** Address → lines. Of a configuration as `terraform fmt` leaves it: a block ends at the first `}` in column one. */
export function blocksIn(text) {
  const blocks = new Map();
  const lines = text.split('\n');
  for (let start = 0; start < lines.length; start += 1) {
    const header = /^(\w+)((?: "[^"]+")*) \{$/.exec(lines[start]);
    if (header === null) continue;
    const end = lines.indexOf('}', start);
    blocks.set(addressOf(header), lines.slice(start, end + 1));
    start = end;
  }
  return blocks;
}

function addressOf([, kind, labels]) {
  const names = [...labels.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  return kind === 'resource' ? names.join('.') : [kind, ...names].join('.');
}

/** Lines of a diff: blocks in the order of the new text, then those that are gone, each in one line. */
export function changesBetween(before, after, addresses) {
  const isWanted = (address) => addresses.length === 0 || addresses.includes(address);
  const changed = [...after].flatMap(([address, lines]) => {
    const old = before.get(address);
    if (!isWanted(address) || old?.join('\n') === lines.join('\n')) return [];
    return [
      old === undefined
        ? lines.map((line) => mark('+', line))
        : diffLines(old, lines).map(([sign, line]) => mark(sign, line)),
    ];
  });
  const gone = [...before].filter(([address]) => isWanted(address) && !after.has(address));
  const removed = gone.length === 0 ? [] : [gone.map(([, [header]]) => `- ${header} … }`)];
  return [...changed, ...removed].flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

const mark = (sign, line) => (line === '' ? sign.trimEnd() : `${sign} ${line}`);
