import type { TestReport } from '../../model/policy-test.ts';
import { type KeyIn, toJson } from '../json.ts';
import type { TestReporter } from './test-reporter.ts';

// As in reports: one order for the keys of all objects, and what is not here reaches no output.
// biome-ignore format: grouped by object
const keys = [
  'schemaVersion', 'tool', 'policy', 'name', 'version', 'summary', 'passed', 'failed', 'severity', 'code', 'detail',
  'address', 'path', 'document', 'file', 'line', 'column', 'endLine', 'endColumn', 'calls', 'given', 'leftOut',
  'expected', 'got', 'outcome', 'subjects', 'addresses', 'message', 'messages', 'reasons', 'differences', 'duration',
  'coverage', 'covered', 'total', 'percent', 'policies', 'cases', 'fail', 'pass', 'unknown', 'missing',
  'diagnostics', 'origin',
] as const satisfies readonly KeyIn<TestReport>[];

type Forgotten = Exclude<KeyIn<TestReport>, (typeof keys)[number]>;

/** Does not compile when a key of the results is missing above; the error names it. */
const keyOrder: [Forgotten] extends [never] ? readonly string[] : Forgotten = keys;

export const renderTestJson: TestReporter = (report) => toJson([report], keyOrder);
