const prefix = 'TF_VAR_';

type Environment = Readonly<Record<string, string | undefined>>;

/** `TF_VAR_name` by name, as written. */
export const environmentVariables = (env: Environment): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(env).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value] as const] : [],
    ),
  );

/**
 * The files of a directory from which Terraform takes values unasked, the last the strongest: terraform.tfvars,
 * terraform.tfvars.json, then the others by name.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export const automaticVariableFiles = (names: readonly string[]): readonly string[] => {
  const first = ['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => names.includes(name));
  return [...first, ...names.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name)).sort()];
};

/** Those that Terraform takes only where it is told to. */
export const otherVariableFiles = (names: readonly string[]): readonly string[] => {
  const automatic = new Set(automaticVariableFiles(names));
  return names.filter((name) => /\.tfvars(?:\.json)?$/.test(name) && !automatic.has(name)).sort();
};
