/** Whose id an alias is, in the order in which they are listed. */
const families: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['List of mistakes', /^(?:[A-F]\d{2}|※\d)$/],
  ['AWS Security Hub', /^[A-Z][A-Za-z]+\.\d+$/],
  ['cdk_preflight', /^pf-/],
  ['cfn-lint', /^E\d{4}$/],
  ['AWS Config', /^[a-z0-9]+(?:-[a-z0-9]+)+$/],
  ['Checkov', /^CKV\d?_/],
  ['Trivy', /^(?:AVD-)?AWS-\d+$/],
];

export type MappedIds = { readonly family: string; readonly ids: readonly string[] };

/** The aliases of a policy by the list or tool that they come from. */
export const mappedIds = (aliases: readonly string[]): readonly MappedIds[] => {
  const familyOf = (alias: string): string => families.find(([, pattern]) => pattern.test(alias))?.[0] ?? 'Others';
  return [...families.map(([name]) => name), 'Others'].flatMap((family) => {
    const ids = aliases.filter((alias) => familyOf(alias) === family);
    return ids.length === 0 ? [] : [{ family, ids }];
  });
};
