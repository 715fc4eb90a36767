import type { Connection, LegName } from '../../model/connection.ts';
import type { Finding } from '../../model/finding.ts';
import type { Policy } from '../../model/policy.ts';

/** Which leg each attribute of a subject decides: policies and legs read the same judgements. */
const legsOfAttribute: Readonly<Record<string, readonly LegName[]>> = {
  actionSpelled: ['grant'],
  namesResourceId: ['grant', 'proxy-role'],
  inScope: ['grant', 'proxy-role'],
  conditionCanHold: ['grant', 'proxy-role'],
  takesNothingBack: ['grant'],
  tlsForIam: ['tls', 'listener'],
  endpointTakesIam: ['listener'],
  iamModesSupported: ['listener'],
  passwordTypesMatch: ['listener'],
  authWithoutUsername: ['listener'],
  hasCredentials: ['listener', 'secret'],
  targetTakesIam: ['listener'],
  userHasSecret: ['secret'],
  holdsCredentials: ['secret'],
  assumableByRds: ['proxy-role'],
  roleMayReadSecrets: ['proxy-role'],
  roleMayDecryptSecrets: ['proxy-role'],
  roleMayConnect: ['proxy-role'],
  hasTarget: ['target'],
  servesTarget: ['target', 'engine'],
  targetsWriter: ['target'],
  readOnlySupported: ['target'],
  reachesTarget: ['network'],
  placedRight: ['target'],
  listens: ['network'],
  reachesEndpoint: ['network'],
  groupsLetThrough: ['network'],
  namesClientEndpoint: ['grant'],
  heldByProgram: ['grant'],
  standsForNoLogin: ['tls'],
  usedWithIam: ['tls'],
  usedAsDefined: ['database-user'],
  oneMethodPerUser: ['database-user'],
  supportsIam: ['engine'],
  flagOnCluster: ['engine'],
  withoutKerberos: ['engine'],
};

/** The legs that a policy bears on, by the attributes that its condition reads. */
export const legsOfPolicy = ({ assert = '' }: Pick<Policy, 'assert'>): readonly LegName[] => [
  ...new Set(
    [...assert.matchAll(/\.(\w+)/g)].flatMap(([, name = '']) =>
      Object.hasOwn(legsOfAttribute, name) ? (legsOfAttribute[name] ?? []) : [],
    ),
  ),
];

const placesOf = ({ address, origins }: Finding): ReadonlySet<string> =>
  new Set([address, ...origins.map((origin) => origin.address)]);

/** The legs that the policy of a finding bears on; none where nothing is known of it, and it may be any. */
export type Bearing = (policyId: string) => readonly LegName[];

/** What could be better where a login works: no leg hangs on it. */
const isAdvice = ({ enforcement, policy }: Finding, bearing: Bearing): boolean =>
  enforcement === 'advisory' && bearing(policy).length === 0;

/** Legs of a connection that a finding speaks of: those that are decided where it points. */
export const legsOfFinding = (finding: Finding, { legs }: Connection, bearing: Bearing): readonly LegName[] => {
  if (isAdvice(finding, bearing)) return [];
  const places = placesOf(finding);
  const wanted = finding.outcome === 'fail' ? 'broken' : 'unknown';
  const borne = bearing(finding.policy);
  return legs
    .filter(({ leg }) => borne.length === 0 || borne.includes(leg))
    .filter(({ status, origin }) => status === wanted && origin !== null && places.has(origin.address))
    .map(({ leg }) => leg);
};

/** The findings about a connection: at a leg that does not hold, and beside that about its proxy or database. */
export const findingsOf = (
  connection: Connection,
  findings: readonly Finding[],
  bearing: Bearing,
): readonly Finding[] => {
  const atLegs = findings.filter((finding) => legsOfFinding(finding, connection, bearing).length > 0);
  const beside = findings.filter(
    (finding) =>
      !atLegs.includes(finding) &&
      finding.outcome === 'fail' &&
      !isAdvice(finding, bearing) &&
      (finding.address === connection.proxy || finding.address === connection.database),
  );
  return [...atLegs, ...beside];
};
