export const isWindows = (path: string): boolean =>
  /^(?:[A-Za-z]:|\\)\\/.test(path) || (path.includes('\\') && !path.includes('/'));

export const isAbsolutePath = (path: string): boolean => /^(?:\/|\\|[A-Za-z]:[\\/])/.test(path);

/**
 * A path below the current directory, with `/` and without `./`. Null for what is elsewhere, or nowhere, as standard
 * input is: a code host has no such file.
 */
export const relativePath = (path: string): string | null => {
  const slashed = isWindows(path) ? path.replaceAll('\\', '/') : path;
  if (path === '-' || /^(?:\/|[A-Za-z]:\/)/.test(slashed)) return null;
  const steps: string[] = [];
  for (const step of slashed.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return null;
  }
  return steps.length === 0 ? null : steps.join('/');
};
