import type { Report } from '../model/report.ts';

/** Broken legs of a report for which no mandatory finding points at what broke them. */
export const unexplainedLegs = (report: Report): readonly string[] => {
  const named = new Set(
    report.findings
      .filter(({ outcome, enforcement }) => outcome === 'fail' && enforcement === 'mandatory')
      .flatMap(({ address, origins }) => [address, ...origins.map((origin) => origin.address)]),
  );
  return report.connections
    .filter(({ verdict }) => verdict === 'unreachable')
    .flatMap(({ id, path, legs }) =>
      legs
        .filter(({ status, origin }) => status === 'broken' && !named.has(origin?.address ?? ''))
        .map(({ leg, reason }) => `${id} ${path} ${leg}: ${reason}`),
    );
};
