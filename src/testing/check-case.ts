import { existsSync, readFileSync } from 'node:fs';
import type { Report } from '../model/report.ts';
import { checkFile } from './check-file.ts';
import { checkWithSource } from './check-source.ts';

/** Judges a case of a policy by all built-in policies: the plan, and the text in its folder where it says so. */
export const checkCase = (folder: string): Report => {
  const file = `${folder}/case.yaml`;
  const isWithSource = existsSync(file) && /^source: \.$/m.test(readFileSync(file, 'utf8'));
  return isWithSource ? checkWithSource(`${folder}/plan.json`, folder) : checkFile(`${folder}/plan.json`);
};
