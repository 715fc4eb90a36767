import type { Connection, Leg, LegName, Verdict } from '../../model/connection.ts';
import { type Look, type Mark, paintMark } from '../look.ts';
import { wrap } from '../text.ts';
import { renderChain } from './chain.ts';
import { placeOf, shortPlaceOf } from './place.ts';

const longestLeg = ('database-user' satisfies LegName).length;

const wordBefore: Partial<Record<Leg['status'], string>> = { assumed: 'assumed: ', unknown: 'undecided: ' };

/** Where the mark is a sign that is not a common one, its word is said as well. What is well needs but one reason. */
const reasonOf = ({ status, reason }: Leg, look: Look): string => {
  const word = look.unicode ? (wordBefore[status] ?? '') : '';
  const said = status === 'ok' && !look.verbose ? (reason.split('; ')[0] ?? '') : reason;
  return said.startsWith(word) ? said : `${word}${said}`;
};

const markWidthOf = ({ marks }: Look): number => Math.max(...Object.values(marks).map(({ length }) => length));

const legIndent = (look: Look): number => 4 + markWidthOf(look) + 1 + longestLeg + 2;

const renderLeg = (leg: Leg, look: Look): readonly string[] => {
  const mark = paintMark(look, leg.status) + ' '.repeat(markWidthOf(look) - look.marks[leg.status].length);
  const indent = legIndent(look);
  const label = `    ${mark} ${leg.leg.padEnd(longestLeg)}  `;
  const lines = wrap(reasonOf(leg, look), look.width - indent);
  const places = placesOf(leg, look);
  const [place] = places;
  const last = lines.at(-1) ?? '';
  const mayFollow = places.length === 1 && (lines.length === 1 || isShort(look));
  const fits = mayFollow && indent + last.length + 3 + (place ?? '').length <= look.width;
  const said = fits
    ? [...lines.slice(0, -1), `${last}   ${look.dim(place ?? '')}`]
    : [...lines, ...places.map(look.dim)];
  return said.map((line, index) => `${index === 0 ? label : ' '.repeat(indent)}${line}`);
};

/** With source the finding below the chain names the resource: a position is enough here, and fits. */
const isShort = ({ excerptOf, verbose }: Look): boolean => excerptOf !== undefined && !verbose;

/** Where it stands, where that decides or all is asked for. */
const placesOf = ({ origin, reason, status }: Leg, look: Look): readonly string[] => {
  const isDecisive = status === 'broken' || status === 'unknown';
  const whole = placeOf(origin ?? {}, look.documents);
  if (whole === '' || reason.includes(whole) || !(isDecisive || look.verbose)) return [];
  const short = isShort(look) ? shortPlaceOf(origin ?? {}) : '';
  return look.excerptOf === undefined ? [whole] : wrap(short || whole, look.width - legIndent(look));
};

const markOf: Readonly<Record<Verdict, Mark>> = { reachable: 'ok', unreachable: 'broken', unknown: 'unknown' };

/** Those of the legs that are worth a line. */
const renderLegs = ({ verdict, legs }: Connection, look: Look): readonly string[] => {
  const isShown = ({ status }: Leg): boolean =>
    look.verbose || verdict === 'unreachable' || (verdict === 'unknown' && status === 'unknown');
  return legs.filter(isShown).flatMap((leg) => renderLeg(leg, look));
};

/** The chains, each with its legs below it; those that have the same to say below them have it said once. */
export const renderConnections = (connections: readonly Connection[], look: Look): readonly (readonly string[])[] => {
  const groups = new Map<string, { readonly chains: string[]; readonly legs: readonly string[] }>();
  for (const connection of connections) {
    const legs = renderLegs(connection, look);
    const chain = renderChain(connection, markOf[connection.verdict], look);
    const group = groups.get(legs.join('\n'));
    if (group === undefined) groups.set(legs.join('\n'), { chains: [...chain], legs });
    else group.chains.push(...chain);
  }
  return [...groups.values()].map(({ chains, legs }) => [...chains, ...legs]);
};
