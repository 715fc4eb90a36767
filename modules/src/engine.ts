/** What the constructs use of the checker: `src/engine.ts`, which the build makes one file of. */
export type Engine<Rules> = {
  readonly openStackRules: (path: string | null) => Rules;
  readonly judgeStack: (input: StackInput<Rules>) => StackJudgement;
};

type StackInput<Rules> = StackSelection & {
  readonly text: string;
  readonly label: string;
  readonly rules: Rules;
  readonly today: string;
  readonly toolVersion: string;
};

type StackSelection = {
  readonly sets?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly unknown?: 'report' | 'fail';
};

export type StackJudgement = {
  readonly report: { readonly diagnostics: readonly Diagnostic[] };
  readonly fails: readonly Finding[];
  readonly advice: readonly Finding[];
  readonly undecided: readonly Finding[];
};

export type Finding = {
  readonly policy: string;
  readonly enforcement: 'mandatory' | 'advisory';
  readonly outcome: 'fail' | 'unknown';
  readonly address: string;
  readonly message: string;
  readonly remediation: string;
};

export type Diagnostic = {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail?: string;
  readonly origin?: {
    readonly address?: string;
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
  };
};

const path = '../engine/index.cjs';

/** Only who asks for a judgement pays for it. */
export const loadEngine = (): Engine<unknown> => require(path) as Engine<unknown>;

export const packageVersion = (): string => (require('../../package.json') as { readonly version: string }).version;
