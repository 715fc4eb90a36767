import type { Finding } from '../../model/finding.ts';
import type { ReportPolicy } from '../../model/report.ts';
import { waiverText } from '../excused.ts';
import type { Look } from '../look.ts';
import { explainCommand, placesOf } from '../pretty/findings.ts';
import { bestOf, shortPlaceOf } from '../pretty/place.ts';
import { plural } from '../text.ts';
import { code, link, prose } from './escape.ts';
import { blocksOf } from './text.ts';

/** What was seen, and the edit that mends it. */
export const messageBlocks = ({ message, remediation, outcome }: Finding): readonly string[] => [
  ...blocksOf(message),
  ...blocksOf(remediation, { label: outcome === 'fail' ? '**Fix:**' : '**If so:**' }),
];

/** What is wrong, where, the edit that mends it, and why it matters. */
export const findingItem = (finding: Finding, policies: ReadonlyMap<string, ReportPolicy>, look: Look): string => {
  const { policy, severity, enforcement, outcome, id, why } = finding;
  const undecided = outcome === 'unknown' ? ' · undecided' : '';
  const sign = enforcement === 'mandatory' ? '✗' : '!';
  const [reference] = policies.get(policy)?.references ?? [];
  const page = reference === undefined ? '' : `, ${link('reference', reference)}`;
  return [
    `#### ${sign} ${code(policy)} · ${severity} · ${enforcement}${undecided} · ${code(id)}`,
    placesOf(finding, look).map(placeText).join('<br>'),
    ...messageBlocks(finding),
    ...blocksOf(why, { label: '**Why:**' }),
    `More: ${code(explainCommand(policy))}${page}`,
  ].join('\n\n');
};

const whereOf = ({ address, origins }: Finding): string => {
  const place = shortPlaceOf(bestOf(origins) ?? {});
  return `${code(address)}${place === '' ? '' : ` (${code(place)})`}`;
};

/** Advice in one line; `explain` takes the id and says the rest. */
export const briefItem = (finding: Finding): string => {
  const { policy, severity, id, address, origins, message } = finding;
  const place = shortPlaceOf(bestOf(origins) ?? {});
  const [first = ''] = message.split('\n');
  // Most messages name the address, which need not be said twice.
  const where = [...(first.includes(address) ? [] : [address]), place].filter((part) => part !== '');
  return `- ! ${[code(policy), severity, ...where.map(code), code(id)].join(' · ')}: ${prose(first)}`;
};

/** What is the matter in one line; a waiver says why it does not count. */
export const excusedItem = (finding: Finding): string => {
  const { policy, outcome, users = [], waiver, id } = finding;
  const who = users.length === 0 ? '' : `, user ${users.map(code).join(', ')}`;
  const why = waiver === null ? '' : `: ${prose(waiverText(waiver))}`;
  return `- ${code(policy)} on ${whereOf(finding)}${who}${outcome === 'unknown' ? ', undecided' : ''} · ${code(id)}${why}`;
};

const placeText = (place: string): string => (/^and \d+ more places?$/.test(place) ? place : code(place));

/** Checks without an answer, one item for each resource. */
export const undecidedChecks = (findings: readonly Finding[]): readonly string[] => {
  const addresses = [...new Set(findings.map(({ address }) => address))];
  return addresses.map((address) => {
    const group = findings.filter((finding) => finding.address === address);
    const messages = [...new Set(group.map(({ message }) => message.split('\n')[0] ?? ''))];
    const place = shortPlaceOf(bestOf(group.flatMap(({ origins }) => origins)) ?? {});
    const where = `${code(address)}${place === '' ? '' : ` (${code(place)})`}`;
    const verb = group.length === 1 ? 'is' : 'are';
    return [
      `- ? ${plural(group.length, 'check')} on ${where} ${verb} undecided: ${group.map(({ policy }) => code(policy)).join(', ')}`,
      ...messages.map((message) => `  - ${prose(message)}`),
    ].join('\n');
  });
};
