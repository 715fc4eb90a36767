import type { Connection, Leg, LegName, Verdict } from '../../model/connection.ts';
import { type Look, type Mark, paintMark } from '../look.ts';
import { hang } from '../text.ts';
import { renderChain } from './chain.ts';
import { placeOf } from './place.ts';

const longestLeg = ('database-user' satisfies LegName).length;

const wordBefore: Partial<Record<Leg['status'], string>> = { assumed: 'assumed: ', unknown: 'undecided: ' };

/** Where the mark is a sign that is not a common one, its word is said as well. What is well needs but one reason. */
const reasonOf = ({ status, reason }: Leg, look: Look): string => {
  const word = look.unicode ? (wordBefore[status] ?? '') : '';
  const said = status === 'ok' && !look.verbose ? (reason.split('; ')[0] ?? '') : reason;
  return said.startsWith(word) ? said : `${word}${said}`;
};

const renderLeg = (leg: Leg, look: Look): readonly string[] => {
  const markWidth = Math.max(...Object.values(look.marks).map(({ length }) => length));
  const mark = paintMark(look, leg.status) + ' '.repeat(markWidth - look.marks[leg.status].length);
  const indent = 4 + markWidth + 1 + longestLeg + 2;
  const said = reasonOf(leg, look);
  const lines = hang(`    ${mark} ${leg.leg.padEnd(longestLeg)}  `, indent, said, look.width);
  const place = leg.origin === null ? '' : placeOf(leg.origin, look.documents);
  const isDecisive = leg.status === 'broken' || leg.status === 'unknown';
  if (place === '' || leg.reason.includes(place) || !(isDecisive || look.verbose)) return lines;
  const isRoom = lines.length === 1 && indent + said.length + 3 + place.length <= look.width;
  return isRoom ? [`${lines[0]}   ${look.dim(place)}`] : [...lines, `${' '.repeat(indent)}${look.dim(place)}`];
};

const markOf: Readonly<Record<Verdict, Mark>> = { reachable: 'ok', unreachable: 'broken', unknown: 'unknown' };

/** The chain, and those of its legs that are worth a line. */
export const renderConnection = (connection: Connection, look: Look): readonly string[] => {
  const { verdict, legs } = connection;
  const isShown = ({ status }: Leg): boolean =>
    look.verbose || verdict === 'unreachable' || (verdict === 'unknown' && status === 'unknown');
  return [
    ...renderChain(connection, markOf[verdict], look),
    ...legs.filter(isShown).flatMap((leg) => renderLeg(leg, look)),
  ];
};
