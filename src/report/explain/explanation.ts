import {
  type Connection,
  type Leg,
  type LegName,
  type Path,
  type Verdict,
  legsOfPath,
  paths,
} from '../../model/connection.ts';
import type { Finding } from '../../model/finding.ts';
import type { Guide } from '../../model/guide.ts';
import type { Policy, PolicyExample } from '../../model/policy.ts';
import type { Report } from '../../model/report.ts';
import { mendOf } from './assumptions.ts';
import { type Bearing, findingsOf, legsOfFinding, legsOfPolicy } from './bearing.ts';
import { type Instructions, clientInstructions } from './client.ts';
import { factNotes } from './facts.ts';
import { type LegText, type PathText, legTexts, pageOf, pathTexts } from './leg-texts.ts';
import { userInstructions } from './sql.ts';

/** A policy, with what each attribute that it asserts means. */
export type DescribedPolicy = {
  readonly policy: Policy;
  readonly meaning: readonly string[];
  /** Null for policies of the user's own. */
  readonly example: PolicyExample | null;
};

export type ExaminedPlan = { readonly report: Report; readonly guides: readonly Guide[] };

/** A plan, and what of it concerns the subject. */
export type InPlan = {
  readonly plan: string;
  readonly connections: readonly Pick<
    Connection,
    'id' | 'path' | 'database' | 'proxy' | 'user' | 'principal' | 'verdict'
  >[];
  readonly findings: readonly Pick<Finding, 'id' | 'policy' | 'address' | 'outcome' | 'enforcement' | 'waiver'>[];
};

export type PolicyExplanation = {
  readonly kind: 'policy';
  readonly policy: Policy;
  readonly meaning: readonly string[];
  readonly example: PolicyExample | null;
  readonly legs: readonly LegName[];
  readonly plans: readonly InPlan[];
};

export type LegExplanation = LegText & {
  readonly kind: 'leg';
  readonly leg: LegName;
  readonly paths: readonly Path[];
  readonly policies: readonly Pick<Policy, 'id' | 'title'>[];
  readonly plans: readonly InPlan[];
};

export type PathExplanation = PathText & {
  readonly kind: 'path';
  readonly path: Path;
  readonly legs: readonly LegName[];
  readonly plans: readonly InPlan[];
};

export type ExplainedAssumption = { readonly assumption: string; readonly mend: string };

export type ConnectionExplanation = {
  readonly kind: 'connection';
  readonly plan: string;
  readonly connection: Omit<Connection, 'legs' | 'assumptions'>;
  readonly legs: readonly (Leg & { readonly asks: string; readonly reference: string })[];
  readonly findings: readonly Finding[];
  readonly assumptions: readonly ExplainedAssumption[];
  readonly client: Instructions;
  readonly databaseUser: Instructions;
  readonly notes: readonly string[];
};

export type FindingExplanation = {
  readonly kind: 'finding';
  readonly plan: string;
  readonly finding: Finding;
  readonly references: readonly string[];
  readonly connections: readonly {
    readonly id: string;
    readonly path: Path;
    readonly user: string | null;
    readonly principal: string | null;
    readonly verdict: Verdict;
    readonly legs: readonly LegName[];
  }[];
};

export type Explanation =
  | PolicyExplanation
  | LegExplanation
  | PathExplanation
  | ConnectionExplanation
  | FindingExplanation;

export const planName = ({ report }: ExaminedPlan): string =>
  report.input.find(({ role }) => role === 'judged')?.path ?? '';

const inPlan = (
  plan: ExaminedPlan,
  concerns: { readonly connection?: (c: Connection) => boolean; readonly finding?: (f: Finding) => boolean },
): InPlan => ({
  plan: planName(plan),
  connections: plan.report.connections
    .filter((connection) => concerns.connection?.(connection) === true)
    .map(({ id, path, database, proxy, user, principal, verdict }) => ({
      id,
      path,
      database,
      proxy,
      user,
      principal,
      verdict,
    })),
  findings: plan.report.findings
    .filter((finding) => concerns.finding?.(finding) === true)
    .map(({ id, policy, address, outcome, enforcement, waiver }) => ({
      id,
      policy,
      address,
      outcome,
      enforcement,
      waiver,
    })),
});

export const explainPolicy = (
  { policy, meaning, example }: DescribedPolicy,
  plans: readonly ExaminedPlan[],
): PolicyExplanation => ({
  kind: 'policy',
  policy,
  meaning,
  example,
  legs: legsOfPolicy(policy),
  plans: plans.map((plan) => inPlan(plan, { finding: (finding) => finding.policy === policy.id })),
});

/** With a plan, the connections at which the leg does not simply hold. */
export const explainLeg = (
  leg: LegName,
  policies: readonly DescribedPolicy[],
  plans: readonly ExaminedPlan[],
): LegExplanation => ({
  kind: 'leg',
  leg,
  ...legTexts[leg],
  paths: paths.filter((path) => legsOfPath[path].includes(leg)),
  policies: policies
    .filter(({ policy }) => legsOfPolicy(policy).includes(leg))
    .map(({ policy: { id, title } }) => ({ id, title })),
  plans: plans.map((plan) =>
    inPlan(plan, { connection: ({ legs }) => legs.some((own) => own.leg === leg && own.status !== 'ok') }),
  ),
});

export const explainPath = (path: Path, plans: readonly ExaminedPlan[]): PathExplanation => ({
  kind: 'path',
  path,
  ...pathTexts[path],
  legs: legsOfPath[path],
  plans: plans.map((plan) => inPlan(plan, { connection: (connection) => connection.path === path })),
});

export const explainConnection = (
  connection: Connection,
  guide: Guide,
  plan: ExaminedPlan,
  policies: readonly DescribedPolicy[],
): ConnectionExplanation => {
  const { legs, assumptions, ...own } = connection;
  return {
    kind: 'connection',
    plan: planName(plan),
    connection: own,
    legs: legs.map((leg) => ({ ...leg, asks: legTexts[leg.leg].asks, reference: pageOf(leg.leg, connection.path) })),
    findings: findingsOf(connection, plan.report.findings, bearingOf(policies)),
    assumptions: assumptions.map((assumption) => ({ assumption, mend: mendOf(assumption, connection, guide) })),
    client: clientInstructions(connection, guide),
    databaseUser: userInstructions(connection, guide),
    notes: factNotes(connection, guide),
  };
};

const bearingOf =
  (policies: readonly DescribedPolicy[]): Bearing =>
  (id) => {
    const described = policies.find(({ policy }) => policy.id === id);
    return described === undefined ? [] : legsOfPolicy(described.policy);
  };

export const explainFinding = (
  finding: Finding,
  plan: ExaminedPlan,
  policies: readonly DescribedPolicy[],
): FindingExplanation => ({
  kind: 'finding',
  plan: planName(plan),
  finding,
  references: plan.report.policies.find(({ id }) => id === finding.policy)?.references ?? [],
  connections: plan.report.connections.flatMap((connection) => {
    const legs = legsOfFinding(finding, connection, bearingOf(policies));
    const { id, path, user, principal, verdict } = connection;
    return legs.length === 0 ? [] : [{ id, path, user, principal, verdict, legs }];
  }),
});
