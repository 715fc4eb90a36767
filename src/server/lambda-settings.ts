import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveOptions } from './options.ts';
import { type SettingsRead, readSettings } from './settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Options of `serve` that a function has as well: `--max-run-age` is `RDS_AUTH_POLICY_MAX_RUN_AGE`. */
const taken = [
  'hmac-key-file',
  'previous-hmac-key-file',
  'allow-host',
  'config-only',
  'organization',
  'unknown',
  'max-plan-mb',
  'max-configuration-mb',
  'check-memory-mb',
  'max-run-age',
] as const;

/** No key could be had from Secrets Manager: a sentence without what it answered. */
export class NoKey extends Error {}

/**
 * The settings of a function, from its environment. With `RDS_AUTH_POLICY_HMAC_SECRET` the keys come from Secrets Manager,
 * by the extension of AWS that keeps them for some minutes, else from where `serve` has them.
 *
 * @param memory mebibytes of the function, of which a check gets the most by default
 */
export const readLambdaSettings = async (env: Env, memory: number): Promise<SettingsRead> => {
  const argv = taken.flatMap((name) => argumentsOf(name, env));
  const check = String(Math.max(64, Math.floor(memory * 0.6)));
  const usual = [
    '--state-dir',
    join(tmpdir(), 'rds-auth-policy'),
    '--check-memory-mb',
    check,
    '--check-seconds',
    '900',
  ];
  return readSettings([...usual, ...argv], { ...env, ...(await keysFrom(env)) });
};

const argumentsOf = (name: (typeof taken)[number], env: Env): readonly string[] => {
  const text = env[`RDS_AUTH_POLICY_${name.replaceAll('-', '_').toUpperCase()}`] ?? '';
  if (text.trim() === '') return [];
  const values = 'multiple' in serveOptions[name] ? text.trim().split(/[\s,]+/) : [text];
  return values.map((value) => `--${name}=${value}`);
};

/** As the keys of the environment are called. */
const keysFrom = async (env: Env): Promise<Env> => {
  const secret = env['RDS_AUTH_POLICY_HMAC_SECRET'];
  if (secret === undefined || secret === '') return {};
  const current = await readSecret(secret, 'AWSCURRENT', env);
  if (current === null) throw new NoKey('The secret of the HMAC key has no current version.');
  const previous =
    env['RDS_AUTH_POLICY_ACCEPT_PREVIOUS'] === 'true' ? await readSecret(secret, 'AWSPREVIOUS', env) : null;
  // A key of the environment beside the secret is none that anybody meant.
  return { RDS_AUTH_POLICY_HMAC_KEY: current, RDS_AUTH_POLICY_HMAC_KEY_PREVIOUS: previous ?? undefined };
};

/** Null where there is no such version; only a secret that was never changed has no previous one. */
const readSecret = async (secret: string, stage: string, env: Env): Promise<string | null> => {
  const port = env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] ?? '2773';
  const query = new URLSearchParams({ secretId: secret, versionStage: stage });
  const answer = await ask(`http://localhost:${port}/secretsmanager/get?${query}`, env['AWS_SESSION_TOKEN'] ?? '');
  if (!answer.ok) {
    if (stage === 'AWSPREVIOUS' && (answer.status === 400 || answer.status === 404)) return null;
    throw new NoKey(`The extension for secrets answers with ${answer.status}: may the role read the secret?`);
  }
  const { SecretString: key } = (await answer.json().catch(() => ({}))) as { readonly SecretString?: unknown };
  if (typeof key !== 'string' || key === '') throw new NoKey('The secret of the HMAC key holds no text.');
  return key;
};

const ask = async (url: string, token: string): Promise<Response> => {
  try {
    const headers = { 'X-Aws-Parameters-Secrets-Token': token };
    return await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(5000) });
  } catch {
    throw new NoKey('The extension for secrets does not answer: is its layer on the function?');
  }
};
