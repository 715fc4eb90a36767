import type { Origin } from '../../model/value.ts';

/** `aws_db_proxy.main.auth[0].iam_auth (main.tf:12)`, as far as it is known; with the file of a context that it is in. */
export const placeOf = (
  { address = '', path = '', document = 0, file, line }: Partial<Origin>,
  documents: readonly string[],
): string => {
  const attribute = [address, path].filter((part) => part !== '').join('.');
  const position = file === undefined || line === undefined ? file : `${file}:${line}`;
  const context = document === 0 ? undefined : documents[document];
  const where = [position, context].filter((part) => part !== undefined).join(' in ');
  if (where === '') return attribute;
  return attribute === '' ? where : `${attribute} (${where})`;
};
