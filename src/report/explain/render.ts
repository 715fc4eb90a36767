import type { Leg } from '../../model/connection.ts';
import type { Finding } from '../../model/finding.ts';
import type { ReportContext } from '../context.ts';
import { type Look, lookOf, paintMark, titled } from '../look.ts';
import { renderChain } from '../pretty/chain.ts';
import { renderExcerpt } from '../pretty/excerpt.ts';
import { byUrgency, renderFinding } from '../pretty/findings.ts';
import { placeOf } from '../pretty/place.ts';
import { hang, indented, layOut, wrap } from '../text.ts';
import type { Instructions } from './client.ts';
import type { ConnectionExplanation, Explanation, FindingExplanation } from './explanation.ts';
import { shellWord } from './quote.ts';
import { renderLegText, renderPathText, renderPolicyText } from './render-names.ts';
import { type Block, bullets, labelled, list, prose, verdictMarks } from './render-parts.ts';

/** Explanations for people. Texts of the plan must be printable already. */
export const renderExplanations = (
  explanations: readonly Explanation[],
  documents: readonly string[],
  context: ReportContext,
): string => {
  const look = lookOf({ ...context, verbose: true }, documents);
  return explanations
    .map((explanation) => `${blocksOf(explanation, look).filter(isFilled).map(joined).join('\n\n')}\n`)
    .join('\n');
};

const isFilled = (block: Block): boolean => block.length > 0;
const joined = (block: Block): string => block.join('\n');

const blocksOf = (explanation: Explanation, look: Look): readonly Block[] => {
  switch (explanation.kind) {
    case 'policy':
      return renderPolicyText(explanation, look);
    case 'leg':
      return renderLegText(explanation, look);
    case 'path':
      return renderPathText(explanation, look);
    case 'connection':
      return connectionBlocks(explanation, look);
    case 'finding':
      return findingBlocks(explanation, look);
  }
};

const verdictWords = {
  reachable: 'works',
  unreachable: 'cannot work',
  unknown: 'is undecided',
} as const;

const provided = ({ connection, assumptions }: ConnectionExplanation): string =>
  connection.verdict === 'reachable' && assumptions.length > 0 ? ', if what is assumed is so' : '';

const connectionBlocks = (explanation: ConnectionExplanation, look: Look): readonly Block[] => {
  const { connection, legs, findings, assumptions, client, databaseUser, notes, plan } = explanation;
  const chain = { ...connection, legs, assumptions: [] };
  return [
    headed(`Connection ${connection.id} of ${plan} ${verdictWords[connection.verdict]}${provided(explanation)}.`, look),
    renderChain(chain, verdictMarks[connection.verdict], look),
    ...titledFindings('Findings, each with the edit that mends it', failing(findings), look),
    ...titledFindings('Undecided, each with the edit for the case that it fails', undecided(findings), look),
    titled(
      'Legs',
      legs.flatMap((leg) => [...renderLeg(leg, look), ...legExcerpt(leg, findings, look)]),
      look,
    ),
    titled(`Assumed (${assumptions.length}), and what makes it so`, assumptionLines(assumptions, look), look),
    instructions('How the client logs in', client, look),
    instructions('How the user is defined in the database', databaseUser, look),
    titled('Good to know', bullets(notes, look), look),
    titled(
      'Pages',
      legs.flatMap(({ leg, reference }) => labelled([[leg, reference]], look, legWidth)),
      look,
    ),
    titled(
      'More',
      prose([`  rds-auth-policy explain ${connection.path}`, ...legCommands(legs)].join('\n'), look),
      look,
    ),
  ];
};

const failing = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ outcome }) => outcome === 'fail');

const undecided = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ outcome }) => outcome === 'unknown');

const titledFindings = (title: string, findings: readonly Finding[], look: Look): readonly Block[] =>
  byUrgency(findings).map((finding, index) => [
    ...(index === 0 ? [look.bold(title)] : []),
    ...findingLines(finding, look),
  ]);

/** What makes several true is said once. */
const assumptionLines = (assumptions: ConnectionExplanation['assumptions'], look: Look): Block => {
  const mends = [...new Set(assumptions.map(({ mend }) => mend))];
  return mends.flatMap((mend) => [
    ...bullets(
      assumptions.filter((own) => own.mend === mend).map(({ assumption }) => assumption),
      look,
    ),
    ...indented(
      layOut(mend, look.width - 4).map(({ line }) => look.cyan(line)),
      4,
    ),
  ]);
};

/** For the legs that are not well: what is in order needs no reading. */
const legCommands = (legs: readonly Leg[]): readonly string[] =>
  legs
    .filter(({ status }) => status === 'broken' || status === 'unknown')
    .map(({ leg }) => `  rds-auth-policy explain ${leg}`);

const headed = (text: string, look: Look): Block => wrap(text, look.width).map(look.bold);

const legWidth = 13;

const renderLeg = (leg: ConnectionExplanation['legs'][number], look: Look): Block => {
  const markWidth = Math.max(...Object.values(look.marks).map(({ length }) => length));
  const mark = paintMark(look, leg.status) + ' '.repeat(markWidth - look.marks[leg.status].length);
  const indent = markWidth + legWidth + 3;
  const word = look.unicode && leg.status !== 'ok' && leg.status !== 'broken' ? `${statusWords[leg.status]}: ` : '';
  const reason =
    leg.reason === '' ? statusWords[leg.status] : `${leg.reason.startsWith(word) ? '' : word}${leg.reason}`;
  const place = leg.origin === null ? '' : placeOf(leg.origin, look.documents);
  return [
    ...hang(`${mark} ${look.bold(leg.leg.padEnd(legWidth))}  `, indent, reason, look.width),
    ...(place === '' ? [] : hang(' '.repeat(indent), indent, place, look.width).map(look.dim)),
  ];
};

/** The lines that decide, unless a finding has shown them. */
const legExcerpt = ({ origin, status }: Leg, findings: readonly Finding[], look: Look): Block => {
  if (origin === null || status === 'ok' || status === 'assumed') return [];
  const isQuoted = findings.some(({ origins }) =>
    origins.some(({ file, line }) => file === origin.file && line === origin.line),
  );
  return isQuoted ? [] : renderExcerpt(origin, 4, look);
};

const statusWords = { ok: 'holds', broken: 'broken', assumed: 'assumed', unknown: 'undecided' } as const;

const instructions = (title: string, { lines, notes }: Instructions, look: Look): Block =>
  titled(title, [...lines.map((line) => `  ${look.bold(line)}`), ...bullets(notes, look)], look);

/** What is undecided has no mark of a fault. */
const findingLines = (finding: Finding, look: Look): Block => {
  const lines = renderFinding(finding, look);
  if (finding.outcome === 'fail') return lines;
  const { policy, severity, enforcement } = finding;
  const facts = [severity, enforcement, 'undecided'].map((fact) => `${look.dot}${fact}`).join('');
  return [`${paintMark(look, 'unknown')} ${look.bold(policy)}${facts}`, ...lines.slice(1)];
};

const findingBlocks = (explanation: FindingExplanation, look: Look): readonly Block[] => {
  const { finding, references, connections, plan } = explanation;
  const verb = finding.outcome === 'fail' ? 'Breaks' : 'Leaves undecided';
  const breaks = connections.map(
    ({ id, path, user, principal, legs }) =>
      `${id}  ${path}${user === null ? '' : `, user ${user}`}${principal === null ? '' : `, ${principal}`}; at ${legs.join(', ')}`,
  );
  return [
    headed(`Finding ${finding.id} of ${plan}${finding.outcome === 'fail' ? '.' : ' is undecided.'}`, look),
    findingLines(finding, look),
    titled(verb, list(breaks, look), look),
    titled('Pages', list(references, look), look),
    titled(
      'More',
      prose(
        [finding.policy, ...connections.slice(0, 3).map(({ id }) => `${id} ${shellWord(plan)}`)]
          .map((subject) => `  rds-auth-policy explain ${subject}`)
          .join('\n'),
        look,
      ),
      look,
    ),
  ];
};
