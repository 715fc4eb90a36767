/** Joins a relative path to a directory, both with `/`; `..` goes up, also above the beginning. */
export const joinDirectory = (directory: string, relative: string): string => {
  const isAbsolute = directory.startsWith('/');
  const steps: string[] = [];
  for (const step of [...directory.split('/'), ...relative.split('/')]) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  const joined = steps.join('/');
  return isAbsolute ? `/${joined}` : joined === '' ? '.' : joined;
};

/** The way from one directory to another below it; the other as it is where it is elsewhere. */
export const belowDirectory = (root: string, directory: string): string => {
  if (directory === root) return '.';
  if (root === '.') return directory;
  return directory.startsWith(`${root}/`) ? directory.slice(root.length + 1) : directory;
};
