/** What the constructs use of the checker: `src/engine.ts`, which the build makes one file of. */
export type Engine<Rules> = {
  readonly openStackRules: (path: string | null) => Rules;
  readonly judgeStack: (input: StackInput<Rules>) => StackJudgement;
  readonly userStatements: (path: Path, engine: string, user: string) => UserStatements | null;
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

/** The ways in for which a user is defined in the database; `rds` stands for the database. */
export type Path = 'password-rds' | 'iam-rds' | 'password-proxy-rds' | 'iam-proxy-rds' | 'iam-proxy-iam-rds';

/** Lines of SQL, and what to know about them. */
export type UserStatements = { readonly lines: readonly string[]; readonly notes: readonly string[] };

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
