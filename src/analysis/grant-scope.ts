import { type ArnField, partitionOf } from '../iam/arn-target.ts';
import type { ConnectResource } from '../iam/connect-resource.ts';
import { covers } from '../iam/shape.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Origin, type Reference, type TemplatePart, literal } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { endpointsInReferences } from './grant-endpoint.ts';
import { fails, holds, listWords, undecided } from './judgement.ts';
import { providerPlace } from './provider-place.ts';
import { isReferredTo } from './relations.ts';
import type { World } from './world.ts';

/** Whether partition, region and account of a grant are those of the endpoint (fact 4.5). */
export const judgeScope = (
  world: World,
  resource: Extract<ConnectResource, { kind: 'arn' }>,
  endpoint: ConnectEndpoint,
  origin: Origin,
): Judgement => {
  const { entity } = endpoint;
  const region = literal(entity.region);
  const fields: readonly Field[] = [
    { name: 'partition', named: resource.partition, actual: partitionOf(region) },
    { name: 'region', named: resource.region, actual: region },
    { name: 'account', named: resource.account, actual: literal(entity.account) },
  ];
  const service = judgeService(resource.service, origin);
  if (service.holds === false) return service;
  const words = fields.flatMap((field) => wordsOf(field) ?? []);
  if (words.length > 0) {
    return fails(`names the ${listWords(words)}, where ${entity.address} is`, [origin, entity.origin]);
  }
  const hidden = fields.filter(isHidden).map(({ name }) => name);
  const unknown = service.holds === true ? hidden : ['service', ...hidden];
  if (unknown.length > 0) {
    return undecided(`which ${listWords(unknown)} the resource names is known after apply`, [origin]);
  }
  const assumptions = fields.flatMap((field) => assumptionOf(world, field, endpoint) ?? []);
  return holds(`names the region and account of ${entity.address}`, [origin], assumptions);
};

/** The ARNs of logins are those of rds-db alone (fact 4.1). */
const judgeService = (service: TemplatePart, origin: Origin): Judgement => {
  if (typeof service !== 'string') return undecided('', [origin]);
  return covers(service.toLowerCase(), ['rds-db']) === true
    ? holds('', [origin])
    : fails(`names the service ${service || '(empty)'}; IAM compares an ARN of rds-db`, [origin]);
};

export const isOfRdsDb = ({ service }: Pick<ArnResource, 'service'>): boolean =>
  typeof service !== 'string' || covers(service.toLowerCase(), ['rds-db']) === true;

type ArnResource = Extract<ConnectResource, { kind: 'arn' }>;

type Field = { readonly name: ArnField; readonly named: TemplatePart; readonly actual: string | undefined };

/** What is named in place of what belongs there; null where that may be right. */
const wordsOf = (field: Field): string | null => {
  const { name, named } = field;
  if (typeof named === 'string') return wordsOfText(field, named);
  const place = 'computed' in named ? undefined : providerPlace(named);
  // No account is a region, whichever it will be.
  if ('computed' in named || place === undefined || place === name) return null;
  return `${name} ${addressOf(named)}.${named.path}, which is the ${place}${rather(field)}`;
};

const rather = ({ actual }: Field): string => (actual === undefined ? '' : `, not ${actual}`);

const wordsOfText = (field: Field, named: string): string | null => {
  const { name, actual } = field;
  const words = `${name} ${named || '(empty)'}`;
  if (actual !== undefined) return covers(named, [actual]) === false ? `${words}${rather(field)}` : null;
  return named.includes('${') || forms[name].test(named) ? null : `${words}, which is no ${name}`;
};

/** What may be written in a field, wildcards among it: an account has 12 digits, and no region is a number. */
const forms: Readonly<Record<ArnField, RegExp>> = {
  partition: /./,
  region: /[^\d]/,
  account: /^(?:\d{12}|[\d*?]*[*?][\d*?]*)$/,
};

/** Known after apply, and not the provider's own. */
const isHidden = ({ name, named }: Field): boolean =>
  typeof named !== 'string' && ('computed' in named || providerPlace(named) !== name);

const assumptionOf = (world: World, { name, named, actual }: Field, { entity }: ConnectEndpoint): string | null => {
  if (typeof named === 'string') {
    const isOpen = actual === undefined && !/^\*+$/.test(named);
    return isOpen ? `the ${name} of ${entity.address} is assumed to be ${named}` : null;
  }
  // What says where the provider is says where the endpoint is; where something else says it, the two may differ.
  if (actual === undefined || 'computed' in named || isReferredTo(world, named, entity)) return null;
  return `the ${name} of ${entity.address}, ${actual}, is assumed to be that of ${addressOf(named)}`;
};

const addressOf = ({ resource }: Reference): string => resource.replace(/^@\d+\//, '');

/** Data sources that say where the provider itself is. */
const placeData = /(^|[./])data\.aws_(region|caller_identity|partition)\./;

/** With nothing else to come from, region and account are those of what the resource refers to, or of the provider. */
export const scopeOfReferences = (
  world: World,
  { references, trailEnds }: Extract<ConnectResource, { kind: 'references' }>,
  origin: Origin,
): Judgement => {
  const others = references.filter(
    (reference) => !placeData.test(reference.resource) && endpointsInReferences(world, [reference]).length === 0,
  );
  const at = `${origin.address} ${origin.path}`.trim();
  return others.length === 0 && trailEnds.length === 0
    ? holds('', [origin], [`reference used whole: ${at}`])
    : scopeAfterApply(origin);
};

export const scopeAfterApply = (origin: Origin): Judgement =>
  undecided('which partition, region and account the resource names is known after apply', [origin]);
