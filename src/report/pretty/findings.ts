import type { Finding } from '../../model/finding.ts';
import { severities } from '../../model/policy.ts';
import { waiverText } from '../excused.ts';
import { type Look, paintMark } from '../look.ts';
import { hang, indented, layOut, plural, wrap } from '../text.ts';
import { renderExcerpt } from './excerpt.ts';
import { bestOf, hasLine, placeOf, shortPlaceOf } from './place.ts';

const rank = ({ enforcement, severity }: Finding): number =>
  (enforcement === 'mandatory' ? 0 : severities.length) + severities.indexOf(severity);

/** What must be mended first comes first. */
export const byUrgency = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((a, b) => rank(a) - rank(b));

const placesShown = 4;

/** Where it stands: the resource, or the attributes of it that decide. */
export const placesOf = ({ address, origins }: Pick<Finding, 'address' | 'origins'>, look: Look): readonly string[] => {
  const places = [...new Set(origins.map((origin) => placeOf(origin, look.documents)))].filter(
    (place) => place !== '' && place !== address,
  );
  const own = places.filter((place) => place.startsWith(address));
  const all = own.length > 0 ? [...own, ...places.filter((place) => !own.includes(place))] : [address, ...places];
  const shown = look.verbose ? all : all.slice(0, placesShown);
  const left = all.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${plural(left, 'more place')}`] : [])];
};

/** The places, and below them the lines of the source: of the best place to act, or of all. */
const renderPlaces = (finding: Finding, look: Look): readonly string[] => {
  const best = bestOf(finding.origins);
  const quoted = look.verbose ? finding.origins.filter(hasLine) : best === undefined ? [] : [best];
  const left = new Map(quoted.map((origin) => [placeOf(origin, look.documents), origin]));
  const lines = placesOf(finding, look).flatMap((place) => {
    const origin = left.get(place);
    left.delete(place);
    return [
      ...wrap(place, look.width - 4).map((line) => `    ${look.dim(line)}`),
      ...(origin === undefined ? [] : renderExcerpt(origin, 4, look)),
    ];
  });
  // What is among the places that are not listed is named by its position.
  const rest = [...left.values()].flatMap((origin) => {
    const excerpt = renderExcerpt(origin, 4, look);
    return excerpt.length === 0 ? [] : [`    ${look.dim(shortPlaceOf(origin))}`, ...excerpt];
  });
  return [...lines, ...rest];
};

/** What prints all about a policy, a way in or a finding. */
export const explainCommand = (...words: readonly string[]): string => `rds-auth-policy explain ${words.join(' ')}`;

const labelWidth = 6;

const renderPart = (label: string, text: string, look: Look): readonly string[] =>
  layOut(text, look.width - 4 - labelWidth).map(({ line, isCode }, index) => {
    const start = index === 0 ? look.cyan(label.padEnd(labelWidth)) : ' '.repeat(labelWidth);
    return line === '' ? '' : `    ${start}${isCode ? look.bold(line) : line}`;
  });

/** What is wrong, where, the edit that mends it, and why it matters. An edit for what is undecided may break what is right. */
export const renderFinding = (finding: Finding, look: Look): readonly string[] => {
  const mark = finding.enforcement === 'mandatory' ? 'broken' : 'advice';
  const facts = `${look.dot}${finding.severity}${look.dot}${finding.enforcement}`;
  return [
    `${paintMark(look, mark)} ${look.bold(finding.policy)}${facts}   ${look.dim(finding.id)}`,
    ...(finding.waiver === null ? [] : hang('    ', 4, waiverText(finding.waiver), look.width)),
    ...(finding.baseline === 'unchanged' ? ['    in the baseline'] : []),
    ...renderPlaces(finding, look),
    ...indented(
      layOut(finding.message, look.width - 4).map(({ line }) => line),
      4,
    ),
    ...renderPart(finding.outcome === 'fail' ? 'fix' : 'if so', finding.remediation, look),
    ...renderPart('why', finding.why, look),
    ...renderPart('more', explainCommand(finding.policy), look),
  ];
};

/** Advice is many lines about what works: whoever wants all of it asks for it. */
export const isBrief = ({ enforcement }: Finding, { verbose }: Look): boolean => enforcement === 'advisory' && !verbose;

/** What there is to say, in a line or two; `explain` takes the id and says the rest. */
export const renderBriefly = (finding: Finding, look: Look): readonly string[] => {
  const [message = ''] = finding.message.split('\n');
  const place = shortPlaceOf(bestOf(finding.origins) ?? {});
  const label = `${paintMark(look, 'advice')} `;
  // Most messages name the address, which need not be said twice.
  const where = [...(message.includes(finding.address) ? [] : [finding.address]), place].filter((part) => part !== '');
  const head = [finding.policy, finding.severity, ...where, finding.id].join(look.dot);
  return [
    ...hang(label, look.marks.advice.length + 1, head, look.width),
    ...hang('    ', 4, message, look.width).map(look.dim),
  ];
};

/** Checks that have no answer, one block for each resource: what is missing is the same for all of them. */
export const renderUndecided = (findings: readonly Finding[], look: Look): readonly string[] =>
  [...groupByAddress(findings)].flatMap(([address, group]) => {
    const verb = group.length === 1 ? 'is' : 'are';
    const messages = [...new Set(group.map(({ message }) => message.split('\n')[0] ?? ''))];
    const shown = look.verbose ? messages : messages.slice(0, 1);
    const label = `${paintMark(look, 'unknown')} `;
    const indent = look.marks.unknown.length + 1;
    const place = shortPlaceOf(bestOf(group.flatMap(({ origins }) => origins)) ?? {});
    const head = `${plural(group.length, 'check')} on ${address}${place === '' ? '' : ` (${place})`} ${verb} undecided`;
    return [
      ...hang(label, indent, head, look.width),
      ...hang('    ', 4, group.map(({ policy }) => policy).join(', '), look.width).map(look.dim),
      ...shown.flatMap((message) => hang('    ', 4, message, look.width)),
    ];
  });

const groupByAddress = (findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.address);
    if (group === undefined) groups.set(finding.address, [finding]);
    else group.push(finding);
  }
  return groups;
};
