import { isWindows } from '../paths.ts';

/** Percent-encoded; half of a surrogate pair has no encoding. */
const encode = (segment: string): string => encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\ufffd'));

/**
 * A path as a URI reference. A relative one stays relative, which code hosts read from the root of the repository; an
 * absolute one is a `file:` URI. What came from standard input has no place at all, and is called `stdin`.
 */
export const uriOf = (path: string): string => {
  if (path === '-') return 'stdin';
  const slashed = isWindows(path) ? path.replaceAll('\\', '/') : path;
  const drive = /^[A-Za-z]:(?=\/)/.exec(slashed)?.[0] ?? '';
  const segments = slashed
    .slice(drive.length)
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .map(encode)
    .join('/');
  if (drive !== '') return `file:///${drive}/${segments}`;
  // Two slashes are the name of a machine on Windows.
  if (isWindows(path) && slashed.startsWith('//')) return `file://${segments}`;
  return slashed.startsWith('/') ? `file:///${segments}` : segments || 'stdin';
};

/** The folder of a plan, for the name of a run: never absolute, with a slash at its end unless it is the root. */
export const folderOf = (path: string): string => {
  const uri = uriOf(path).replace(/^file:\/+/, '');
  return uri.slice(0, uri.lastIndexOf('/') + 1);
};

/** What the names of source files are relative to. */
export const sourceRoot = '%SRCROOT%';

/** A file of the source, as code hosts find it: from the root of the repository. */
export const sourceLocation = (file: string) => {
  const uri = uriOf(file);
  return /^[a-z][a-z0-9+.-]*:/i.test(uri) ? { uri } : { uri, uriBaseId: sourceRoot };
};
