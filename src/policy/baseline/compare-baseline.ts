import type { Baseline, BaselineEntry } from '../../model/baseline.ts';
import { type Finding, failsRun } from '../../model/finding.ts';
import { hashOf } from '../../model/hash.ts';
import type { Report } from '../../model/report.ts';

/** The addresses that a resource had before it was moved, the latest first. */
export type PreviousAddresses = (address: string) => readonly string[];

/** A report in which what the baseline holds does not fail the run. */
export const compareWithBaseline = (
  report: Report,
  {
    path,
    baseline,
    previous,
  }: { readonly path: string; readonly baseline: Baseline; readonly previous: PreviousAddresses },
): Report => {
  const entries = new Map(baseline.findings.map((entry) => [entry.fingerprint, entry]));
  const compared = compareAll(report.findings, entries, previous);
  const findings = compared.map(({ finding }) => finding);
  const seen = new Set(compared.flatMap(({ known }) => known));
  const unchanged = findings.filter((finding) => finding.baseline === 'unchanged').length;
  return {
    ...report,
    verdict: report.verdict === 'error' ? 'error' : findings.some(failsRun) ? 'fail' : 'pass',
    findings,
    baseline: {
      path,
      new: findings.length - unchanged,
      unchanged,
      moved: compared.filter(({ isMoved }) => isMoved).length,
      gone: goneOf(report, baseline).filter((entry) => !seen.has(entry)),
    },
  };
};

/** An entry holds one finding: what stands at its address comes before what was moved from there. */
const compareAll = (
  findings: readonly Finding[],
  entries: ReadonlyMap<string, BaselineEntry>,
  previous: PreviousAddresses,
): readonly Compared[] => {
  const spent = new Map<BaselineEntry, string>();
  const spend = (entry: BaselineEntry, address: string): void => {
    if (!spent.has(entry)) spent.set(entry, address);
  };
  for (const { policy, address } of findings) {
    const entry = entries.get(hashOf(policy, address));
    if (entry !== undefined) spend(entry, address);
  }
  return findings.map((finding) => {
    const compared = compare(finding, entries, previous, spent);
    for (const entry of compared.known) spend(entry, finding.address);
    return compared;
  });
};

type Compared = {
  readonly finding: Finding;
  /** What the baseline holds of it, whether it is enough or not. */
  readonly known: readonly BaselineEntry[];
  readonly isMoved: boolean;
};

const compare = (
  finding: Finding,
  entries: ReadonlyMap<string, BaselineEntry>,
  previous: PreviousAddresses,
  spent: ReadonlyMap<BaselineEntry, string>,
): Compared => {
  const { policy, address } = finding;
  const before = previous(address).flatMap((one) => entries.get(hashOf(policy, one)) ?? []);
  const own = entries.get(hashOf(policy, address));
  const known = [
    ...(own === undefined ? [] : [own]),
    ...before.filter((one) => (spent.get(one) ?? address) === address),
  ];
  const [entry] = known;
  const isHeld = entry !== undefined && isNoWorse(finding, entry);
  return {
    finding: { ...finding, baseline: isHeld ? 'unchanged' : 'new' },
    known,
    isMoved: isHeld && entry.address !== address,
  };
};

/** What was undecided and fails now is news, and so is a cause more than there were. */
const isNoWorse = ({ outcome, causes = 1 }: Finding, entry: BaselineEntry): boolean =>
  (outcome === 'unknown' || entry.outcome === 'fail') && causes <= entry.causes;

/** What was not judged may be there all the same. */
const goneOf = ({ verdict, policies }: Report, { findings }: Baseline): readonly BaselineEntry[] => {
  const run = new Set(policies.map(({ id }) => id));
  return verdict === 'error' ? [] : findings.filter(({ policy }) => run.has(policy));
};
