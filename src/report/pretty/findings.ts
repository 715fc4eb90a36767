import type { Finding } from '../../model/finding.ts';
import { groupBy } from '../../model/group-by.ts';
import { severities } from '../../model/policy.ts';
import type { Origin } from '../../model/value.ts';
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
      ...(origin === undefined ? [] : excerptsAt(origin, look)),
    ];
  });
  // What is among the places that are not listed is named by its position.
  const rest = [...left.values()].flatMap((origin) => {
    const excerpt = renderExcerpt(origin, 4, look);
    return excerpt.length === 0 ? [] : [`    ${look.dim(shortPlaceOf(origin))}`, ...excerpt];
  });
  return [...lines, ...rest];
};

/** Its lines, and those that its value comes from. */
const excerptsAt = (origin: Origin, look: Look): readonly string[] => {
  const { given } = origin;
  const source = given === undefined ? [] : renderExcerpt(given, 4, look);
  return [
    ...renderExcerpt(origin, 4, look),
    ...(source.length === 0 ? [] : [`    ${look.dim(shortPlaceOf(given ?? {}))}`, ...source]),
  ];
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
  const undecided = finding.outcome === 'unknown' ? `${look.dot}undecided` : '';
  const facts = `${look.dot}${finding.severity}${look.dot}${finding.enforcement}${undecided}`;
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

/** Of one policy so many; who wants all has --verbose. */
const adviceShown = 3;

/** What there is to say of each, below its policy; `explain` takes the id and says the rest. */
export const renderAdvice = (findings: readonly Finding[], look: Look): readonly string[] =>
  [...groupBy(findings, ({ policy }) => policy)].flatMap(([policy, group]) => {
    const label = `${paintMark(look, 'advice')} `;
    const weights = [...new Set(group.map(({ severity }) => severity))];
    const left = group.length - adviceShown;
    return [
      ...hang(label, look.marks.advice.length + 1, [policy, ...weights].join(look.dot), look.width),
      ...group.slice(0, adviceShown).flatMap((finding) => briefly(finding, look)),
      ...(left > 0 ? [look.dim(`    and ${left} more; --verbose shows all`)] : []),
    ];
  });

const briefly = ({ message, address, origins, id }: Finding, look: Look): readonly string[] => {
  const [first = ''] = message.split('\n');
  // Most messages name the address, which need not be said twice.
  const lines = hang('    ', 4, first.includes(address) ? first : `${address}: ${first}`, look.width);
  const place = shortPlaceOf(bestOf(origins) ?? {});
  const where = [place, id].filter((part) => part !== '').join(look.dot);
  const last = lines.at(-1) ?? '';
  return last.length + 3 + where.length <= look.width
    ? [...lines.slice(0, -1), `${last}   ${look.dim(where)}`]
    : [...lines, `      ${look.dim(where)}`];
};

/** Checks that have no answer, one block for each resource: what is missing is the same for all of them. */
export const renderUndecided = (findings: readonly Finding[], look: Look): readonly string[] =>
  [...groupBy(findings, ({ address }) => address)].flatMap(([address, group]) => {
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
