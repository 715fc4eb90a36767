import { covers, hasVariable } from '../iam/shape.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Origin, type Reference, type TemplatePart, type Value, literal, unknown } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { theInput } from './input-words.ts';
import { canonicalId, throughAliases } from './join.ts';
import { fails, holds, undecided, unique } from './judgement.ts';
import { idShape, resourceIdPaths } from './targets.ts';
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

/** What an attribute of an endpoint is; `arn` of a proxy may be the whole ARN, or the id that an idiom cuts out of it. */
type Form = 'resource-id' | 'arn-or-id' | 'unknown' | string;

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
export const endpointsInId = (world: World, id: readonly TemplatePart[], origin: Origin): readonly NamedEndpoint[] => {
  const [only] = id;
  if (id.length === 1 && typeof only === 'string') return endpointsInText(world, only, origin);
  if (id.length === 1 && only !== undefined && typeof only !== 'string' && !('computed' in only)) {
    return wholeReference(world, only, origin);
  }
  return endpointsInReferences(world, id.flatMap(referencesIn), origin, 'known after apply').map((named) => ({
    ...named,
    namesResourceId: named.namesResourceId.holds === true ? judgeParts(named, id, origin) : named.namesResourceId,
  }));
};

export const referencesIn = (part: TemplatePart): readonly Reference[] => {
  if (typeof part === 'string') return [];
  return 'computed' in part ? part.references : [part];
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
        : judgeForm(world, endpoint, form === 'arn-or-id' ? 'ARN' : form, origin),
    certain: true,
  }));

/** A reference that is known to be all there is: the ARN of a proxy is then the ARN, and not what is cut from it. */
const wholeReference = (world: World, reference: Reference, origin: Origin): readonly NamedEndpoint[] =>
  formsOf(world, reference).map(({ endpoint, form }) => ({
    endpoint,
    namesResourceId: judgeForm(world, endpoint, form === 'arn-or-id' ? 'ARN' : form, origin),
    certain: true,
  }));

/** A literal that equals something an endpoint is called by. */
export const endpointsInText = (world: World, text: string, origin: Origin): readonly NamedEndpoint[] => [
  ...(world.endpoints.byText.get(text) ?? []).map((endpoint) => ({
    endpoint,
    namesResourceId: judgeForm(world, endpoint, formOfText(endpoint, text), origin),
    certain: true,
  })),
  ...(text === '' ? [] : (world.endpoints.instancesByResourceId.get(text) ?? []))
    .flatMap((instance) => clusterOf(world, instance.clusterIdentifier))
    .map((endpoint) => ({ endpoint, namesResourceId: wrong(endpoint, oneInstance, origin), certain: true })),
];

const oneInstance = "resource id of one instance, not the cluster's,";

const formOfText = ({ kind, entity }: ConnectEndpoint, text: string): Form => {
  if (literal(entity.resourceId) === text) return 'resource-id';
  if (literal(entity.arn) === text) return 'ARN';
  return kind === 'proxy' ? 'name' : 'identifier';
};

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

type FormOf = { readonly endpoint: ConnectEndpoint; readonly form: Form; readonly certain: boolean };

const formsOf = (world: World, reference: Reference): readonly FormOf[] => {
  const values = throughAliases(unknown({ address: '', path: '' }, [reference]), world.aliases);
  return values.flatMap((value) => {
    if (value.kind === 'unknown') return value.references.flatMap((item) => formsOfReference(world, item));
    return value.kind === 'known' ? formsOfText(world, value.value) : [];
  });
};

/** What an output of another workspace says. */
const formsOfText = (world: World, text: string): readonly FormOf[] =>
  (world.endpoints.byText.get(text) ?? []).map((endpoint) => {
    const form = formOfText(endpoint, text);
    return { endpoint, form: endpoint.kind === 'proxy' && form === 'ARN' ? 'arn-or-id' : form, certain: true };
  });

const formsOfReference = (world: World, reference: Reference): readonly FormOf[] => {
  const id = canonicalId(reference.resource, world.aliases);
  const endpoint = world.endpoints.byId.get(id);
  if (endpoint !== undefined) {
    const form =
      endpoint.kind === 'proxy' ? proxyForms.get(reference.path) : databaseForm(endpoint.entity, reference.path);
    return form === undefined ? [] : [{ endpoint, form, certain: reference.oneOf !== true }];
  }
  const instance = world.endpoints.instanceById.get(id);
  if (instance === undefined || reference.path !== 'dbi_resource_id') return [];
  return clusterOf(world, instance.clusterIdentifier).map((cluster) => ({
    endpoint: cluster,
    form: oneInstance,
    certain: reference.oneOf !== true,
  }));
};

const proxyForms = new Map<string, Form>([
  ['arn', 'arn-or-id'],
  ['arn[6]', 'resource-id'],
  ['', 'unknown'],
  ['id', 'name (its id)'],
  ['name', 'name'],
  ['endpoint', 'endpoint'],
]);

const identifierPaths = new Set(['identifier', 'cluster_identifier', 'db_instance_identifier']);

const databaseForm = (
  database: Extract<ConnectEndpoint, { kind: 'database' }>['entity'],
  path: string,
): Form | undefined => {
  if (resourceIdPaths(database).includes(path)) return 'resource-id';
  if (path === '') return 'unknown';
  if (path === 'id') return database.legacyIdMeans === 'unknown' ? 'unknown' : 'identifier (its id)';
  if (path === 'arn' || path === 'db_instance_arn') return 'ARN';
  if (path === 'arn[6]' || path === 'db_instance_arn[6]') return 'identifier (the end of its ARN)';
  return identifierPaths.has(path) ? 'identifier' : undefined;
};

const clusterOf = (world: World, identifier: Value<string>): readonly ConnectEndpoint[] => {
  const join = world.findDatabase(identifier, 'cluster');
  return join.kind === 'one' ? [{ kind: 'database', entity: join.entity }] : [];
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
