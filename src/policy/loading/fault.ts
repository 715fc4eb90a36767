import type { Diagnostic, DiagnosticCode } from '../../model/diagnostic.ts';

/** Something wrong with a policy file, at an offset in its text. */
export type Fault = {
  readonly code: DiagnosticCode;
  readonly summary: string;
  readonly detail?: string;
  readonly offset: number;
};

/** One-based line and column of an offset. */
export type Locate = (offset: number) => { readonly line: number; readonly col: number };

export const toDiagnostic = (fault: Fault, file: string, locate: Locate): Diagnostic => {
  const { line, col } = locate(fault.offset);
  return {
    severity: 'error',
    code: fault.code,
    summary: fault.summary,
    ...(fault.detail === undefined ? {} : { detail: fault.detail }),
    origin: { file, line, column: col },
  };
};
