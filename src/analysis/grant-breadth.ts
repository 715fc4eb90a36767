import { conditionsHold } from '../iam/conditions.ts';
import { isOfOtherService, parseConnectResource, parseSlashed } from '../iam/connect-resource.ts';
import { hasEffect, matchActions } from '../iam/evaluate.ts';
import { anyCharacter, anyText, covers } from '../iam/shape.ts';
import type { PolicyCarrier } from '../model/auth-model.ts';
import type { IamStatement } from '../model/iam.ts';
import type { Judgement, Subject } from '../model/judgement.ts';
import { type Reference, type TemplatePart, type Value, literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { actionMend, breadthMend } from './breadth-mend.ts';
import { type ConnectAction, classifyActions } from './connect-action.ts';
import { takesIam } from './databases.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { endpointsInReferences } from './grant-endpoint.ts';
import { fails, holds, undecided } from './judgement.ts';
import { askBoundary } from './permissions.ts';
import type { Holder } from './principals.ts';
import { splitHolders } from './proxy-roles.ts';
import { judged, text, textLater } from './subject-attributes.ts';
import { connectRequest, databaseContext, proxyContext } from './targets.ts';
import type { World } from './world.ts';

const connect = 'rds-db:connect';

/** Statements that let clients log in, each with how much it takes in. Roles of proxies are judged by what these need. */
export const breadthSubjects = (context: AnalysisContext): readonly Subject[] => {
  const endpoints = context.world.endpoints.all.filter((endpoint) => mayTakeIam(context, endpoint));
  return [
    ...context.world.model.policyCarriers
      .filter((carrier) => carrier.judged && carrier.managed)
      .flatMap((carrier) => statementsOf(context, carrier, endpoints)),
    ...context.grants.opaque
      .filter(({ carrier }) => carrier.judged)
      .map(({ carrier, endpoint, origin }) => {
        const words = `${carrier.address} refers to ${endpoint.entity.address}, and whether it grants more than that is known after apply`;
        return subjectOf(carrier.address, undecided(words, [origin]), () => breadthMend(context, carrier.address, []));
      }),
  ];
};

const subjectOf = (address: string, narrow: Judgement, mend: () => string): Subject => ({
  kind: 'connectStatement',
  address,
  attributes: {
    address: text(address),
    narrow: judged(narrow),
    narrowMend: textLater(() => (narrow.holds === true ? '' : mend())),
  },
});

const mayTakeIam = (context: AnalysisContext, { kind, entity }: ConnectEndpoint): boolean => {
  if (kind === 'proxy') {
    const [pair] = context.pairsOf(entity.id);
    return pair !== undefined && (pair.endToEnd !== false || pair.auth.some((auth) => auth.takesIam !== false));
  }
  const facts = context.databases.get(entity.id);
  return facts !== undefined && takesIam(facts) !== false;
};

const statementsOf = (
  context: AnalysisContext,
  carrier: PolicyCarrier,
  endpoints: readonly ConnectEndpoint[],
): readonly Subject[] => {
  const found = carrier.document.statements.flatMap((statement) => {
    const action = isAllow(statement) ? classifyActions(statement.actions) : null;
    // An administrator is one everywhere: it is told of where somebody could log in for certain, or may.
    const isMeant = action?.kind === 'connect' || (action?.kind === 'any' && endpoints.length > 0);
    return action !== null && isMeant ? [{ statement, action }] : [];
  });
  if (found.length === 0) return [];
  const holders = context.holdings.holdersOf(carrier);
  const isHeld = holders.length > 0 || !context.holdings.isBoundary(carrier);
  const { forProxy, clients } = splitHolders(holders, context.proxyRole);
  if (!isHeld || forProxy) return [];
  const isTakenBack = (): boolean =>
    carrier.document.statements.some(deniesEverything) || isBounded(context, clients, endpoints);
  return found.map(({ statement, action }) => {
    const judgement = judgeNarrow(context.world, carrier, statement, action);
    const narrow =
      judgement.holds !== true && isTakenBack()
        ? holds(`what ${carrier.address} allows is taken back`, [statement.origin])
        : judgement;
    return subjectOf(carrier.address, narrow, () =>
      hasNamedResources(context.world, statement)
        ? actionMend(carrier.address, action)
        : breadthMend(context, carrier.address, endpoints, action),
    );
  });
};

/** What never matches is another mistake. */
const isAllow = (statement: IamStatement): boolean =>
  hasEffect(statement, 'Allow') !== false &&
  [databaseContext, proxyContext].some((context) => conditionsHold(statement.conditions, context) !== false);

const deniesEverything = (statement: IamStatement): boolean =>
  hasEffect(statement, 'Deny') === true &&
  matchActions(statement.actions, connect) === true &&
  statement.conditions?.length === 0 &&
  statement.mayBeMissing !== true &&
  !statement.resources.negated &&
  statement.resources.patterns.some((pattern) => literal(pattern) === '*');

/** Boundaries that let nobody who holds it log in to anything in view. */
const isBounded = (
  { holdings, world }: AnalysisContext,
  holders: readonly Holder[],
  endpoints: readonly ConnectEndpoint[],
): boolean =>
  holders.length > 0 &&
  endpoints.length > 0 &&
  holders.every((holder) => {
    if (holder.kind !== 'principal') return false;
    const { boundary } = holdings.policiesOf(holder.principal);
    if (boundary.kind !== 'document') return false;
    return endpoints.every((endpoint) => askBoundary(boundary, connectRequest(world, endpoint, null)).allow === false);
  });

const judgeNarrow = (
  world: World,
  { address }: PolicyCarrier,
  statement: IamStatement,
  action: ConnectAction,
): Judgement => {
  const { resources, origin } = statement;
  const allows = `${address} allows ${action.text}`;
  if (resources.negated) return fails(`${allows} on everything but what NotResource names`, [origin]);
  const breadths = resources.patterns.map((pattern) => [pattern, breadthOf(world, pattern)] as const);
  const [broad] = breadths.filter(([, breadth]) => breadth === 'everything');
  if (broad !== undefined) {
    const words = `${allows} on every database and proxy, as every user`;
    return fails(words, [broad[0].origin, origin]);
  }
  // An administrator of something else is none of databases.
  if (action.kind === 'any') return holds(`${allows}, and not on every resource`, [origin]);
  if (/[*?]/.test(action.text)) {
    return fails(`${allows}, which takes in all that the service may ever offer, and not connect alone`, [origin]);
  }
  const [open] = breadths.filter(([, breadth]) => breadth === 'unknown');
  if (open !== undefined || !resources.complete) {
    return undecided(`what ${address} allows ${action.text} on is known after apply`, [open?.[0].origin ?? origin]);
  }
  return holds(`${allows} on what it names`, [origin]);
};

const hasNamedResources = (world: World, { resources }: IamStatement): boolean =>
  !resources.negated &&
  resources.complete &&
  resources.patterns.every((pattern) => breadthOf(world, pattern) === 'named');

type Breadth = 'everything' | 'named' | 'unknown';

/** Every resource id, or every one of a kind; and every user. */
const allIds = /^(?:db-|cluster-|prx-)?\*+$/;
/** Nobody has an empty name. */
const anyUser = [
  [anyCharacter, anyText],
  [anyText, anyCharacter],
];

const isEveryUser = (parts: readonly TemplatePart[]): boolean =>
  parts.length === 1 && anyUser.some((shape) => typeof parts[0] === 'string' && covers(parts[0], shape) === true);

export const breadthOf = (world: World, pattern: Value<string>): Breadth => {
  // No login has such an ARN, whatever the rest of it is.
  if (isOfOtherService(pattern) || parseSlashed(pattern) !== null) return 'named';
  const resource = parseConnectResource(pattern);
  switch (resource.kind) {
    case 'everything':
      return 'everything';
    case 'arn':
      return isAll(resource.id, allIds) && (resource.user === null || isEveryUser(resource.user))
        ? 'everything'
        : 'named';
    case 'other':
      return covers(resource.text, everyLogin) === true ? 'everything' : 'named';
    case 'attribute':
      return resource.user === null ? 'named' : breadthOfReferences(world, [resource.reference]);
    default:
      return breadthOfReferences(world, resource.references);
  }
};

const breadthOfReferences = (world: World, references: readonly Reference[]): Breadth =>
  endpointsInReferences(world, references).length > 0 ? 'named' : 'unknown';

const everyLogin = ['arn:', anyText, ':rds-db:', anyText, ':', anyText, ':dbuser:', anyText, '/', anyText];

const isAll = (parts: readonly TemplatePart[], all: RegExp): boolean =>
  parts.length === 1 && typeof parts[0] === 'string' && all.test(parts[0]);
