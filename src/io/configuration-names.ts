/**
 * The files of a directory that belong to its module, sorted by name.
 *
 * Terraform reads `.tf` and `.tf.json`, and passes over hidden files and the backups of editors: `.#x`, `x~`, `#x#`
 * (`configs.IsIgnoredFile`). OpenTofu also reads `.tofu` and `.tofu.json`, each in the place of the `.tf` or `.tf.json` of
 * the same name (https://opentofu.org/docs/language/files/). Which of the two programs a directory is for is not
 * written down anywhere; who has a `.tofu` file in it has OpenTofu.
 */
export const configurationNames = (names: readonly string[]): readonly string[] => {
  const all = new Set(names.filter(isConfigurationName));
  return [...all].filter((name) => !all.has(name.replace(/\.tf(\.json)?$/, '.tofu$1')) || isTofu(name)).sort();
};

export const isConfigurationName = (name: string): boolean =>
  /\.(?:tf|tofu)(?:\.json)?$/.test(name) && !isIgnored(name);

const isTofu = (name: string): boolean => /\.tofu(?:\.json)?$/.test(name);

const isIgnored = (name: string): boolean =>
  name.startsWith('.') || name.endsWith('~') || (name.startsWith('#') && name.endsWith('#'));
