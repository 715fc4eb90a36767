import { anyOfTests, exactly, foldCase, namedClasses, not, perlClasses, range, unicodeClass } from './classes.ts';
import { readEscape } from './escapes.ts';
import { type Flags, bounds, noFlags, signs, withFlags } from './flags.ts';
import type { Assertion, CharacterTest, ParsedRegex, RegexNode } from './syntax.ts';

const deepest = 100;
/** RE2 takes no more either. */
const mostRepeats = 1000;

const empty: RegexNode = { kind: 'empty' };
const newline = exactly(10);

/** Null where the expression is none of RE2's. */
export const parseRegex = (pattern: string): ParsedRegex | null => {
  const parser = new Parser(pattern);
  const node = parser.alternatives(noFlags, 0);
  return parser.isDone() ? { node, names: parser.names } : null;
};

const assertion = (which: Assertion): RegexNode => ({ kind: 'assertion', which });

const assertions: Readonly<Record<string, Assertion>> = {
  A: 'text-start',
  z: 'text-end',
  b: 'boundary',
  B: 'no-boundary',
};

const sequence = (nodes: readonly RegexNode[]): RegexNode => {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only : { kind: 'sequence', nodes };
};

const negatedIf = (negated: boolean, test: CharacterTest | null): CharacterTest | null =>
  test !== null && negated ? not(test) : test;

class Parser {
  readonly names: (string | null)[] = [];
  readonly #pattern: string;
  #at = 0;
  #invalid = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  isDone(): boolean {
    return !this.#invalid && this.#at === this.#pattern.length;
  }

  alternatives(outer: Flags, depth: number): RegexNode {
    if (depth > deepest) return this.#fail();
    let flags = outer;
    const choices: RegexNode[] = [];
    let nodes: RegexNode[] = [];
    while (!this.#invalid && this.#at < this.#pattern.length && this.#peek() !== ')') {
      if (this.#take('|')) {
        choices.push(sequence(nodes));
        nodes = [];
        continue;
      }
      const changed = this.#flagsOnly(flags);
      if (changed === null) nodes.push(this.#repeated(this.#atom(flags, depth), flags));
      else flags = changed;
    }
    if (choices.length === 0) return sequence(nodes);
    return { kind: 'choice', nodes: [...choices, sequence(nodes)] };
  }

  /** `(?i)`: flags for the rest of the group. */
  #flagsOnly(flags: Flags): Flags | null {
    const found = this.#match(/\(\?([imsU]*)(?:-([imsU]+))?\)/y);
    return found === null ? null : withFlags(flags, found[1] ?? '', found[2] ?? '');
  }

  #atom(flags: Flags, depth: number): RegexNode {
    const character = this.#next();
    switch (character) {
      case '(':
        return this.#group(flags, depth);
      case '[':
        return this.#characters(this.#class(), flags);
      case '.':
        return { kind: 'character', matches: flags.dotAll ? () => true : not(newline) };
      case '^':
        return assertion(flags.multiline ? 'line-start' : 'text-start');
      case '$':
        return assertion(flags.multiline ? 'line-end' : 'text-end');
      case '\\':
        return this.#escaped(flags);
      case '*':
      case '+':
      case '?':
        return this.#fail();
      default:
        return this.#literal(character, flags);
    }
  }

  #literal(character: string, flags: Flags): RegexNode {
    if (character === '{' && /^\d+(?:,\d*)?\}/.test(this.#pattern.slice(this.#at))) return this.#fail();
    return this.#characters(exactly(character.codePointAt(0) ?? 0), flags);
  }

  #group(flags: Flags, depth: number): RegexNode {
    const named = this.#match(/\?P?<([A-Za-z0-9_]+)>/y);
    const plain = named === null ? this.#match(/\?([imsU]*)(?:-([imsU]+))?:/y) : null;
    if (named === null && plain === null && this.#peek() === '?') return this.#fail();
    const number = plain === null ? this.names.push(named?.[1] ?? null) : 0;
    const node = this.alternatives(
      plain === null ? flags : withFlags(flags, plain[1] ?? '', plain[2] ?? ''),
      depth + 1,
    );
    if (!this.#take(')')) return this.#fail();
    return number === 0 ? node : { kind: 'capture', number, node };
  }

  #escaped(flags: Flags): RegexNode {
    const quoted = this.#match(/Q([\s\S]*?)(?:\\E|$)/y);
    if (quoted !== null)
      return sequence([...(quoted[1] ?? '')].map((one) => this.#characters(exactly(one.codePointAt(0) ?? 0), flags)));
    const asserted = this.#match(/[AzbB]/y);
    if (asserted !== null) return assertion(assertions[asserted[0]] ?? 'text-start');
    return this.#characters(this.#escapedCharacter(), flags);
  }

  /** After the backslash, in brackets and outside. */
  #escapedCharacter(): CharacterTest | null {
    const perl = perlClasses.get(this.#peek());
    if (perl !== undefined) {
      this.#at++;
      return perl;
    }
    const property = this.#match(/([pP])(?:\{(\^?)([^}]*)\}|(.))/y);
    if (property !== null) {
      const [, letter, negation, name, single] = property;
      return negatedIf((letter === 'P') !== (negation === '^'), unicodeClass(name ?? single ?? ''));
    }
    const codePoint = this.#escapedCodePoint();
    return codePoint === null ? null : exactly(codePoint);
  }

  #escapedCodePoint(): number | null {
    const escape = readEscape(this.#pattern, this.#at);
    if (escape !== null) this.#at = escape.end;
    return escape?.codePoint ?? null;
  }

  #class(): CharacterTest | null {
    const negated = this.#take('^');
    const tests: CharacterTest[] = [];
    let first = true;
    while (first || this.#peek() !== ']') {
      if (this.#at >= this.#pattern.length) return null;
      const test = this.#classItem();
      if (test === null) return null;
      tests.push(test);
      first = false;
    }
    this.#at++;
    return negatedIf(negated, anyOfTests(tests));
  }

  #classItem(): CharacterTest | null {
    const named = this.#match(/\[:(\^?)([a-z]+):\]/y);
    if (named !== null) return negatedIf(named[1] === '^', namedClasses.get(named[2] ?? '') ?? null);
    if (this.#match(/\\(?=[dDwWsSpP])/y) !== null) return this.#escapedCharacter();
    const first = this.#classCodePoint();
    if (first === null || this.#peek() !== '-' || this.#pattern[this.#at + 1] === ']') {
      return first === null ? null : exactly(first);
    }
    this.#at++;
    const last = this.#classCodePoint();
    return last === null || last < first ? null : range(first, last);
  }

  #classCodePoint(): number | null {
    if (this.#take('\\')) return this.#escapedCodePoint();
    return this.#at < this.#pattern.length ? (this.#next().codePointAt(0) ?? null) : null;
  }

  #repeated(node: RegexNode, flags: Flags): RegexNode {
    const found = this.#match(/(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})(\??)/y);
    if (found === null) return node;
    const [, sign, from = '', comma, to = '', lazy] = found;
    const [least, most] = sign === undefined ? bounds(from, comma !== undefined, to) : (signs[sign] ?? [1, 1]);
    const wrong = least > mostRepeats || (most ?? 0) > mostRepeats || (most !== null && most < least);
    if (wrong || /^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(this.#pattern.slice(this.#at))) return this.#fail();
    return { kind: 'repeat', node, least, most, greedy: (lazy === '') !== flags.swapped };
  }

  #peek(): string {
    return this.#pattern[this.#at] ?? '';
  }

  #next(): string {
    const character = String.fromCodePoint(this.#pattern.codePointAt(this.#at) ?? 0);
    this.#at += character.length;
    return character;
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#pattern);
    if (found !== null) this.#at += found[0].length;
    return found;
  }

  #characters(test: CharacterTest | null, { ignoreCase }: Flags): RegexNode {
    return test === null ? this.#fail() : { kind: 'character', matches: ignoreCase ? foldCase(test) : test };
  }

  #fail(): RegexNode {
    this.#invalid = true;
    return empty;
  }
}
