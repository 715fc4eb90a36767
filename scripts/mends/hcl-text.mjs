// Finds blocks, arguments and values in the text of a configuration, and replaces them. It knows brackets, strings and
// comments, and nothing else of the language: what it is given is written in the usual ways.

/** The index after a string that begins at `start`, with what is interpolated in it. */
function endOfString(text, start) {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') at += 2;
    else if (text.startsWith('${', at) && text[at - 1] !== '$') at = endOfBracket(text, at + 1);
    else at += 1;
  }
  return at + 1;
}

/** The index after a string or comment that begins at `at`, else `at`. */
function skipOpaque(text, at) {
  if (text[at] === '"') return endOfString(text, at);
  if (text[at] === '#' || text.startsWith('//', at)) {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  }
  return text.startsWith('/*', at) ? text.indexOf('*/', at) + 2 : at;
}

/** The index after the bracket that closes the one at `open`. */
export function endOfBracket(text, open) {
  let depth = 0;
  let at = open;
  while (at < text.length) {
    const after = skipOpaque(text, at);
    if (after !== at) {
      at = after;
      continue;
    }
    if ('([{'.includes(text[at])) depth += 1;
    if (')]}'.includes(text[at])) depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  throw new Error('a bracket is not closed');
}

/** The index at which an expression ends: a line end or comma outside of brackets. */
function endOfExpression(text, start, limit) {
  let at = start;
  while (at < limit) {
    if (text[at] === '\n' || text[at] === ',' || text[at] === '#') return at;
    if ('([{'.includes(text[at])) at = endOfBracket(text, at);
    else at = text[at] === '"' ? endOfString(text, at) : at + 1;
  }
  return limit;
}

const itemHead = /"?([A-Za-z][\w:-]*)"?((?:\s+"[^"]*")*)\s*(=(?!=)|:|\{)[ \t]*/y;

function headAt(text, at) {
  itemHead.lastIndex = at;
  const match = itemHead.exec(text);
  return match === null ? null : { name: match[1], labels: match[2], mark: match[3], end: itemHead.lastIndex };
}

/** An argument with the range of its value, or a block with the range of its body. */
function itemOf(text, start, head, limit) {
  const labels = [...head.labels.matchAll(/"([^"]*)"/g)].map((match) => match[1]);
  const item = { name: head.name, labels, start };
  if (head.mark !== '{') {
    const to = endOfExpression(text, head.end, limit);
    return { ...item, kind: 'argument', from: head.end, to, end: to };
  }
  const from = text.indexOf('{', start) + 1;
  const to = endOfBracket(text, from - 1) - 1;
  return { ...item, kind: 'block', from, to, end: to + 1 };
}

/** The arguments and blocks that stand between `start` and `end`, not those within them. */
export function itemsIn(text, start, end) {
  const items = [];
  let at = start;
  while (at < end) {
    const head = headAt(text, at);
    if (head === null) {
      // A quoted key is the head of an item; whatever else is quoted is none.
      const after = skipOpaque(text, at);
      at = after === at ? at + 1 : after;
      continue;
    }
    const item = itemOf(text, at, head, end);
    items.push(item);
    at = item.end;
  }
  return items;
}

/** The elements of a list whose brackets are at `from` and before `to`. */
export function elementsIn(text, from, to) {
  const elements = [];
  let at = from + 1;
  while (at < to - 1) {
    if (/[\s,]/.test(text[at])) at += 1;
    else {
      const end = endOfExpression(text, at, to - 1);
      if (end > at) elements.push({ from: at, to: end });
      at = Math.max(end, at + 1);
    }
  }
  return elements;
}

export const replaceRange = (text, from, to, replacement) => text.slice(0, from) + replacement + text.slice(to);

/** Takes a range out with the comma after it, and with its line where nothing else stands on it. */
export function deleteRange(text, from, to) {
  const after = to + (/^[ \t]*,/.exec(text.slice(to))?.[0].length ?? 0);
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const lineEnd = text.indexOf('\n', after);
  const alone = text.slice(lineStart, from).trim() === '' && text.slice(after, lineEnd).trim() === '';
  return alone ? replaceRange(text, lineStart, lineEnd + 1, '') : replaceRange(text, from, after, '');
}

const indentationAt = (text, at) => /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))[0];

const indented = (lines, indentation) => lines.map((line) => `${indentation}${line}`).join('\n');

/** Writes lines into a block: an argument in place of the one that is there, all else at the end. */
export function writeInto(text, block, lines) {
  const written = lines.join('\n');
  const items = itemsIn(written, 0, written.length);
  let [result, end] = [text, block.to];
  for (const [index, item] of items.entries()) {
    // With the comment that stands behind it.
    const source = written.slice(item.start, items[index + 1]?.start ?? written.length).trimEnd();
    const old = itemsIn(result, block.from, end).find(({ kind, name }) => kind === 'argument' && name === item.name);
    const before = result.length;
    if (item.kind === 'argument' && old !== undefined) {
      const indentation = indentationAt(result, old.start);
      const replacement = indented(source.split('\n'), indentation).slice(indentation.length);
      result = replaceRange(result, old.start, old.end, replacement);
    } else {
      const at = result.lastIndexOf('\n', end - 1) + 1;
      const indentation = `${indentationAt(result, at)}  `;
      result = replaceRange(result, at, at, `${indented(source.split('\n'), indentation)}\n`);
    }
    end += result.length - before;
  }
  return result;
}
