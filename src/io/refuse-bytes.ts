import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import { listZipEntries } from './zip-entries.ts';

/** Refuses what is no text, with words on what it is. Null when the bytes may be text. */
export const refuseBytes = (bytes: Buffer, path: string): Diagnostic | null => {
  if (startsWith(bytes, 'PK\u0003\u0004')) return refuseZip(bytes, path);
  const kind = magic.find(([prefix]) => startsWith(bytes, prefix));
  return kind === undefined ? null : refusal(path, 'input-unsupported', kind[1], kind[2]);
};

/** A command with the file's name in it, where a shell takes the name as it stands. */
const commandFor = (command: string, path: string): string =>
  `  ${command} ${/^[\w./+@:-]+$/.test(path) && !path.startsWith('-') ? path : 'FILE'}`;

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

const refuseZip = (bytes: Buffer, path: string): Diagnostic => {
  const isPlan = listZipEntries(bytes)?.includes('tfplan') ?? startsWith(bytes.subarray(30), 'tfplan');
  if (!isPlan) return refusal(path, 'input-unsupported', 'This is a zip archive, and not a saved plan.', unpack);
  const show = commandFor('terraform show -json', path);
  return refusal(
    path,
    'input-unsupported',
    'This is a saved plan in the binary form of terraform plan -out, which only Terraform reads.',
    `In the directory where the plan was made, let Terraform write it as JSON:\n${show} > plan.json`,
  );
};
