import type { PassedOver } from '../../io/find-folders.ts';
import { printable } from '../../report/printable.ts';
import type { RootModule, RootModules } from './root-modules.ts';
import { type Found, modulesBrought, placeOf } from './texts.ts';

/** What `docs/atlantis.md` has, which a test holds equal. */
const atlantisText = `repos:
  - id: /.*/
    apply_requirements: [approved]
    policy_check: true
    custom_policy_check: true
    workflow: rds
workflows:
  rds:
    plan:
      steps: [init, plan]
    policy_check:
      steps:
        - show
        - run: rds-auth-policy --format atlantis --config-only /etc/atlantis/rds-auth-policy.yaml
policies:
  owners:
    teams: [dba]
  sticky_policy_approvals: true # from version 0.44 on
  policy_item_regex: "(?m)^FAIL.*" # from version 0.44 on
  policy_sets:
    - name: rds-auth
      path: unused # asked for, and not read
      source: local
`;

export const atlantisNote = `Atlantis (0.39 or newer) is configured at its server, so that no pull request changes the check. Put the program
into its image (deploy/docker/atlantis.Dockerfile in the repository of rds-auth-policy), start the server
with --enable-policy-checks, and let the file of --repo-config have, beside what is in it:
${atlantisText}Leave out no part of it: without the block policies a check that has no answer passes.
`;

/** An item of `repos` with a hook for each root module, as in `docs/pre-commit.md`, which a test holds equal. */
export const preCommitText = ({ modules: { roots }, version }: Found): string => `  - repo: local
    hooks:
${roots.map((root) => hookFor(root, version)).join('')}`;

const hookFor = ({ path }: RootModule, version: string): string => `      - id: rds-auth-policy
        name: RDS login policies
        entry: rds-auth-policy check
        args: [${JSON.stringify(path === '.' ? '.' : `./${path}`)}]
        language: node
        additional_dependencies: ["rds-auth-policy@${version}"]
        files: (\\.(tf|tofu)(\\.json)?|\\.tfvars(\\.json)?|(^|/)\\.?rds-auth-policy\\.(yaml|yml|json))$
        pass_filenames: false
        require_serial: true
`;

export const planLine = (plan: string): string =>
  `terraform show -json ${plan} > plan.json && rds-auth-policy plan.json`;

/** What makes configuration only when it runs. */
export const makerNotes = ({ cdktf, terragrunt }: RootModules): readonly string[] => [
  ...(cdktf.length === 0
    ? []
    : [
        `CDKTF is in ${listed(cdktf)}, and its configuration is there only after a synthesis: no job judges it yet. Let one run, with NAME
being that of the stack:
cdktf synth
rds-auth-policy cdktf.out/stacks/NAME
In TypeScript the synthesis itself can fail: RdsAuthPolicy.enforce(stack), from rds-auth-policy/cdktf.
`,
      ]),
  ...(terragrunt.length === 0
    ? []
    : [
        `Terragrunt is in ${listed(terragrunt)}, and puts its configuration together only when it runs: judge its plans, of all units together.
terragrunt run --all plan --json-out-dir "$PWD/plans"
find plans -name tfplan.json -exec rds-auth-policy {} +
`,
      ]),
];

const reasons: Readonly<Record<PassedOver['why'], string>> = {
  name: 'Their names have signs that may stand in no file of a build runner:',
  unreadable: 'These directories cannot be read:',
  repository: 'These are repositories of their own, for which init is called in them:',
  'too-deep': 'Nobody looked below these directories, which lie too deep:',
  'too-many': 'Nobody looked below these directories, since there are too many:',
};

/** What may hold root modules, and is in no job. */
export const passedOverNotes = ({ survey, modules }: Found): readonly string[] => [
  ...(Object.keys(reasons) as PassedOver['why'][]).flatMap((why) =>
    listNote(
      reasons[why],
      survey.passedOver.filter((passed) => passed.why === why).map(({ path }) => path),
    ),
  ),
  ...listNote('These files cannot be read:', modules.unreadable),
  ...listNote(
    'These modules are taken for libraries, since nothing in them is of a root module alone (a backend, a provider, values, a lock file). Where one is applied by itself, add it:',
    modules.unmarked,
  ),
  ...(survey.start === '.'
    ? []
    : [
        `Only ${printable(survey.start, { unicode: true })} was looked at. For all of the repository:\nrds-auth-policy init\n`,
      ]),
];

const listNote = (sentence: string, paths: readonly string[]): readonly string[] =>
  // A name with a line break in it would say more than its line.
  paths.length === 0 ? [] : [`${sentence}\n${printable(shortened(paths), { unicode: true }).join('\n')}\n`];

const mostNamed = 10;

/** The first of them, and how many more there are. */
export const shortened = (paths: readonly string[]): readonly string[] =>
  paths.length > mostNamed ? [...paths.slice(0, mostNamed), `and ${paths.length - mostNamed} more`] : paths;

const listed = (paths: readonly string[]): string =>
  shortened(paths.map((path) => (path === '.' ? './' : path))).join(', ');

/** Modules of registries are known only where somebody has brought them. */
export const installNote = ({ roots }: RootModules): readonly string[] =>
  listNote(
    'Modules of registries and repositories are read where they are installed. The jobs install them, and need access to them:',
    roots.flatMap((root) => modulesBrought(root) ?? []),
  );

/** A file that was written for other root modules judges these nowhere. */
export const unnamedNote = (path: string, text: string | undefined, { roots }: RootModules): readonly string[] =>
  text === undefined
    ? []
    : listNote(
        `${path} is there already, and does not name these root modules: add them where they are judged nowhere else.`,
        roots
          .filter((root) => root.path !== '.' && !text.includes(placeOf(root)) && !names(text, root.path))
          .map(placeOf),
      );

const names = (text: string, path: string): boolean =>
  new RegExp(`(?:^|[\\s"'=[,(/])${path.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}(?:$|[\\s"'\\]),/])`, 'm').test(
    text,
  );
