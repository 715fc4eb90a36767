import { partitionOf } from '../iam/arn-target.ts';
import type { ConnectResource } from '../iam/connect-resource.ts';
import { covers } from '../iam/shape.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Origin, literal } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { endpointsInReferences } from './grant-endpoint.ts';
import { fails, holds, listWords, undecided } from './judgement.ts';
import type { World } from './world.ts';

/** Whether partition, region and account of a grant are those of the endpoint (fact 4.5). */
export const judgeScope = (
  resource: Extract<ConnectResource, { kind: 'arn' }>,
  endpoint: ConnectEndpoint,
  origin: Origin,
): Judgement => {
  const { entity } = endpoint;
  const region = literal(entity.region);
  const fields = [
    { name: 'partition', named: resource.partition, actual: partitionOf(region) },
    { name: 'region', named: resource.region, actual: region },
    { name: 'account', named: resource.account, actual: literal(entity.account) },
  ];
  const wrong = fields.filter(({ named, actual }) => actual !== undefined && covers(named, [actual]) === false);
  if (wrong.length > 0) {
    const words = wrong.map(({ name, named, actual }) => `${name} ${named || '(empty)'}, not ${actual}`);
    return fails(`names the ${listWords(words)}, where ${entity.address} is`, [origin, entity.origin]);
  }
  const open = fields.filter(({ named, actual }) => actual === undefined && !/^\*+$/.test(named));
  const assumptions = open.map(({ name, named }) => `the ${name} of ${entity.address} is assumed to be ${named}`);
  return holds(`names the region and account of ${entity.address}`, [origin], assumptions);
};

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
    : undecided('which partition, region and account the resource names is known after apply', [origin]);
};
