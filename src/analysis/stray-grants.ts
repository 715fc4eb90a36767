import { type ConnectResource, isOfOtherService, parseConnectResource } from '../iam/connect-resource.ts';
import { hasEffect } from '../iam/evaluate.ts';
import { hasWildcard } from '../iam/shape.ts';
import type { PolicyCarrier } from '../model/auth-model.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { IamStatement } from '../model/iam.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { classifyActions } from './connect-action.ts';
import { splitHolders } from './proxy-roles.ts';

/**
 * Logins that are granted on something else than what is in view. Nothing is judged of them, and whoever reads that all
 * is well must know it.
 */
export const strayGrants = ({ world, holdings, proxyRole, grants }: AnalysisContext): readonly Diagnostic[] => {
  const judged = new Set(grants.grants.map(({ statement }) => statement));
  /** What nobody holds, what only bounds, and what a proxy holds for itself is judged elsewhere or means no client. */
  const meansClient = (carrier: PolicyCarrier): boolean =>
    splitHolders(holdings.holdersOf(carrier), proxyRole).clients.length > 0 && !holdings.isBoundary(carrier);
  return world.model.policyCarriers
    .filter((carrier) => carrier.judged && carrier.managed)
    .flatMap((carrier) => {
      const unjudged = carrier.document.statements.filter((statement) => !judged.has(statement));
      const strays = unjudged.flatMap((statement) => reachOf(statement) ?? []);
      const [reach] = strays.includes('not-in-view') ? ['not-in-view' as const] : strays;
      const isStray = reach !== undefined && meansClient(carrier);
      return isStray ? [{ ...warnings[reach], origin: carrier.document.origin }] : [];
    });
};

type Reach = 'not-in-view' | 'after-apply' | 'other-service';

const reachOf = (statement: IamStatement): Reach | null => {
  const { actions, resources } = statement;
  if (resources.negated || classifyActions(actions).kind !== 'connect') return null;
  if (hasEffect(statement, 'Allow') === false) return null;
  const [foreign, own] = [true, false].map((is) =>
    resources.patterns.filter((pattern) => isOfOtherService(pattern) === is).map(parseConnectResource),
  );
  const parsed = own ?? [];
  const names = parsed.flatMap((resource) => (resource.kind === 'arn' && resource.id.length === 1 ? resource.id : []));
  if (names.some((name) => typeof name === 'string' && !hasWildcard(name))) return 'not-in-view';
  if (parsed.some(isAfterApply)) return 'after-apply';
  return foreign?.some(({ kind }) => kind === 'arn') === true ? 'other-service' : null;
};

const isAfterApply = (resource: ConnectResource): boolean =>
  resource.kind === 'arn'
    ? resource.id.some((part) => typeof part !== 'string')
    : resource.kind === 'references' || resource.kind === 'attribute';

const warnings: Readonly<Record<Reach, Diagnostic>> = {
  'not-in-view': {
    severity: 'warning',
    code: 'grant-not-in-view',
    summary: 'rds-db:connect is granted here on a database or proxy that is not in view, so this login is not judged.',
    detail: 'Look at the resource id, or give the plan or state that manages it with --context.',
  },
  'other-service': {
    severity: 'warning',
    code: 'grant-not-in-view',
    summary: 'rds-db:connect is granted here on an ARN of another service, which no login has, so this grants none.',
    detail: 'Write an ARN of rds-db:\n  arn:aws:rds-db:REGION:ACCOUNT:dbuser:RESOURCE_ID/USER',
  },
  'after-apply': {
    severity: 'warning',
    code: 'grant-not-in-view',
    summary: 'rds-db:connect is granted here on a resource that is known after apply, so this login is not judged.',
    detail: 'Judge the state then:\n  terraform show -json > state.json\n  rds-auth-policy state.json',
  },
};
