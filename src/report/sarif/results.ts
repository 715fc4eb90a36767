import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { Given, Origin } from '../../model/value.ts';
import type { ReportContext } from '../context.ts';
import { isWaived, waiverText } from '../excused.ts';
import { judgedInput } from '../pretty/headline.ts';
import { bestOf, hasLine, placeOf } from '../pretty/place.ts';
import { isToMend } from '../standing.ts';
import { messageOf, plainText } from './message.ts';
import { type Rule, levelOf, undecidedRuleId } from './rules.ts';
import { sourceLocation, uriOf } from './uri.ts';

/** A result may have 1,000 locations; GitHub keeps 100. */
const mostRelated = 99;

const documentsOf = ({ input }: Report): readonly string[] => input.map(({ path }) => path);

/** One character where the end is not known: GitHub asks for one. */
const regionOf = ({ line = 1, column = 1, endLine = line, endColumn = column + 1 }: Partial<Origin>) => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});

/** The line in the source, where one was read; else the head of the plan, for a plan has no lines worth showing. */
const physicalLocation = (origin: Origin | undefined, report: Report) => {
  if (origin?.file !== undefined && origin.line !== undefined)
    return { artifactLocation: sourceLocation(origin.file), region: regionOf(origin) };
  const path = documentsOf(report)[origin?.document ?? 0] ?? judgedInput(report)?.path ?? '-';
  return { artifactLocation: { uri: uriOf(path) }, region: regionOf({}) };
};

const logicalLocations = (address: string) =>
  address === '' ? {} : { logicalLocations: [{ fullyQualifiedName: address, kind: 'resource' }] };

const locationOf = (address: string, origin: Origin | undefined, report: Report) => ({
  physicalLocation: physicalLocation(origin, report),
  ...logicalLocations(address),
  ...(origin !== undefined && hasLine(origin) ? {} : { properties: { sourceLine: false } }),
});

const givenLocation = (given: Given) => ({
  physicalLocation: { artifactLocation: sourceLocation(given.file), region: regionOf(given) },
  message: { text: 'The value is given here.' },
});

/** Where the value of the first place comes from, where the module is called that it stands in, and further places that decided, each once. */
const relatedOf = (origins: readonly Origin[], { calls = [], given }: Partial<Origin>, report: Report) => {
  const places = new Map(origins.map((origin) => [placeOf(origin, documentsOf(report)), origin]));
  const related = [
    ...(given === undefined || given.leftOut !== undefined ? [] : [givenLocation(given)]),
    ...calls.map((call) => ({
      physicalLocation: { artifactLocation: sourceLocation(call.file), region: regionOf(call) },
      message: { text: 'The module is called here.' },
    })),
    ...[...places].map(([place, origin]) => ({
      ...locationOf(origin.address, origin, report),
      ...(place === '' ? {} : { message: { text: plainText(place) } }),
    })),
  ];
  const numbered = related.slice(0, mostRelated).map((location, index) => ({ id: index + 1, ...location }));
  return numbered.length === 0 ? {} : { relatedLocations: numbered };
};

/**
 * `open`: the rule was evaluated, and nobody can say. Any kind but `fail` asks for the level `none`. What fails the run
 * since it is undecided is no less than what fails it otherwise.
 */
const kindOf = (finding: Finding, context: ReportContext) =>
  finding.outcome === 'fail' || isToMend(finding, context)
    ? { kind: 'fail', level: levelOf(finding.severity, finding.enforcement) }
    : { kind: 'open', level: 'none' };

/** Either every result of a run has them, or none (SARIF 2.1.0, 3.27.23). */
const suppressionsOf = ({ waiver }: Finding) => {
  if (waiver === null) return { suppressions: [] };
  const { kind, origin } = waiver;
  const region = origin.line === undefined ? {} : { region: regionOf(origin) };
  const place = origin.file === undefined ? {} : { artifactLocation: sourceLocation(origin.file), ...region };
  const suppression = {
    kind: kind === 'inline' ? 'inSource' : 'external',
    status: 'accepted',
    justification: plainText(waiverText(waiver)),
    ...(origin.file === undefined ? {} : { location: { physicalLocation: place } }),
  };
  return { suppressions: [suppression] };
};

/** In the order of the findings. */
export const resultsOf = (
  findings: readonly Finding[],
  rules: ReadonlyMap<string, number>,
  report: Report,
  context: ReportContext,
) => {
  const hasSuppressions = report.findings.some(isWaived);
  return findings.map((finding) => ({
    ...resultOf(finding, rules, report, context),
    ...(hasSuppressions ? suppressionsOf(finding) : {}),
  }));
};

const resultOf = (finding: Finding, rules: ReadonlyMap<string, number>, report: Report, context: ReportContext) => {
  const { policy, outcome, address, origins, fingerprint } = finding;
  const ruleId = outcome === 'unknown' ? undecidedRuleId(policy) : policy;
  const ruleIndex = rules.get(ruleId);
  const first = bestOf(origins);
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    ...kindOf(finding, context),
    message: messageOf(finding),
    locations: [locationOf(address, first, report)],
    ...relatedOf(
      origins.filter((origin) => origin !== first),
      first ?? {},
      report,
    ),
    // GitHub knows an alert again by the first; it would make one of the text of the line, which moves.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'rdsAuthPolicy/v1': fingerprint },
    ...(finding.baseline === undefined ? {} : { baselineState: finding.baseline }),
    properties: { id: finding.id, severity: finding.severity, enforcement: finding.enforcement },
  };
};

export const indexOf = (rules: readonly Rule[]): ReadonlyMap<string, number> =>
  new Map(rules.map(({ id }, index) => [id, index]));
