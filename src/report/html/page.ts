import type { Connection } from '../../model/connection.ts';
import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { ReportContext } from '../context.ts';
import { drawnOf } from '../graph/drawn.ts';
import type { Graph } from '../graph/model.ts';
import { type Look, lookOf } from '../look.ts';
import { type Standing, standingOf } from '../standing.ts';

/** One plan of a page: what is said of it, and how its parts are called. */
export type PlanPage = {
  readonly report: Report;
  readonly look: Look;
  /** What is alike as one, and each by itself. */
  readonly folded: Graph;
  readonly whole: Graph;
  /** Id of a part of the page, as addresses name it behind `#`. */
  readonly idOf: (kind: PartKind, id?: string) => string;
  readonly standing: (finding: Finding) => Standing;
};

type PartKind =
  | 'plan'
  | 'breaks'
  | 'changes'
  | 'drawing'
  | 'findings'
  | 'ways'
  | 'settings'
  | 'assumptions'
  | 'notes'
  | 'policies'
  | 'connection'
  | 'finding';

/** An id means the same thing in every report, so that a link needs nothing else; only a second plan with it has to differ. */
export const planPages = (reports: readonly Report[], context: ReportContext): readonly PlanPage[] => {
  const taken = new Set<string>();
  return reports.map((report, index) => {
    const { report: printed, graph: folded } = drawnOf(report, { ...context, verbose: false });
    const { graph: whole } = drawnOf(report, { ...context, verbose: true });
    const own = new Map<string, string>();
    const prefix = `plan-${index + 1}`;
    const partId = (kind: PartKind): string =>
      kind === 'plan' ? prefix : reports.length > 1 ? `${prefix}-${kind}` : kind;
    for (const key of keysOf(printed)) {
      own.set(key, taken.has(key) ? `${prefix}-${key}` : key);
      taken.add(key);
    }
    return {
      report: printed,
      look: lookOf(
        { ...context, color: false, unicode: true, verbose: true },
        printed.input.map(({ path }) => path),
      ),
      folded,
      whole,
      idOf: (kind, id) => (id === undefined ? partId(kind) : (own.get(`${kind}-${id}`) ?? `${kind}-${id}`)),
      standing: (finding) => standingOf(finding, context),
    };
  });
};

const keysOf = ({ connections, findings }: Report): readonly string[] => [
  ...connections.map(({ id }) => `connection-${id}`),
  ...findings.map(({ id }) => `finding-${id}`),
];

const order = { unreachable: 0, unknown: 1, reachable: 2 } as const;

/** What must be mended first comes first. */
export const sortedWays = (connections: readonly Connection[]): readonly Connection[] =>
  [...connections].sort((a, b) => order[a.verdict] - order[b.verdict]);
