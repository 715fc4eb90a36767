import type { Baseline, BaselineEntry } from '../../model/baseline.ts';
import { type Diagnostic, refusal } from '../../model/diagnostic.ts';
import { hashOf } from '../../model/hash.ts';

export type BaselineRead =
  | { readonly ok: true; readonly baseline: Baseline }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** A baseline that is none. */
export const refuseBaseline = (path: string, summary: string, place: Diagnostic['origin'] = {}): BaselineRead => {
  const diagnostic = refusal(path, 'baseline-invalid', summary, again);
  return { ok: false, diagnostic: { ...diagnostic, origin: { ...diagnostic.origin, ...place } } };
};

/** Takes a document for a baseline, if it is one. */
export const asBaseline = (value: unknown, path: string): BaselineRead => {
  const refuse = (summary: string): BaselineRead => refuseBaseline(path, summary);
  if (!isObject(value) || !Array.isArray(value['findings'])) return refuse('This is JSON, and no baseline.');
  if (value['schemaVersion'] !== '1')
    return refuse('This baseline is of another version than 1, which this program reads.');
  const faulty = value['findings'].findIndex((entry: unknown) => !isEntry(entry));
  if (faulty >= 0) return refuse(`Of this baseline findings[${faulty}] is not as this program writes it.`);
  const entries: readonly BaselineEntry[] = value['findings'];
  const renamed = entries.findIndex(({ policy, address, fingerprint }) => fingerprint !== hashOf(policy, address));
  if (renamed >= 0) {
    return refuse(
      `Of this baseline findings[${renamed}] has the fingerprint of another policy or address than it names.`,
    );
  }
  return { ok: true, baseline: { schemaVersion: '1', findings: entries } };
};

const again = 'Write it again:\n  rds-auth-policy PLAN --write-baseline FILE';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEntry = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['policy'] === 'string' &&
  typeof value['address'] === 'string' &&
  typeof value['fingerprint'] === 'string' &&
  (value['outcome'] === 'fail' || value['outcome'] === 'unknown') &&
  Number.isInteger(value['causes']) &&
  Number(value['causes']) >= 1;
