import type { InputKind } from '../../model/report.ts';
import { type JsonObject, isObject, stringAt } from '../json.ts';
import { type Refusal, makePlan, planCommands, somethingElse, unsupported } from './refusals.ts';

const showState = 'Let Terraform write it as JSON:\n  terraform show -json > state.json';

const has =
  (...keys: readonly string[]) =>
  (json: JsonObject): boolean =>
    keys.every((key) => Object.hasOwn(json, key));

const hasAny =
  (...keys: readonly string[]) =>
  (json: JsonObject): boolean =>
    keys.some((key) => Object.hasOwn(json, key));

type Row = { readonly when: (json: JsonObject) => boolean; readonly refusal: Refusal };

const isPlan = hasAny('planned_values', 'resource_changes', 'configuration');

const isRawState = (json: JsonObject): boolean =>
  typeof json['version'] === 'number' && hasAny('serial', 'lineage', 'terraform_version')(json);

const blocks = ['terraform', 'resource', 'module', 'variable', 'provider', 'output', 'locals', 'data'];

const isConfiguration = (json: JsonObject): boolean =>
  blocks.some((block) => isObject(json[block]) || Array.isArray(json[block])) &&
  stringAt(json['data'], 'type') === undefined;

const rewritten = 'Give the file exactly as Terraform wrote it, not cut down or edited by another program.';

/** Of objects without `format_version`. The first row that matches decides. */
const foreign: readonly Row[] = [
  {
    when: has('encrypted_data'),
    refusal: unsupported(
      'This is a plan or state that OpenTofu has encrypted.',
      'Where the encryption is configured, type:\n  tofu show -json tfplan > plan.json',
    ),
  },
  {
    when: has('remote_plan_format'),
    refusal: unsupported(
      'This is the bookmark of a plan that is saved in HCP Terraform, not the plan itself.',
      'In the initialised directory, with a login to HCP Terraform, type:\n  terraform show -json tfplan > plan.json',
    ),
  },
  {
    when: hasAny('@level', '@message'),
    refusal: unsupported('This is a message of a Terraform command with -json, not a plan.', makePlan),
  },
  {
    when: isRawState,
    refusal: unsupported('This is a raw state file, whose format is internal to Terraform.', showState),
  },
  {
    when: hasAny('planned_values', 'resource_changes'),
    refusal: {
      code: 'input-version-unsupported',
      summary: 'This looks like a plan and has no format_version, so nobody can tell how to read it.',
      detail: rewritten,
    },
  },
  {
    when: (json) => isObject(json['values']) && has('root_module')(json['values']),
    refusal: {
      code: 'input-version-unsupported',
      summary: 'This looks like a state and has no format_version, so nobody can tell how to read it.',
      detail: rewritten,
    },
  },
  {
    when: has('plan_json_api_url'),
    refusal: unsupported(
      'This is the request that HCP Terraform sends to a run task, not the plan.',
      'Fetch the plan from the address in plan_json_api_url.',
    ),
  },
  {
    when: ({ tool }) => stringAt(tool, 'name') === 'rds-auth-policy',
    refusal: unsupported('This is a report of rds-auth-policy, not the plan that it is about.', makePlan),
  },
  {
    when: ({ runs }) => Array.isArray(runs),
    refusal: unsupported('This is a report in SARIF, not a plan.', makePlan),
  },
  {
    when: isConfiguration,
    refusal: unsupported(
      'This is Terraform configuration in JSON (*.tf.json, or cdk.tf.json of CDKTF), not a plan.',
      `Give the directory of the configuration, or a plan. Save the plan, then let Terraform write it as JSON:\n${planCommands}`,
    ),
  },
];

/** Of objects with a `format_version` that is supported, and none of the keys of plans and states. */
const otherCommands: readonly Row[] = [
  {
    when: has('provider_schemas'),
    refusal: unsupported('This is the output of terraform providers schema -json, not a plan.', makePlan),
  },
  {
    when: has('valid'),
    refusal: unsupported('This is the output of terraform validate -json, not a plan.', makePlan),
  },
  {
    when: (json) => Object.keys(json).every((key) => ['format_version', 'terraform_version', 'checks'].includes(key)),
    refusal: {
      code: 'nothing-to-check',
      summary: 'This is an empty plan or state: there is nothing to check.',
      detail: `A state is empty before the first apply. To judge what will be created:\n${planCommands}`,
    },
  },
];

const unknownVersion: Refusal = {
  code: 'input-version-unsupported',
  summary: 'Its format_version is not 0.x or 1.x, the versions that this program reads.',
  detail: 'Look for a newer version of rds-auth-policy, or make the plan with a Terraform that writes format 1.x.',
};

const supportedVersion = /^[01](?:\.\d+)*$/;

const containers: readonly (readonly [string, (value: unknown) => boolean])[] = [
  ['planned_values', isObject],
  ['resource_changes', Array.isArray],
  ['deferred_changes', Array.isArray],
  ['configuration', isObject],
  ['prior_state', isObject],
];

/** Keys that Terraform would have written as lists or objects: reading on would miss what they hold. */
const misshapen = (json: JsonObject): Refusal | undefined => {
  const wrong = containers.find(([key, fits]) => json[key] !== undefined && !fits(json[key]));
  if (wrong !== undefined) return unsupported(`Its ${wrong[0]} is not what Terraform writes there.`, rewritten);
  return hasResources(json) ? undefined : withoutResources;
};

/** Terraform writes `root_module` also where it is empty. */
const hasResources = ({ planned_values: planned, resource_changes: changes }: JsonObject): boolean =>
  changes !== undefined || (isObject(planned) && has('root_module')(planned));

const withoutResources = unsupported(
  'This plan has neither planned_values nor resource_changes, so that nobody knows what is in it.',
  rewritten,
);

const misshapenState = (json: JsonObject): Refusal | undefined => {
  const root = isObject(json['values']) ? (json['values']['root_module'] ?? {}) : undefined;
  return isObject(root) ? undefined : unsupported('Its values are not what Terraform writes there.', rewritten);
};

/** What an object is: the kind of input, or the reason why it is not one. */
export const classifyJson = (json: JsonObject): InputKind | Refusal => {
  const version = json['format_version'];
  if (version === undefined) return foreign.find(({ when }) => when(json))?.refusal ?? somethingElse;
  if (typeof version !== 'string' || !supportedVersion.test(version)) return unknownVersion;
  if (isPlan(json)) return misshapen(json) ?? 'plan-json';
  if (has('values')(json)) return misshapenState(json) ?? 'state-json';
  return otherCommands.find(({ when }) => when(json))?.refusal ?? somethingElse;
};
