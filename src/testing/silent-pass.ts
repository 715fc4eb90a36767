import type { Report } from '../model/report.ts';
import { cells, connectionKey, mandatoryFailures } from './expected.ts';

/**
 * Whether a damaged document got a better verdict than the undamaged one, and nothing tells. It did not where the report
 * is an error, has a diagnostic or something undecided that the other has not, says the same, or says worse: every
 * mandatory failure stays, and every connection stays with a verdict that is no better.
 */
export const isSilentPass = (undamaged: Report, damaged: Report): boolean => {
  if (damaged.verdict === 'error') return false;
  if (damaged.diagnostics.length > undamaged.diagnostics.length) return false;
  if (undecided(damaged) > undecided(undamaged)) return false;
  const failures = new Set(mandatoryFailures(damaged));
  const verdicts = new Map(damaged.connections.map((c) => [connectionKey(c), c.verdict]));
  const better = undamaged.connections.some((connection) => {
    const verdict = verdicts.get(connectionKey(connection));
    return verdict !== connection.verdict && verdict !== 'unreachable';
  });
  return better || mandatoryFailures(undamaged).some((failure) => !failures.has(failure));
};

const undecided = ({ matrix, connections, findings }: Report): number =>
  [...cells(matrix).values()].filter((cell) => cell === 'unknown').length +
  connections.filter(({ verdict }) => verdict === 'unknown').length +
  findings.filter(({ outcome }) => outcome === 'unknown').length;
