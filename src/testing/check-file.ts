import { readFileSync } from 'node:fs';
import { check } from '../check.ts';
import type { Report } from '../model/report.ts';
import { builtinPolicies } from '../policy/builtin.generated.ts';
import { type DetectedDocument, detectDocument } from '../terraform/plan/detect.ts';

/** Reads and detects a plan or state below the repository's root. */
export const documentAt = (path: string): DetectedDocument => {
  const detected = detectDocument(readFileSync(path, 'utf8'), path);
  if (!detected.ok) throw new Error(`${path}: ${detected.diagnostic.summary}`);
  return detected.document;
};

/** Judges a file by the built-in policies. */
export const checkFile = (path: string, context: readonly string[] = []): Report =>
  check({ judged: documentAt(path), context: context.map(documentAt) }, builtinPolicies, { toolVersion: 'test' });
