import { type ConnectResource, referencesInPart } from '../iam/connect-resource.ts';
import { covers, hasVariable, hasWildcard } from '../iam/shape.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Origin, Reference, TemplatePart } from '../model/value.ts';
import { type Form, clusterOf, formOfText, formsOf, oneInstance } from './endpoint-forms.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { theInput } from './input-words.ts';
import { fails, holds, undecided, unique } from './judgement.ts';
import { providerPlace } from './provider-place.ts';
import { idShape } from './targets.ts';
import type { World } from './world.ts';

/** An endpoint that a grant means, and whether it names it as IAM does. */
export type NamedEndpoint = {
  readonly endpoint: ConnectEndpoint;
  readonly namesResourceId: Judgement;
  /** False when the expression may mean another endpoint instead. */
  readonly certain: boolean;
  /** Each instance of a `for_each` or input means one of several things, and the plan does not say which. */
  readonly oneOfSeveral?: boolean;
};

const idWord = (endpoint: ConnectEndpoint): string => {
  if (endpoint.kind === 'proxy') return 'prx-…';
  return endpoint.entity.kind === 'cluster' ? 'cluster-…' : 'db-…';
};

const right = (endpoint: ConnectEndpoint, origin: Origin): Judgement =>
  holds(`names the resource id of ${endpoint.entity.address}`, [origin]);

const wrong = (endpoint: ConnectEndpoint, form: string, origin: Origin): Judgement =>
  fails(`names the ${form} of ${endpoint.entity.address}; IAM compares its resource id (${idWord(endpoint)})`, [
    origin,
  ]);

/** Where what comes out of an expression is told: the plan keeps no expressions. */
type Told = 'not shown' | 'known after apply';

const judgeForm = (
  world: World,
  endpoint: ConnectEndpoint,
  form: Form,
  origin: Origin,
  told: Told = 'not shown',
): Judgement => {
  if (form === 'resource-id') return right(endpoint, origin);
  if (form === 'arn-or-id' || form === 'unknown') {
    const what = form === 'unknown' ? 'an attribute' : 'the ARN';
    return undecided(
      `refers to ${what} of ${endpoint.entity.address}; whether its resource id (${idWord(endpoint)}) comes out is ${told === 'not shown' ? `not in ${theInput(world)}` : told}`,
      [origin],
    );
  }
  return wrong(endpoint, form, origin);
};

/** What stands where the resource id belongs: literal text, one reference, or both and what is computed. */
export const endpointsInId = (
  world: World,
  { id, idReferences }: Pick<Extract<ConnectResource, { kind: 'arn' }>, 'id' | 'idReferences'>,
  origin: Origin,
): readonly NamedEndpoint[] => {
  const [only] = id;
  if (id.length === 1 && typeof only === 'string') return endpointsInLiteral(world, only, idReferences, origin);
  if (id.length === 1 && only !== undefined && typeof only !== 'string' && !('computed' in only)) {
    return wholeReference(world, only, origin);
  }
  return endpointsInReferences(world, id.flatMap(referencesInPart).map(wholeArn), origin, 'known after apply').map(
    (named) => ({
      ...named,
      namesResourceId: named.namesResourceId.holds === true ? judgeParts(named, id, origin) : named.namesResourceId,
    }),
  );
};

/** The resource id, and more around it: only a `*` may stand for nothing. */
const judgeParts = ({ endpoint }: NamedEndpoint, id: readonly TemplatePart[], origin: Origin): Judgement => {
  const texts = id.filter((part) => typeof part === 'string').join('');
  const isWhole = id.every((part) => typeof part === 'string' || !('computed' in part));
  const references = id.filter((part) => typeof part !== 'string');
  if (!isWhole || references.length > 1 || hasVariable(texts)) {
    const { address } = endpoint.entity;
    return undecided(`is computed from the resource id of ${address}; what comes out is known after apply`, [origin]);
  }
  return /^\**$/.test(texts) ? right(endpoint, origin) : wrong(endpoint, 'resource id, with more around it,', origin);
};

/** An attribute as it stands, in place of the whole ARN: whatever it is, it is no ARN of a database user. */
export const endpointsInAttribute = (world: World, reference: Reference, origin: Origin): readonly NamedEndpoint[] =>
  formsOf(world, reference).map(({ endpoint, form }) => ({
    endpoint,
    namesResourceId:
      form === 'resource-id'
        ? fails(`is the resource id of ${endpoint.entity.address} alone; IAM compares an ARN of rds-db`, [origin])
        : judgeForm(world, endpoint, formOfWhole(form), origin),
    certain: true,
  }));

/** A reference that is known to be all there is: the ARN of a proxy is then the ARN, and not what is cut from it. */
const wholeReference = (world: World, reference: Reference, origin: Origin): readonly NamedEndpoint[] => {
  const field = arnField(reference);
  return formsOf(world, wholeArn(reference)).map(({ endpoint, form }) => ({
    endpoint,
    namesResourceId: judgeForm(
      world,
      endpoint,
      field === undefined ? formOfWhole(form) : `${field} in the ARN`,
      origin,
    ),
    certain: true,
  }));
};

const formOfWhole = (form: Form): Form => (form === 'arn-or-id' ? 'ARN' : form);

const arnField = (reference: Reference): string | undefined =>
  /arn\[\d\]$/.test(reference.path) ? providerPlace(reference) : undefined;

/** A field of the ARN of an endpoint names it as badly as the ARN does. */
const wholeArn = (reference: Reference): Reference =>
  arnField(reference) === undefined ? reference : { ...reference, path: reference.path.replace(/\[\d\]$/, '') };

/** A text that nothing is called by may be made from an attribute of one endpoint: that one is meant. */
export const endpointsInLiteral = (
  world: World,
  text: string,
  made: readonly Reference[],
  origin: Origin,
): readonly NamedEndpoint[] => {
  const named = endpointsInText(world, text, origin);
  return named.length > 0 || text === '' || hasWildcard(text) || hasVariable(text) || resourceId.test(text)
    ? named
    : endpointsInReferences(world, made, origin).map((one) => ({
        ...one,
        namesResourceId: notItsId(one.endpoint, text, origin),
      }));
};

/** The form that AWS gives to ids (fact 4.2): one that is not in view. */
const resourceId = /^(?:db-[A-Z0-9]{10,}|cluster-[A-Z0-9]{10,}|prx-[0-9a-f]{8,})$/;

const notItsId = (endpoint: ConnectEndpoint, text: string, origin: Origin): Judgement =>
  fails(
    `names ${text}, made from an attribute of ${endpoint.entity.address}; IAM compares its resource id (${idWord(endpoint)})`,
    [origin],
  );

/** A literal that equals something an endpoint is called by. */
const endpointsInText = (world: World, text: string, origin: Origin): readonly NamedEndpoint[] => [
  ...(world.endpoints.byText.get(text) ?? []).map((endpoint) => ({
    endpoint,
    namesResourceId: judgeForm(world, endpoint, formOfText(endpoint, text), origin),
    certain: true,
  })),
  ...(text === '' ? [] : (world.endpoints.instancesByResourceId.get(text) ?? []))
    .flatMap((instance) => clusterOf(world, instance.clusterIdentifier))
    .map((endpoint) => ({ endpoint, namesResourceId: wrong(endpoint, oneInstance, origin), certain: true })),
];

/** Only references are known: a good one and a bad one to the same endpoint leave it open which is used. */
export const endpointsInReferences = (
  world: World,
  references: readonly Reference[],
  origin: Origin = { address: '', path: '' },
  told: Told = 'not shown',
): readonly NamedEndpoint[] => {
  const forms = references.flatMap((reference) => formsOf(world, reference));
  const endpoints = unique(forms.map(({ endpoint }) => endpoint.entity.id));
  return endpoints.flatMap((id) => {
    const own = forms.filter(({ endpoint }) => endpoint.entity.id === id);
    const [first] = own;
    if (first === undefined) return [];
    const distinct = unique(own.map((candidate) => candidate.form));
    const form = distinct.length === 1 ? first.form : 'unknown';
    // Of several endpoints in one expression it may mean only one.
    const certain = endpoints.length === 1 && own.some((candidate) => candidate.certain);
    const oneOfSeveral = own.every((candidate) => !candidate.certain);
    return [
      {
        endpoint: first.endpoint,
        namesResourceId: judgeForm(world, first.endpoint, form, origin, told),
        certain,
        oneOfSeveral,
      },
    ];
  });
};

/** A wildcard in place of the id means every endpoint whose id it may cover. */
export const wildcardEndpoints = (world: World, pattern: string, origin: Origin): readonly NamedEndpoint[] =>
  world.endpoints.all.flatMap((endpoint) => {
    const covered = covers(pattern, idShape(endpoint));
    if (covered === false) return [];
    const namesResourceId = covered === true ? right(endpoint, origin) : mayCover(endpoint, pattern, origin);
    return [{ endpoint, namesResourceId, certain: true }];
  });

const mayCover = ({ entity }: ConnectEndpoint, pattern: string, origin: Origin): Judgement =>
  undecided(`whether ${pattern} covers the resource id of ${entity.address} is known after apply`, [origin]);
