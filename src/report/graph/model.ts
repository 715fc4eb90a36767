import type { Verdict } from '../../model/connection.ts';

/** The columns of a drawing, in the order in which a login passes them. */
export const nodeKinds = ['client', 'principal', 'endpoint', 'proxy', 'database'] as const;
export type NodeKind = (typeof nodeKinds)[number];

export type GraphNode = {
  readonly id: string;
  readonly kind: NodeKind;
  /** Address; in words what no name stands for. */
  readonly name: string;
  readonly isNamed: boolean;
  /** What it is: "RDS Proxy", "IAM role". */
  readonly type: string;
  /** The names of all that were folded into it, at least its own. */
  readonly members: readonly string[];
};

/** What a hop of a way in says: where it breaks, that it is undecided, or nothing. */
export type HopMark = 'ok' | 'broken' | 'unknown';

export type GraphEdge = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** How the login is made at this hop; in words what is none. */
  readonly label: string;
  /** Null where no way in passes it: what runs as a role, the target of a proxy that nobody uses. */
  readonly verdict: Verdict | null;
  readonly mark: HopMark;
  /** Ids of the connections that pass it. */
  readonly connections: readonly string[];
};

/** The ways in of one report as a drawing shows them. */
export type Graph = {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
};

/** What a drawing calls a verdict. */
export const wordOfVerdict: Readonly<Record<Verdict, string>> = {
  reachable: 'works',
  unreachable: 'cannot work',
  unknown: 'undecided',
};

/** What must be seen first. */
export const rankOfVerdict: Readonly<Record<Verdict, number>> = { unreachable: 0, unknown: 1, reachable: 2 };
