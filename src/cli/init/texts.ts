import type { Survey } from '../../io/survey-repository.ts';
import type { RootModule, RootModules } from './root-modules.ts';

/** What the texts are made of. A name of a directory is whatever its owner chose: it is quoted, for a shell or for YAML. */
export type Found = { readonly survey: Survey; readonly modules: RootModules; readonly version: string };

/** For a POSIX shell: one word. In it nothing begins like an expression (`${{`) or a macro (`$(`) of a build runner. */
const word = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`).replaceAll('$', () => "$''")}'`;

/** A root module as a word of a shell: below the root, so that none begins like an option. */
export const placeOf = ({ path }: RootModule): string => word(path === '.' ? '.' : `./${path}`);

/** A root module as a title: its path where that means nothing to YAML nor to a build runner, else its number. */
export const titleOf = ({ path }: RootModule, index: number): string =>
  /^\w[\w./-]{0,199}$/.test(path) ? path : `root module (${index + 1})`;

export const lines = (indent: number, ...texts: readonly string[]): string =>
  texts.map((text) => `${' '.repeat(indent)}${text}\n`).join('');

export const installed = (folder: string, version: string): string =>
  `npm install --prefix "${folder}" --ignore-scripts --no-audit --no-fund --loglevel=error rds-auth-policy@${version}`;
export const program = (folder: string): string =>
  `node "${folder}/node_modules/rds-auth-policy/bin/rds-auth-policy.js" check`;

/** Modules alone are brought: neither providers nor credentials of a backend are needed for them. */
export const modulesBrought = (root: RootModule): string | null =>
  root.installer === null ? null : `${root.installer} -chdir=${placeOf(root)} get`;

export const head = (page: string): string =>
  `# Judges the configuration of each root module by itself. Where a plan is made, judge that: it knows more
# (docs/${page} in the repository of rds-auth-policy).
`;

export const commandLines = ({ roots }: RootModules): string =>
  roots.flatMap((root) => [modulesBrought(root) ?? [], `rds-auth-policy ${placeOf(root)}`].flat()).join('\n');

export const schema = 'node_modules/rds-auth-policy/schemas/configuration.schema.json';
const schemaLine = `yaml-language-server: $schema=./${schema}`;

export const configurationText = (hasSchema: boolean): string => `${
  hasSchema
    ? `# ${schemaLine}\n`
    : `# Where the package is installed in the repository, editors check this file by a first line that says
# "${schemaLine}".
`
}# What is judged and how strictly. All keys: docs/configuration.md in the repository of rds-auth-policy.
output:
  # "fail" where what is undecided is not good enough.
  unknown: report

# rules:
#   - policy: "proxy-*"
#     severity: critical
#
# waivers:
#   - policy: ID
#     address: "aws_db_proxy.legacy"
#     reason: Its clients move to the new proxy in spring.
#     expires: 2027-03-31
#
# users:
#   - { name: orders_app, database: "aws_db_instance.orders", method: password }
`;
