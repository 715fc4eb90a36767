import { some } from '../iam/tri.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Tri, literal } from '../model/value.ts';
import { fails, holds, undecided } from './judgement.ts';
import type { ProxyFacts } from './proxy-facts.ts';

/** Whether no client comes to the proxy in clear text: a password may, where TLS is not required; a token never does. */
export const judgeNoPlaintext = ({ proxy, auth }: ProxyFacts): Judgement => {
  const { address, requireTls, authComplete } = proxy;
  const origins = [requireTls.origin];
  const password: Tri = some([
    ...auth.map(({ takesPassword }) => takesPassword),
    ...(authComplete ? [] : (['unknown'] as const)),
  ]);
  if (literal(requireTls) === true || password === false) return holds('', origins);
  if (requireTls.kind === 'unknown') return undecided(`whether ${address} requires TLS is known after apply`, origins);
  const how = requireTls.kind === 'absent' ? 'is not set' : 'is false';
  const words = `${address} lets clients come without it (require_tls ${how})`;
  return password === true ? fails(words, origins) : undecided(`${words}, if it takes passwords`, origins);
};

export const plaintextMend = (proxies: readonly ProxyFacts[]): string =>
  proxies
    .filter((facts) => judgeNoPlaintext(facts).holds !== true)
    .map(({ proxy }) => `In ${proxy.address} write:\n  require_tls = true`)
    .join('\n');
