import type { Json, JsonObject } from '../terraform/json.ts';
import { isObject } from '../terraform/json.ts';

/**
 * A plan or state with canaries wherever a secret may stand, marked or not: texts that begin with `canary-` and name
 * their place. Not in what output may hold: addresses, names, user names, ARNs, and what policy documents say.
 */
export const withCanaries = (json: JsonObject): JsonObject => {
  const sown = sow(json, '') as JsonObject;
  return {
    ...sown,
    variables: {
      ...(sown['variables'] as object),
      extra: { value: 'canary-variable' },
      list: { value: ['canary-variable'] },
    },
    ...(sown['resource_changes'] === undefined ? {} : planOnly(sown)),
  };
};

const planOnly = (json: JsonObject): JsonObject => ({
  resource_changes: [...(json['resource_changes'] as readonly Json[]), ...strangers.map(changeOf)],
  planned_values: poison(json['planned_values'] ?? {}, 'planned-values'),
  output_changes: { out: { actions: ['create'], before: 'canary-output-before', after: { a: 'canary-output-after' } } },
  resource_drift: poison(json['resource_changes'] ?? [], 'drift'),
  deferred_changes: [
    { reason: 'canary-reason', resource_change: changeOf({ ...stranger('aws_instance'), name: 'later' }) },
  ],
  action_invocations: [{ address: 'action.a.b', config_values: { password: 'canary-action' } }],
  checks: [{ problems: [{ message: 'canary-check' }] }],
});

/** Attributes that hold secrets, or what people put beside them, whatever the type. */
const attributes: JsonObject = {
  password: 'canary-password',
  master_password: 'canary-master-password',
  password_wo: 'canary-password-wo',
  secret_binary: 'canary-secret-binary',
  auth_token: 'canary-auth-token',
  private_key: 'canary-private-key',
  connection_string: 'canary-connection-string',
  user_data: 'canary-user-data',
  description: 'canary-description',
  tags: { Owner: 'canary-tag', 'canary-tag-key': 'x' },
  tags_all: { Owner: 'canary-tag-all' },
  environment: [{ variables: { PASSWORD: 'canary-environment', 'canary-environment-key': 'x' } }],
  container_definitions: '[{"name":"a","environment":[{"name":"P","value":"canary-container"}]}]',
};

const secret = JSON.stringify({
  username: 'app',
  password: 'canary-secret-password',
  'canary-secret-key': 'canary-secret-value',
  nested: { password: ['canary-secret-nested'] },
});

const sow = (value: Json, key: string): Json => {
  if (key === 'constant_value') return poison(value, 'constant');
  if (key === 'default') return poison(value, 'default');
  if (Array.isArray(value)) return value.map((item) => sow(item, ''));
  if (!isObject(value)) return value;
  const children = Object.entries(value).map(([name, child]) => [name, sow(child, name)] as const);
  return { ...Object.fromEntries(children), ...sowObject(value, key) };
};

const sowObject = (value: JsonObject, key: string): JsonObject => {
  if (key === 'before' || key === 'after' || key === 'values') {
    const holds = typeof value['secret_string'] === 'string';
    return value['root_module'] === undefined ? { ...attributes, ...(holds ? { secret_string: secret } : {}) } : {};
  }
  if (key === 'change')
    return { generated_config: 'password = "canary-generated"', importing: { id: 'canary-import' } };
  return key === 'expressions' ? { password: { constant_value: 'canary-expression' } } : {};
};

/** Every text within is a canary. */
const poison = (value: Json, place: string): Json => {
  if (typeof value === 'string') return `canary-${place}`;
  if (Array.isArray(value)) return value.map((item) => poison(item, place));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, poison(child, place)]));
};

const stranger = (type: string): JsonObject => ({ mode: 'managed', type, name: 'client' });
const strangers = ['aws_lambda_function', 'aws_ecs_task_definition', 'aws_instance', 'aws_ssm_parameter'].map(stranger);

const changeOf = (node: JsonObject): JsonObject => ({
  ...node,
  address: `${node['type']}.${node['name']}`,
  change: {
    actions: ['create'],
    before: null,
    after: attributes,
    after_unknown: {},
    before_sensitive: false,
    after_sensitive: { password: true },
  },
});

/** The canaries in a text, each once. */
export const canariesIn = (text: string): readonly string[] => [...new Set(text.match(/canary-[\w-]+/g) ?? [])].sort();
