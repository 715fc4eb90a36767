import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { check } from './check.ts';
import type { Report } from './model/report.ts';
import { builtinPolicies } from './policy/builtin.generated.ts';
import { detectDocument } from './terraform/plan/detect.ts';
import { mandatoryFailures } from './testing/expected.ts';

// Plans and states of old and other makers say what those of Terraform 1.11 say.
//
// Genuine are those in testdata/makers: made by Terraform 1.1.9, 1.5.7 and 1.11.4 and OpenTofu 1.6.2, 1.8.8 and
// 1.10.6, and by Terraform 1.11.4 with the schemas of AWS provider 4.67.0, 5.100.0 and 6.47.0. Not genuine are those of
// the last table: they are plans of Terraform 1.11.4, rewritten by what is documented of formats that no program here
// makes (`rewrites`).

const root = 'testdata/makers';
const reference = 'terraform-1.11.4';
const folders = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

const judge = (text: string): Report => {
  const detected = detectDocument(text, 'plan.json');
  if (!detected.ok) throw new Error(detected.diagnostic.summary);
  return check({ judged: detected.document, context: [] }, builtinPolicies, { toolVersion: 'test' });
};

const judgeFile = (path: string): Report => judge(readFileSync(`${root}/${path}`, 'utf8'));

/** Each apply makes up ids of its own. */
const withoutIds = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value).replaceAll(/\b(db|prx|sg|cluster)-[0-9A-Za-z]{8,}|(?<=secret:[\w/]+-)\w{6}\b/g, '$1-ID'),
  );

const answerOf = ({ input, ...answer }: Report): unknown => withoutIds(answer);

const files = ['plan.json', 'state.json'] as const;
const configurations = folders(root);
const others = configurations.flatMap((configuration) =>
  folders(`${root}/${configuration}`)
    .filter((maker) => /^(?:terraform|tofu)-/.test(maker) && maker !== reference)
    .flatMap((maker) => files.map((file) => [configuration, maker, file] as const))
    .filter((path) => existsSync(`${root}/${path.join('/')}`)),
);

describe('plans and states of other versions, and of OpenTofu', () => {
  test('there are five makers of each configuration', () => expect(others).toHaveLength(30));

  test.each(others)('%s by %s, %s', (configuration, maker, file) => {
    const report = judgeFile(`${configuration}/${maker}/${file}`);
    expect(report.input[0]?.terraformVersion).toBe(maker.replace(/^\w+-/, ''));
    expect(report.connections).not.toEqual([]);
    expect(report.diagnostics).toEqual([]);
    expect(answerOf(report)).toEqual(answerOf(judgeFile(`${configuration}/${reference}/${file}`)));
  });
});

const named = (path: string): readonly string[] =>
  mandatoryFailures(judgeFile(path)).filter((failure) => failure.startsWith('connect-arn-not-resource-id'));

const byIdentifier = 'connect-arn-not-resource-id aws_iam_role_policy.connect["by_identifier"]';
const byId = 'connect-arn-not-resource-id aws_iam_role_policy.connect["by_id"]';
const direct = 'connect-arn-not-resource-id aws_iam_role_policy.direct';

describe('the id of an instance in a grant: the identifier before provider 5, the resource id since (fact 4.21)', () => {
  test.each([
    // Which of three unknown values a key of for_each means is not in the plan.
    ['aws-4.67.0', 'plan.json', [byIdentifier, direct]],
    ['aws-5.100.0', 'plan.json', [byIdentifier]],
    [reference, 'plan.json', [byIdentifier]],
    ['aws-4.67.0', 'state.json', [byId, byIdentifier, direct]],
    ['aws-5.100.0', 'state.json', [byIdentifier]],
    [reference, 'state.json', [byIdentifier]],
  ])('%s, %s', (maker, file, expected) => {
    expect(named(`instance-id/${maker}/${file}`)).toEqual(expected);
  });

  test.each(['aws-4.67.0', 'aws-5.100.0'])('%s changes nothing else', (maker) => {
    const report = judgeFile(`grant-proxy-name/${maker}/plan.json`);
    expect(answerOf(report)).toEqual(answerOf(judgeFile(`grant-proxy-name/${reference}/plan.json`)));
  });
});

type Plan = Readonly<Record<string, unknown>>;

const without =
  (...keys: readonly string[]) =>
  (plan: Plan): Plan =>
    Object.fromEntries(Object.entries(plan).filter(([key]) => !keys.includes(key)));

const since06 = ['timestamp', 'errored', 'applyable', 'complete', 'deferred_changes'];
const since02 = ['relevant_attributes', 'checks', 'condition_results', 'resource_drift'];

const withProvider = (plan: Plan, host: string): Plan =>
  JSON.parse(JSON.stringify(plan).replaceAll('registry.terraform.io/hashicorp/aws', `${host}/hashicorp/aws`));

/** Flags of what is sensitive came with 0.15. */
const withoutSensitive = (plan: Plan): Plan =>
  JSON.parse(
    JSON.stringify(plan, (key, value) =>
      /^(?:before|after)_sensitive$|^sensitive_values$/.test(key) ? undefined : value,
    ),
  );

const ephemeral = {
  address: 'ephemeral.aws_secretsmanager_secret_version.app',
  mode: 'ephemeral',
  type: 'aws_secretsmanager_secret_version',
  name: 'app',
  provider_config_key: 'aws',
  expressions: { secret_id: { constant_value: 'canary-ephemeral' } },
  schema_version: 0,
};

const withEphemeral = (plan: Plan): Plan => {
  const { configuration } = plan as { configuration: { root_module: { resources: readonly unknown[] } } };
  const resources = [...configuration.root_module.resources, ephemeral];
  return { ...plan, configuration: { ...configuration, root_module: { ...configuration.root_module, resources } } };
};

/** What the documentation, and the source of each version, say of its format. */
const rewrites: readonly (readonly [maker: string, rewrite: (plan: Plan) => Plan])[] = [
  [
    'Terraform 0.12',
    (plan) => ({
      ...withoutSensitive(without(...since06, ...since02)(plan)),
      format_version: '0.1',
      terraform_version: '0.12.31',
    }),
  ],
  [
    'Terraform 1.0',
    (plan) => ({ ...without(...since06, ...since02)(plan), format_version: '0.2', terraform_version: '1.0.11' }),
  ],
  [
    'Terraform 1.3',
    (plan) => ({
      ...without(...since06)(plan),
      format_version: '1.1',
      terraform_version: '1.3.10',
      condition_results: [],
    }),
  ],
  [
    'Terraform 1.14',
    (plan) => ({
      ...plan,
      terraform_version: '1.14.0',
      action_invocations: [{ address: 'action.x.y', config_values: { password: 'canary-action' } }],
      deferred_action_invocations: [],
    }),
  ],
  [
    'a minor version of tomorrow',
    (plan) => ({ ...plan, format_version: '1.99', novelty: { 'canary-key': ['canary-value'] } }),
  ],
  ['a mirror of the registry', (plan) => withProvider(plan, 'terraform.example.com')],
  ['OpenTofu with an ephemeral resource', (plan) => withEphemeral(withProvider(plan, 'registry.opentofu.org'))],
];

describe.each(configurations)('%s, rewritten as a plan of', (configuration) => {
  const text = readFileSync(`${root}/${configuration}/${reference}/plan.json`, 'utf8');

  test.each(rewrites)('%s', (_, rewrite) => {
    const rewritten = JSON.stringify(rewrite(JSON.parse(text)));
    expect(rewritten).not.toBe(JSON.stringify(JSON.parse(text)));
    const report = judge(rewritten);
    expect(report.diagnostics).toEqual([]);
    expect(answerOf(report)).toEqual(answerOf(judge(text)));
    expect(JSON.stringify(report)).not.toMatch(/canary/);
  });
});
