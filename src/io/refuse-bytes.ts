import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import { listZipEntries } from './zip-entries.ts';

/** Refuses what is no text, with words on what it is. Null when the bytes may be text. */
export const refuseBytes = (bytes: Buffer, path: string): Diagnostic | null => {
  if (startsWith(bytes, zip)) return refuseZip(bytes, path);
  const kind = magic.find(([prefix]) => startsWith(bytes, prefix));
  return kind === undefined ? null : refusal(path, 'input-unsupported', kind[1], kind[2]);
};

type Magic = readonly [prefix: string, summary: string, detail: string];

const unpack = 'Unpack it, and give the file that is in it.';

const magic: readonly Magic[] = [
  ['\u001f\u008b', 'This is a file compressed by gzip.', unpack],
  ['BZh', 'This is a file compressed by bzip2.', unpack],
  ['\u00fd7zXZ', 'This is a file compressed by xz.', unpack],
  ['\u0028\u00b5\u002f\u00fd', 'This is a file compressed by zstd.', unpack],
  [
    'tfplan',
    'This is a binary plan of Terraform 0.11 or older, whose format is not supported.',
    'Terraform 0.12 is the first that can write a plan as JSON (terraform show -json).',
  ],
];

const startsWith = (bytes: Buffer, prefix: string): boolean => bytes.toString('latin1', 0, prefix.length) === prefix;

const zip = 'PK\u0003\u0004';

/** An archive of Terraform, or what is left of one that was cut off. */
export const isSavedPlan = (bytes: Buffer): boolean =>
  startsWith(bytes, zip) && (listZipEntries(bytes)?.includes('tfplan') ?? startsWith(bytes.subarray(30), 'tfplan'));

/** A binary plan comes here where it is no file: from a pipe. */
const refuseZip = (bytes: Buffer, path: string): Diagnostic =>
  isSavedPlan(bytes)
    ? refusal(
        path,
        'input-unsupported',
        'This is a saved plan in the binary form of terraform plan -out, which is read from a file only.',
        'Give the name of the file, or let Terraform write it as JSON:\n  rds-auth-policy tfplan\n  terraform show -json tfplan | rds-auth-policy -',
      )
    : refusal(path, 'input-unsupported', 'This is a zip archive, and not a saved plan.', unpack);
