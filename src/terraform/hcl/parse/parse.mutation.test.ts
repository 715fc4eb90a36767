import { readFileSync, readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import type { ParsedFile, Span } from '../syntax.ts';
import { toHcl2Json } from './hcl2-parser.test-support.ts';
import { mutate, newRandom, tokens } from './mutate.test-support.ts';
import { parseExpression, parseFile, parseTemplate } from './parse.ts';

/**
 * Broken inputs: whatever bytes are put in, taken out or moved, the parser ends soon, throws nothing, and says of every
 * node where it stands. The inputs are the same in each run; a failure names the one that fails.
 */

const read = (folder: string, isWanted: (name: string) => boolean): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isWanted)
    .toSorted()
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

const corpus = read('testdata/hcl', (name) => name.endsWith('.tf'));
const scenarios = read('testdata/scenarios', (name) => name.endsWith('main.tf'));
/** In the shape of hcl2json a configuration is nearly one in JSON syntax. */
const json = [...corpus, ...scenarios].map((text) =>
  JSON.stringify(toHcl2Json(parseFile({ path: 'main.tf', text })), null, 2),
);

type Walk = { readonly text: string; readonly isSound: boolean; nodes: number; readonly wrong: string[] };

/** Every node is in the file; where nothing is wrong, within the one that it is part of and behind its neighbour. */
const walk = (state: Walk, value: unknown, within: Span, path: string): void => {
  if (value instanceof Map) {
    walkAll(state, [...value.values()], within, path);
    return;
  }
  if (Array.isArray(value)) {
    walkAll(state, value, within, path);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  state.nodes += 1;
  const { span } = value as { readonly span?: Span };
  if (span !== undefined) check(state, span, within, path);
  for (const [key, child] of Object.entries(value)) {
    // In JSON a label may stand in front of many blocks.
    const around = key === 'labels' ? { start: 0, end: state.text.length } : (span ?? within);
    if (key !== 'span' && key !== 'header') walk(state, child, around, `${path}.${key}`);
  }
};

const walkAll = (state: Walk, values: readonly unknown[], within: Span, path: string): void => {
  let end = 0;
  for (const value of values) {
    walk(state, value, within, path);
    const { span } = value as { readonly span?: Span };
    if (span === undefined) continue;
    if (state.isSound && span.start < end) state.wrong.push(`${path}: neighbours overlap at ${span.start}`);
    end = span.end;
  }
};

const check = ({ text, isSound, wrong }: Walk, { start, end }: Span, within: Span, path: string): void => {
  const isPlace = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= text.length;
  if (!isPlace) wrong.push(`${path}: ${start} to ${end} is no place`);
  else if (isSound && (start < within.start || end > within.end)) {
    wrong.push(`${path}: ${start} to ${end} is not within ${within.start} to ${within.end}`);
  }
};

/** What is wrong with what the parser made of a text. */
const faultsOf = (parsed: Pick<ParsedFile, 'faults'>, tree: unknown, text: string): readonly string[] => {
  const state: Walk = { text, isSound: parsed.faults.length === 0, nodes: 0, wrong: [] };
  walk(state, tree, { start: 0, end: text.length }, 'file');
  for (const { span } of parsed.faults) check({ ...state, isSound: false }, span, span, 'fault');
  // A character makes few nodes: what grows beyond that is no tree of this text.
  if (state.nodes > 3 * text.length + 10) state.wrong.push(`${state.nodes} nodes`);
  return state.wrong;
};

type Parse = (text: string) => readonly string[];

const parseAs =
  (path: string): Parse =>
  (text) => {
    const parsed = parseFile({ path, text });
    return faultsOf(parsed, parsed.body, text);
  };

const parseAlone =
  (parse: typeof parseExpression): Parse =>
  (text) => {
    const parsed = parse(text);
    return faultsOf(parsed, parsed.value, text);
  };

/** No input takes as long, even on a busy machine; what is not linear takes longer. */
const longest = 2000;

const findFirstWrong = (seeds: readonly string[], count: number, seed: number, parse: Parse): unknown => {
  const random = newRandom(seed);
  for (let i = 0; i < count; i++) {
    const text = mutate(seeds[random(seeds.length)] ?? '', random);
    const start = performance.now();
    const wrong = parse(text);
    const took = performance.now() - start;
    if (wrong.length > 0 || took > longest) return { i, text, wrong: wrong.slice(0, 3), took };
  }
  return undefined;
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
};

describe('20,000 broken inputs', () => {
  test.each([
    ['the corpus', corpus, 10_000, 1, parseAs('main.tf')],
    ['the scenarios', scenarios, 3000, 2, parseAs('main.tf')],
    ['JSON syntax', json, 4000, 3, parseAs('main.tf.json')],
    ['values of variables in JSON', json, 500, 4, parseAs('terraform.tfvars.json')],
    ['expressions', corpus, 1000, 5, parseAlone(parseExpression)],
    ['templates', corpus, 1500, 6, parseAlone(parseTemplate)],
  ] as const)(
    '%s',
    (_, seeds, count, seed, parse) => {
      const before = heap();
      expect(findFirstWrong(seeds, count, seed, parse)).toBeUndefined();
      expect(heap() - before).toBeLessThan(50);
    },
    60_000,
  );

  test('none of them is taken for granted: the same seeds without a mutation are right', () => {
    expect([...corpus, ...scenarios].map(parseAs('main.tf')).filter((wrong) => wrong.length > 0)).toEqual([]);
    expect(json.map(parseAs('main.tf.json')).filter((wrong) => wrong.length > 0)).toEqual([]);
  });
});

/** A repetition of each is linear, and none ends the stack. */
describe('large inputs', () => {
  const large = 300_000;
  test.each([
    ...tokens.map((token) => [JSON.stringify(token), token]),
    ['unclosed texts', '"a'],
    ['texts with unclosed code', '"${a'],
    ['heredocs that never end', '<<E\n${'],
    ['comments that never end', '/* a'],
    ['blocks', 'b {\n'],
    ['blocks with broken ends', 'b { a = "\n'],
    ['arguments of one name', 'a = 1\n'],
    ['broken arguments', 'a = [1 2\n'],
    ['calls', 'f(x, '],
    ['objects', '{ a = {'],
    ['escapes', '"\\"\\\\'],
    ['a heredoc on one line', '<<E\n${a} '],
  ])('%s', (_, piece) => {
    const repeated = piece.repeat(Math.ceil(large / piece.length));
    for (const text of [repeated, `a = ${repeated}`, `a = "${repeated}`, `a = <<-E\n${repeated}\nE\n`]) {
      const start = performance.now();
      expect(parseAs('main.tf')(text)).toEqual([]);
      expect(performance.now() - start).toBeLessThan(longest * 2);
    }
    expect(parseAs('main.tf.json')(`{"locals": {"a": "${repeated}`)).toEqual([]);
  });
});
