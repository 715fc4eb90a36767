import { coverageOf, loadPolicySet } from '../../index.ts';
import { openPolicies } from '../../io/open-policies.ts';
import { type Diagnostic, refusal } from '../../model/diagnostic.ts';
import type { TestReport } from '../../model/policy-test.ts';
import type { Streams } from '../streams.ts';
import { type FoundCase, findCases } from './find-cases.ts';
import { runCases } from './run-cases.ts';

/** Runs the cases of every policy in these folders and below. */
export const runSuite = async (
  folders: readonly string[],
  run: RegExp | null,
  streams: Streams,
  version: string,
): Promise<TestReport> => {
  const start = performance.now();
  const suite = await loadSuite(folders);
  const chosen = suite.cases.filter((one) => run === null || run.test(nameOf(one)));
  const ran = await runCases(chosen, streams);
  const failed = ran.results.filter(({ differences }) => differences.length > 0).length;
  return {
    schemaVersion: '1',
    tool: { name: 'rds-auth-policy', version },
    summary: { passed: ran.results.length - failed, failed, duration: performance.now() - start },
    cases: ran.results,
    coverage: suite.coverage,
    diagnostics: [...suite.diagnostics, ...ran.diagnostics, ...nothingRan(suite, chosen, folders)],
  };
};

/** What `--run` looks at. */
const nameOf = ({ compiled, name }: FoundCase): string => `${compiled.policy.id}/${name}`;

type Suite = Pick<TestReport, 'coverage' | 'diagnostics'> & { readonly cases: readonly FoundCase[] };

const loadSuite = async (folders: readonly string[]): Promise<Suite> => {
  const read = await Promise.all(folders.map(openPolicies));
  const missing = read.flatMap((folder) => (folder.ok ? [] : [folder.diagnostic]));
  const texts = read.flatMap((folder) => (folder.ok ? folder.files : []));
  const { policies, files, diagnostics } = await loadPolicySet(texts);
  const found = await Promise.all(
    policies.map(async (compiled) => {
      const path = files.get(compiled.policy.id) ?? '';
      return { policy: compiled.policy, path, ...(await findCases(compiled, path)) };
    }),
  );
  const covered = found.map(({ policy, path, cases }) => ({
    policy,
    path,
    expected: cases.map(({ expected }) => expected.outcome),
  }));
  return {
    cases: found.flatMap(({ cases }) => cases),
    coverage: coverageOf(covered),
    diagnostics: [...missing, ...diagnostics, ...found.flatMap((one) => one.diagnostics)],
  };
};

/** A run without a case passes nothing. */
const nothingRan = (
  { cases, diagnostics }: Suite,
  chosen: readonly FoundCase[],
  [folder = '.']: readonly string[],
): readonly Diagnostic[] => {
  if (chosen.length > 0 || diagnostics.length > 0) return [];
  if (cases.length > 0) {
    const detail = 'It is looked for in the id of the policy, a slash, and the name of the case.';
    return [{ severity: 'error', code: 'usage-invalid', summary: 'No case matches what was given to --run.', detail }];
  }
  const detail = 'A case is a folder cases/fail-<name> beside policy.yaml, or an entry of cases.yaml there.';
  return [refusal(folder, 'case-invalid', 'None of the policies here has a case.', detail)];
};
