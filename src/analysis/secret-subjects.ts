import type { Secret } from '../model/auth-model.ts';
import type { Judgement, Subject } from '../model/judgement.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { secretMend } from './credentials-mend.ts';
import { theInput } from './input-words.ts';
import { undecided } from './judgement.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { rotationAttributes } from './rotation.ts';
import { judgeContent } from './secrets.ts';
import { judgedLater, subjectOf, textLater } from './subject-attributes.ts';

/** The secrets that proxies log in with, and those of which nobody can say whether a proxy does. */
export const secretSubjects = (context: AnalysisContext): readonly Subject[] => {
  const used = usedSecrets(context);
  const unclear = context.proxies.find(isUnclear);
  return [
    ...[...used.values()].flatMap(({ secret, facts }) => subject(context, secret, facts, asItIs)),
    ...(unclear === undefined ? [] : secretsInDoubt(context, used, unclear)),
  ];
};

const secretsInDoubt = (
  context: AnalysisContext,
  used: ReadonlyMap<string, Used>,
  unclear: ProxyFacts,
): readonly Subject[] =>
  context.world.model.secrets
    .filter(({ id }) => !used.has(id))
    .flatMap((secret) => subject(context, secret, unclear, inDoubt(context, secret, unclear)));

type Used = { readonly secret: Secret; readonly facts: ProxyFacts };

const usedSecrets = ({ proxies }: AnalysisContext): ReadonlyMap<string, Used> =>
  new Map(
    proxies.flatMap((facts) =>
      facts.auth.flatMap(({ link }) =>
        link.kind === 'managed' ? [[link.secret.id, { secret: link.secret, facts }] as const] : [],
      ),
    ),
  );

/** A proxy of which the plan does not keep every secret: behind a `dynamic` block, or an ARN known after apply. */
const isUnclear = ({ proxy, auth }: ProxyFacts): boolean =>
  proxy.judged && (!proxy.authComplete || auth.some(({ link }) => link.kind === 'unknown'));

type Weigh = (judgement: Judgement) => Judgement;

const asItIs: Weigh = (judgement) => judgement;

/** What is well is so whoever uses it. */
const inDoubt =
  ({ world }: AnalysisContext, { address }: Secret, { proxy }: ProxyFacts): Weigh =>
  (judgement) =>
    judgement.holds === true
      ? judgement
      : undecided(
          `whether ${proxy.address} logs in with ${address} is not in ${theInput(world)}; if so, ${judgement.reason}`,
          judgement.origins,
        );

const subject = ({ world }: AnalysisContext, secret: Secret, facts: ProxyFacts, weigh: Weigh): readonly Subject[] => {
  if (!secret.judged || !secret.managed) return [];
  const content = (): Judgement => judgeContent(world, secret);
  return [
    subjectOf('secret', secret.address, {
      holdsCredentials: judgedLater(() => weigh(content())),
      secretMend: textLater(() => (content().holds === true ? '' : secretMend(world, secret))),
      ...rotationAttributes(world, facts, secret, weigh),
    }),
  ];
};
