import { type AllowedHost, addressesFault } from './addresses.ts';
import { judgeSignature } from './signature.ts';
import { type Task, readTask } from './task.ts';

export type AdmissionRules = {
  /** Of the HMAC; none only where somebody insisted on it. */
  readonly keys: readonly string[];
  readonly hosts: readonly AllowedHost[];
  /** Milliseconds; a run that is older is a request that somebody recorded. */
  readonly oldestRun: number;
};

export type Admission =
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'verification' }
  | { readonly kind: 'refused'; readonly status: 400 | 401 | 403; readonly reason: string };

/** The largest body that is read: requests have some 2 KB. */
export const largestBody = 1 << 20;

/**
 * What becomes of a request, from its raw bytes. Nothing in them is looked at before the signature is found right. HCP
 * Terraform takes 200 and nothing else for an answer.
 */
export const admit = (
  signature: string | undefined,
  body: Uint8Array,
  { keys, hosts, oldestRun }: AdmissionRules,
  now: Date,
): Admission => {
  const verdict = judgeSignature(signature, body, keys);
  if (verdict === 'unexpected') return refused(400, 'The request is signed, and this server has no HMAC key.');
  if (verdict === 'wrong') return refused(401, 'The signature is missing or wrong.');
  const read = readTask(body);
  if (read.kind === 'invalid') return refused(400, read.reason);
  if (read.kind === 'verification') return read;
  const fault = addressesFault(read.task, hosts);
  if (fault !== null) return refused(403, fault);
  if (isTooOld(read.task, oldestRun, now)) return refused(403, 'The run is too old: see --max-run-age.');
  return read;
};

const isTooOld = ({ createdAt }: Task, oldestRun: number, now: Date): boolean => {
  if (createdAt === null) return false;
  const age = now.getTime() - Date.parse(createdAt);
  // What is no time tells nothing of the age, and no request of HCP Terraform has it.
  return !(age <= oldestRun);
};

const refused = (status: 400 | 401 | 403, reason: string): Admission => ({ kind: 'refused', status, reason });
