/** What a file of a folder of policies holds, by its name; a file of any other name is a policy. */
export const kindOfFile = (path: string): 'policy' | 'conditions' | 'set' => {
  if (/(^|[/\\])conditions\.ya?ml$/.test(path)) return 'conditions';
  return /(^|[/\\])set\.ya?ml$/.test(path) ? 'set' : 'policy';
};

/** Whether a file stands in the folder of another one, or in a folder below it. */
export const isInFolder = (inFolder: string, path: string): boolean => {
  const folder = folderOf(inFolder);
  return folder === '' || folderOf(path) === folder || folderOf(path).startsWith(`${folder}/`);
};

const folderOf = (path: string): string => path.replaceAll('\\', '/').split('/').slice(0, -1).join('/');
