import { readFileSync } from 'node:fs';
import { providerKnowledge } from '../adapters/iam/derived-data.ts';
import { type CheckOptions, type Examination, check, examine, readModel } from '../check.ts';
import { openSavedPlan } from '../io/saved-plan.ts';
import { type SourceOptions, openDirectory } from '../io/source-directory.ts';
import type { ModelDocument } from '../model/model-document.ts';
import type { Report } from '../model/report.ts';
import type { SourceInput } from '../model/source.ts';
import { builtinPolicies } from '../policy/builtin.generated.ts';
import { configurationOf } from '../source.ts';
import { loadSource } from '../terraform/hcl/load.ts';
import type { DetectedDocument } from '../terraform/plan/detect.ts';
import type { Source } from '../terraform/source.ts';
import { documentAt } from './check-file.ts';

const options: SourceOptions = { variables: new Map(), variableFiles: [], env: {} };

/** Reads the configuration in a directory. */
const sourceAt = (directory: string): Source => {
  const opened = openDirectory(directory, options);
  if (!opened.ok) throw new Error(`${directory}: ${opened.diagnostic.summary}`);
  return loadSource(opened.source.input, providerKnowledge);
};

const judge = (judged: DetectedDocument, more: Partial<CheckOptions> = {}): Report =>
  check({ judged, context: [] }, builtinPolicies, { ...more, toolVersion: 'test' });

/** Judges a configuration by its text alone. */
export const checkDirectory = (directory: string): Report => judge(configurationOf(sourceAt(directory)));

/** The model of a configuration by its text alone. */
export const modelOfDirectory = (directory: string): Promise<ModelDocument> =>
  readModel({ judged: configurationOf(sourceAt(directory)), context: [] }, 'test');

/** The model of plan JSON together with the configuration that it was made from. */
export const modelWithSource = (planFile: string, directory: string): Promise<ModelDocument> =>
  readModel({ judged: { ...documentAt(planFile), source: sourceAt(directory) }, context: [] }, 'test');

/** Judges plan JSON together with the configuration that it was made from. */
export const checkWithSource = (planFile: string, directory: string, more: Partial<CheckOptions> = {}): Report =>
  judge({ ...documentAt(planFile), source: sourceAt(directory) }, more);

/** Judges the same way, and keeps what `explain` shows. */
export const examineWithSource = (planFile: string, directory: string): Promise<Examination> =>
  examine({ judged: { ...documentAt(planFile), source: sourceAt(directory) }, context: [] }, builtinPolicies, {
    toolVersion: 'test',
  });

/** Judges a saved plan by the configuration that is in it: what it is without the program that can show its values. */
export const checkSavedPlan = (file: string): Report => {
  const opened = openSavedPlan(readFileSync(file), file, options);
  if (!opened.ok) throw new Error(`${file}: ${opened.diagnostic.summary}`);
  const input: SourceInput | undefined = opened.plan.source?.input;
  if (input === undefined) throw new Error(`${file} holds no configuration`);
  return judge({ ...configurationOf(loadSource(input, providerKnowledge)), kind: 'plan-binary' });
};
