import type { Change, Connection, Leg } from '../../model/connection.ts';
import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { fateOfChange, listedChanges, wordOfChange } from '../changes.ts';
import type { Look } from '../look.ts';
import { type Way, nodesOf } from '../pretty/chain.ts';
import { explainCommand } from '../pretty/findings.ts';
import { placeOf } from '../pretty/place.ts';
import { code, htmlCode, prose, typed } from './escape.ts';
import { blocksOf } from './text.ts';

type Write = (name: string) => string;

/** A way in on one line; `write` makes a name harmless in Markdown or in HTML. What no name stands for is in words. */
const lineOf = (way: Way, write: Write): string => {
  const names: ReadonlySet<string | null> = new Set([way.principal, way.proxy, way.database]);
  const nodes = nodesOf(way).map((node) => (names.has(node) ? write(node) : node));
  const user = way.user === null ? 'user not in view' : `user ${write(way.user)}`;
  return `${nodes.join(' → ')}, ${user} (${way.path})`;
};

const changeSigns: Readonly<Record<Change['kind'], string>> = {
  breaks: '✗',
  undecided: '?',
  goes: '!',
  heals: '✓',
  decided: '✓',
  appears: '+',
};

/** One line for each change that has to be seen. */
export const changeItems = (report: Report): readonly string[] => listedChanges(report).map(changeItem);

export const changeItem = (change: Change): string => {
  const fate = fateOfChange(change);
  const word = `**${changeSigns[change.kind]} ${wordOfChange[change.kind]}**`;
  return `- ${word} ${lineOf(change, code)}${fate === '' ? '' : `, ${fate}`}`;
};

const statusWords: Readonly<Record<Leg['status'], string>> = {
  ok: '✓ ok',
  broken: '✗ **broken**',
  assumed: '· assumed',
  unknown: '? undecided',
};

const legRow = ({ leg, status, reason, origin }: Leg, documents: readonly string[]): string => {
  const place = origin === null ? '' : placeOf(origin, documents);
  const said = prose(status === 'assumed' ? reason.replace(/^assumed: /, '') : reason);
  const isPlaced = place !== '' && status !== 'ok' && !reason.includes(place);
  return `| ${leg} | ${statusWords[status]} | ${said}${isPlaced ? `<br>${code(place)}` : ''} |`;
};

const legTable = ({ legs }: Connection, look: Look): string =>
  ['| leg | | what was seen |', '|---|---|---|', ...legs.map((leg) => legRow(leg, look.documents))].join('\n');

/** A way in with its legs folded away. */
export const foldedWay = (connection: Connection, path: string, look: Look): string => {
  const broken = connection.legs.filter(({ status }) => status === 'broken').map(({ leg }) => leg);
  const at = broken.length === 0 ? '' : `: <b>${broken.join(', ')}</b>`;
  const sign = { reachable: '✓', unreachable: '✗', unknown: '?' }[connection.verdict];
  return [
    `<details><summary>${sign} ${lineOf(connection, htmlCode)}${at}</summary>`,
    legTable(connection, look),
    `More: ${code(explainCommand(connection.id, typed(path)))}`,
    '</details>',
  ].join('\n\n');
};

/** A way in at length: its legs, and the edits that mend it. */
export const wayItem = (connection: Connection, findings: readonly Finding[], look: Look): string =>
  [
    lineOf(connection, code),
    legTable(connection, look),
    ...findings.flatMap(({ remediation }) => blocksOf(remediation, { label: '**Fix:**' })),
  ].join('\n\n');

/** A way in on one line of plain text. */
export const plainWay = (way: Way): string => lineOf(way, (name) => name);

/** A way in that is undecided, with what decides it. */
export const undecidedItem = (connection: Connection, look: Look): string => {
  const open = connection.legs.filter(({ status }) => status === 'unknown');
  const legs = open.map(({ leg, reason, origin }) => {
    const place = origin === null ? '' : placeOf(origin, look.documents);
    return `  - ${leg}: ${prose(reason)}${place === '' || reason.includes(place) ? '' : ` (${code(place)})`}`;
  });
  return [`- ? ${lineOf(connection, code)}`, ...legs].join('\n');
};

export const workingItem = (connection: Connection): string => `- ✓ ${lineOf(connection, code)}`;

/** What the verdicts rest on and no configuration shows: each once, with how often. */
export const assumptionItems = (connections: readonly Connection[]): readonly string[] => {
  const all = connections.flatMap(({ assumptions }) => assumptions);
  const counts = new Map<string, number>();
  for (const assumption of all) counts.set(assumption, (counts.get(assumption) ?? 0) + 1);
  return [...counts].map(([text, count]) => `- ${prose(text)}${count === 1 ? '' : ` (${count} ways in)`}`);
};
