/** What is different between two texts of Terraform, as people read it: each changed line with the blocks that it is in. */

/**
 * @param {readonly string[]} before
 * @param {readonly string[]} after
 * @returns {(readonly [sign: ' ' | '+' | '-', line: string])[]}
 */
export const diffLines = (before, after) => shorten(slide(compare(before, after)));

/** Lines are the same whatever `terraform fmt` makes of their spaces. */
const isSame = (a, b) => a !== undefined && b !== undefined && a.replace(/\s+/g, ' ') === b.replace(/\s+/g, ' ');

/** Every line of both, by their longest common subsequence. */
function compare(before, after) {
  const common = commonLengths(before, after);
  const result = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (isSame(before[i], after[j])) {
      result.push([' ', after[j]]);
      i += 1;
      j += 1;
    } else if (j === after.length || common[i + 1]?.[j] >= common[i][j + 1]) {
      result.push(['-', before[i]]);
      i += 1;
    } else {
      result.push(['+', after[j]]);
      j += 1;
    }
  }
  return result;
}

/** How long it is from line `i` of one and line `j` of the other on. */
function commonLengths(before, after) {
  const common = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i][j] = isSame(before[i], after[j])
        ? common[i + 1][j + 1] + 1
        : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  return common;
}

/** Where a block stands beside one that is alike, it begins with the empty line before it, not in the middle of the other. */
function slide(lines) {
  let result = lines;
  for (let first = 0; first < result.length; first += 1) {
    const [sign] = result[first];
    if (sign === ' ') continue;
    let last = first;
    while (result[last + 1]?.[0] === sign) last += 1;
    result = moveUp(result, first, last, distanceToEmpty(result, first, last));
    first = last;
  }
  return result;
}

/** How far up a run can move and still say the same, until it begins with an empty line; 0 where it cannot. */
function distanceToEmpty(lines, first, last) {
  for (let by = 0; ; by += 1) {
    if (lines[first - by][1] === '') return by;
    const above = lines[first - by - 1];
    if (above === undefined || above[0] !== ' ' || !isSame(above[1], lines[last - by][1])) return 0;
  }
}

function moveUp(lines, first, last, by) {
  const [sign] = lines[first];
  const isIn = (index) => index >= first - by && index <= last - by;
  return lines.map(([own, line], index) =>
    index < first - by || index > last ? [own, line] : [isIn(index) ? sign : ' ', line],
  );
}

const depthOf = (line) => line.length - line.trimStart().length;

/** Of the lines that stay, those of the blocks that a changed one is in. */
function shorten(lines) {
  const changed = [...lines.keys()].filter((index) => lines[index][0] !== ' ');
  const inText = changed.filter((index) => lines[index][1] !== '');
  const around = inText.flatMap((index) => [...linesAround(lines, index, -1), ...linesAround(lines, index, 1)]);
  const kept = new Set([...changed, ...around]);
  return lines.filter((_, index) => kept.has(index));
}

/** The lines that open, or close, the blocks around a line. */
function linesAround(lines, index, step) {
  const found = [];
  let depth = depthOf(lines[index][1]);
  for (let at = index + step; at >= 0 && at < lines.length; at += step) {
    const [sign, line] = lines[at];
    if (line === '' || depthOf(line) >= depth) continue;
    depth = depthOf(line);
    if (sign === ' ') found.push(at);
  }
  return found;
}
