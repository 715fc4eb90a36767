/** What a run task asks for, as HCP Terraform posts it; what is of no use here is left out. */
export type Task = {
  /** `taskrs-…`: the same for every delivery of one request. */
  readonly id: string;
  readonly stage: string;
  /** Bearer of the callback and of both downloads. A secret. */
  readonly accessToken: string;
  /** Used as it is: its query is part of the permission. */
  readonly callbackUrl: string;
  readonly planUrl: string | null;
  readonly configurationUrl: string | null;
  /** Where the root module is in the configuration; empty for its top. */
  readonly workingDirectory: string;
  readonly organization: string;
  readonly workspace: string;
  readonly runId: string;
  readonly isMandatory: boolean;
  /** RFC 3339. */
  readonly createdAt: string | null;
  /** Whether the caller takes outcomes; old Terraform Enterprise does not. */
  readonly takesOutcomes: boolean;
};

export type TaskRead =
  | { readonly kind: 'task'; readonly task: Task }
  /** Sent when a run task is created or changed: it wants an answer and no work. */
  | { readonly kind: 'verification' }
  | { readonly kind: 'invalid'; readonly reason: string };

/** A token that is valid nowhere: by it a verification is known, with `"stage": "test"` or without a stage. */
const verificationToken = 'test-token';

/** Reads a request whose signature was found right. Unknown keys are passed over, and most of the known may be missing. */
export const readTask = (body: Uint8Array): TaskRead => {
  const json = parse(body);
  if (json === undefined) return invalid('The body is not JSON in UTF-8.');
  if (!isRecord(json)) return invalid('The body is not a JSON object.');
  if (json['access_token'] === verificationToken || json['stage'] === 'test') return { kind: 'verification' };
  const version = json['payload_version'];
  if (version !== undefined && version !== 1) return invalid('The only payload_version that is known is 1.');
  const missing = needed.find((key) => textOf(json, key) === '');
  if (missing !== undefined) return invalid(`The body has no ${missing}.`);
  if (!isToken(json['access_token'])) return invalid('The access_token holds what no header can: it is no token.');
  return { kind: 'task', task: taskOf(json) };
};

const texts = ['id', 'stage', 'accessToken', 'workingDirectory', 'organization', 'workspace', 'runId'] as const;

/** Whether something that was kept is a task: what every use of it needs is there. */
export const isTask = (value: unknown): value is Task =>
  isRecord(value) &&
  texts.every((key) => typeof value[key] === 'string') &&
  isToken(value['accessToken']) &&
  ['planUrl', 'configurationUrl'].every((key) => value[key] === null || typeof value[key] === 'string') &&
  URL.canParse(String(value['callbackUrl']));

/** What a log may say of a task. */
export const detailsOf = ({ id, stage, organization, workspace, runId }: Task): Readonly<Record<string, string>> => ({
  task: id,
  stage,
  organization,
  workspace,
  run: runId,
});

/** What can stand in a header. */
const isToken = (value: unknown): boolean => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);

type Json = { readonly [key: string]: unknown };

const needed = ['task_result_id', 'access_token', 'task_result_callback_url'] as const;

const taskOf = (json: Json): Task => {
  const capabilities = json['capabilities'];
  return {
    id: textOf(json, 'task_result_id'),
    stage: textOf(json, 'stage'),
    accessToken: textOf(json, 'access_token'),
    callbackUrl: textOf(json, 'task_result_callback_url'),
    planUrl: textOf(json, 'plan_json_api_url') || null,
    configurationUrl: textOf(json, 'configuration_version_download_url') || null,
    workingDirectory: textOf(json, 'workspace_working_directory'),
    organization: textOf(json, 'organization_name'),
    workspace: textOf(json, 'workspace_name'),
    runId: textOf(json, 'run_id'),
    isMandatory: json['task_result_enforcement_level'] === 'mandatory',
    createdAt: textOf(json, 'run_created_at') || null,
    takesOutcomes: isRecord(capabilities) && capabilities['outcomes'] === true,
  };
};

const parse = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
};

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (json: Json, key: string): string => {
  const value = Object.hasOwn(json, key) ? json[key] : undefined;
  return typeof value === 'string' ? value : '';
};

const invalid = (reason: string): TaskRead => ({ kind: 'invalid', reason });
