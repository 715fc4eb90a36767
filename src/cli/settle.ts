import { type ConfigurationLocation, findPolicyConfiguration } from '../io/find-policy-configuration.ts';
import type { Invocation } from './invocation.ts';
import type { Streams } from './streams.ts';

/** The variable that names the configuration where the command line does not. */
const variable = 'RDS_AUTH_POLICY_CONFIG';

/** Completes what the command line says by what the configuration says. Without one nothing more is loaded. */
export const settle = async (invocation: Invocation, { env }: Pick<Streams, 'env'>): Promise<Invocation> => {
  // Policies are tested as they are written, and a repository that is set up may have no configuration yet.
  if (invocation.command === 'test' || invocation.command === 'init') return invocation;
  const named = namedBy(invocation, env);
  const found =
    named === null
      ? findPolicyConfiguration(invocation.plans, process.cwd())
      : ({ ok: true, location: named } as const);
  if (!found.ok) {
    const { diagnostic } = found;
    const path = diagnostic.origin?.file ?? '';
    return { ...invocation, configuration: { path, hash: null, content: null, diagnostics: [diagnostic] } };
  }
  if (found.location === null) return invocation;
  return (await import('./use-configuration.ts')).useConfiguration(invocation, found.location);
};

const namedBy = ({ config, configOnly }: Invocation, env: Streams['env']): ConfigurationLocation | null => {
  if (configOnly !== undefined) return { path: configOnly, shown: configOnly, by: 'only' };
  const path = config ?? env[variable];
  return path === undefined || path === '' ? null : { path, shown: path, by: 'name' };
};
