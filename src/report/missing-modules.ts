import type { Diagnostic } from '../model/diagnostic.ts';
import type { Report } from '../model/report.ts';

/** That a module is called which is not there. */
export const isMissingModule = ({ code }: Diagnostic): boolean => code === 'module-not-found';

/**
 * Whether a configuration calls modules that are not there: what they make is not in the report, and nobody knows how
 * much that is. A plan has the resources of all its modules.
 */
export const lacksModules = ({ input, diagnostics }: Report): boolean =>
  input.some(({ role, kind }) => role === 'judged' && kind === 'configuration') && diagnostics.some(isMissingModule);
