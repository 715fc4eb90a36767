import { word } from './classes.ts';
import type { Assertion, CharacterTest, ParsedRegex, RegexNode } from './syntax.ts';

/**
 * Matching as RE2 does it: the leftmost match, alternatives in their order, and never more steps than the expression is
 * long times the text. What the backtracking of JavaScript may take years for is found, or not, at once.
 */

type Instruction =
  | { readonly kind: 'character'; readonly matches: CharacterTest }
  | { readonly kind: 'assertion'; readonly which: Assertion }
  /** Tries `first`, then `second`. */
  | { readonly kind: 'fork'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'done' };

export type Program = { readonly instructions: readonly Instruction[]; readonly names: readonly (string | null)[] };

const longestProgram = 20_000;

/** Null where repetitions of repetitions make it too long. */
export const compile = ({ node, names }: ParsedRegex): Program | null => {
  const instructions: Instruction[] = [];
  emit({ kind: 'capture', number: 0, node }, instructions);
  instructions.push({ kind: 'done' });
  return instructions.length > longestProgram ? null : { instructions, names };
};

const emit = (node: RegexNode, into: Instruction[]): void => {
  if (into.length > longestProgram) return;
  switch (node.kind) {
    case 'empty':
      return;
    case 'character':
    case 'assertion':
      into.push(node);
      return;
    case 'sequence':
      for (const one of node.nodes) emit(one, into);
      return;
    case 'choice':
      emitChoice(node.nodes, into);
      return;
    case 'repeat':
      emitRepeat(node, into);
      return;
    case 'capture':
      into.push({ kind: 'save', slot: 2 * node.number });
      emit(node.node, into);
      into.push({ kind: 'save', slot: 2 * node.number + 1 });
  }
};

const emitChoice = (nodes: readonly RegexNode[], into: Instruction[]): void => {
  const jumps = nodes.map((node, index) => {
    const fork = { kind: 'fork' as const, first: into.length + 1, second: 0 };
    const isLast = index === nodes.length - 1;
    if (!isLast) into.push(fork);
    emit(node, into);
    const jump = { kind: 'jump' as const, to: 0 };
    if (!isLast) into.push(jump);
    fork.second = into.length;
    return jump;
  });
  for (const jump of jumps) jump.to = into.length;
};

const emitRepeat = (
  { node, least, most, greedy }: Extract<RegexNode, { kind: 'repeat' }>,
  into: Instruction[],
): void => {
  const emitOne = () => emit(node, into);
  const optional = (emitBody: () => void) => {
    const fork = emitFork(greedy, into);
    emitBody();
    return fork;
  };
  if (most !== null) {
    emitCopies(least, into, emitOne);
    const forks: Fork[] = [];
    emitCopies(most - least, into, () => forks.push(optional(emitOne)));
    for (const fork of forks) fork.leave(into.length);
    return;
  }
  // `x*` is `(x+)?`, so that an empty x takes part once.
  emitCopies(least - 1, into, emitOne);
  if (least === 0) optional(() => emitLoop(node, greedy, into)).leave(into.length);
  else emitLoop(node, greedy, into);
};

/** Once, and again as long as it can be. */
const emitLoop = (node: RegexNode, greedy: boolean, into: Instruction[]): void => {
  const start = into.length;
  emit(node, into);
  const again = { kind: 'fork' as const, first: start, second: into.length + 1 };
  into.push(greedy ? again : { kind: 'fork', first: again.second, second: start });
};

/** Stops where the program is too long, or copies are empty. */
const emitCopies = (count: number, into: Instruction[], emitOne: () => void): void => {
  let length = -1;
  for (let copy = 0; copy < count && into.length <= longestProgram && into.length !== length; copy++) {
    length = into.length;
    emitOne();
  }
};

type Fork = { readonly leave: (to: number) => void };

/** Into what follows, or past it to where `leave` says. */
const emitFork = (greedy: boolean, into: Instruction[]): Fork => {
  const fork = { kind: 'fork' as const, first: into.length + 1, second: into.length + 1 };
  into.push(fork);
  return {
    leave: (to) => {
      if (greedy) fork.second = to;
      else fork.first = to;
    },
  };
};

/** Ends of the match and of its groups in pairs; -1 for a group that took no part. */
export type Match = readonly number[];

/** Steps in all searches of one call: beyond, the result is unknown. */
export class Budget {
  #left = 500_000;

  spend(): boolean {
    return this.#left-- > 0;
  }

  isSpent(): boolean {
    return this.#left < 0;
  }
}

type Step = { readonly at: number; readonly position: number } | { readonly slot: number; readonly before: number };

/** The leftmost match from `from` on; null where there is none, or the budget is spent. */
export const search = (
  { instructions, names }: Program,
  text: readonly number[],
  from: number,
  budget: Budget,
): Match | null => {
  const tried = new Set<number>();
  const slots = new Array<number>(2 * names.length + 2).fill(-1);
  for (let start = from; start <= text.length; start++) {
    const stack: Step[] = [{ at: 0, position: start }];
    for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
      if (!budget.spend()) return null;
      if ('slot' in step) slots[step.slot] = step.before;
      else if (follow(instructions, text, step, { stack, tried, slots })) return slots;
    }
  }
  return null;
};

type Search = { readonly stack: Step[]; readonly tried: Set<number>; readonly slots: number[] };

/** One thread until it forks or fails; true where it is through. */
const follow = (
  instructions: readonly Instruction[],
  text: readonly number[],
  { at, position }: { readonly at: number; readonly position: number },
  { stack, tried, slots }: Search,
): boolean => {
  const state = at * (text.length + 1) + position;
  const instruction = instructions[at];
  if (instruction === undefined || tried.has(state)) return false;
  tried.add(state);
  switch (instruction.kind) {
    case 'done':
      return true;
    case 'character': {
      const next = text[position];
      if (next !== undefined && instruction.matches(next)) stack.push({ at: at + 1, position: position + 1 });
      return false;
    }
    case 'assertion':
      if (holds(instruction.which, text, position)) stack.push({ at: at + 1, position });
      return false;
    case 'fork':
      stack.push({ at: instruction.second, position }, { at: instruction.first, position });
      return false;
    case 'jump':
      stack.push({ at: instruction.to, position });
      return false;
    case 'save':
      stack.push({ slot: instruction.slot, before: slots[instruction.slot] ?? -1 }, { at: at + 1, position });
      slots[instruction.slot] = position;
      return false;
  }
};

const newline = 10;

const holds = (which: Assertion, text: readonly number[], position: number): boolean => {
  const [before, after] = [text[position - 1], text[position]];
  switch (which) {
    case 'text-start':
      return before === undefined;
    case 'text-end':
      return after === undefined;
    case 'line-start':
      return before === undefined || before === newline;
    case 'line-end':
      return after === undefined || after === newline;
    default: {
      const isBoundary = (before !== undefined && word(before)) !== (after !== undefined && word(after));
      return isBoundary === (which === 'boundary');
    }
  }
};
