import { legNames, paths } from '../../model/connection.ts';
import { didYouMean } from '../../model/suggest.ts';
import {
  type DescribedPolicy,
  type ExaminedPlan,
  type Explanation,
  explainConnection,
  explainFinding,
  explainLeg,
  explainPath,
  explainPolicy,
  planName,
} from './explanation.ts';

export type Question = {
  readonly subject: string;
  readonly policies: readonly DescribedPolicy[];
  readonly plans: readonly ExaminedPlan[];
};

export type Answer =
  | { readonly ok: true; readonly explanations: readonly Explanation[] }
  | { readonly ok: false; readonly summary: string; readonly detail: string };

/** What the subject is, and what there is to say of it: a name first, then an id or the unique beginning of one. */
export const answer = ({ subject, policies, plans }: Question): Answer => {
  const named = findPolicies(subject, policies);
  if (named.length > 0) return found(named.map((policy) => explainPolicy(policy, plans)));
  const leg = legNames.find((name) => name === subject);
  if (leg !== undefined) return found([explainLeg(leg, policies, plans)]);
  const path = paths.find((name) => name === subject);
  if (path !== undefined) return found([explainPath(path, plans)]);
  const matches = plans.flatMap((plan) => matchesIn(subject, plan, policies));
  const ids = [...new Set(matches.map(({ id }) => id))];
  if (ids.length > 1) return ambiguous(subject, matches);
  return ids.length === 1 ? found(matches.map(({ explain }) => explain())) : missing(subject, policies, plans);
};

const found = (explanations: readonly Explanation[]): Answer => ({ ok: true, explanations });

/** By id, else by an alias, which several may have. Ids are lower case, aliases as their tools write them; any case will do. */
export const findPolicies = (name: string, policies: readonly DescribedPolicy[]): readonly DescribedPolicy[] => {
  const wanted = name.toLowerCase();
  const byId = policies.filter(({ policy }) => policy.id.toLowerCase() === wanted);
  if (byId.length > 0) return byId;
  return policies.filter(({ policy }) => policy.aliases?.some((alias) => alias.toLowerCase() === wanted) === true);
};

type Match = { readonly id: string; readonly what: string; readonly explain: () => Explanation };

const shortest = 4;

const isId = (subject: string): boolean => new RegExp(`^[0-9a-f]{${shortest},16}$`, 'i').test(subject);

const matchesIn = (subject: string, plan: ExaminedPlan, policies: readonly DescribedPolicy[]): readonly Match[] => {
  if (!isId(subject)) return [];
  const wanted = subject.toLowerCase();
  const { connections, findings } = plan.report;
  const guides = new Map(plan.guides.map((guide) => [guide.connection, guide]));
  return [
    ...connections.flatMap((connection): readonly Match[] => {
      const guide = guides.get(connection.id);
      if (guide === undefined || !connection.id.startsWith(wanted)) return [];
      const what = `connection, ${connection.path}`;
      return [{ id: connection.id, what, explain: () => explainConnection(connection, guide, plan, policies) }];
    }),
    ...findings
      .filter(({ fingerprint }) => fingerprint.startsWith(wanted))
      .map((finding) => ({
        id: finding.id,
        what: `finding, ${finding.policy}`,
        explain: () => explainFinding(finding, plan, policies),
      })),
  ];
};

const ambiguous = (subject: string, matches: readonly Match[]): Answer => ({
  ok: false,
  summary: `The id ${subject} is the beginning of ${new Set(matches.map(({ id }) => id)).size}.`,
  detail: ['Type more of it:', ...new Map(matches.map(({ id, what }) => [id, `  ${id}  ${what}`])).values()].join('\n'),
});

const missing = (subject: string, policies: readonly DescribedPolicy[], plans: readonly ExaminedPlan[]): Answer => {
  const ids = plans.flatMap(({ report }) => [...report.connections, ...report.findings].map(({ id }) => id));
  const names = [...policies.flatMap(({ policy }) => [policy.id, ...(policy.aliases ?? [])]), ...legNames, ...paths];
  if (plans.length === 0) return withoutPlan(subject, names);
  const where = plans.map(planName).join(', ');
  return {
    ok: false,
    summary: `There is nothing called ${subject} in ${where}, and no policy, leg or path${didYouMean(subject, [...ids, ...names])}`,
    detail: connectionsOf(plans),
  };
};

const withoutPlan = (subject: string, names: readonly string[]): Answer => {
  if (isId(subject)) {
    return {
      ok: false,
      summary: `The id ${subject} is of a connection or a finding, and they are in a plan.`,
      detail: `Give it as well:\n  rds-auth-policy explain ${subject} plan.json`,
    };
  }
  if (/[./]|^-$/.test(subject)) {
    return {
      ok: false,
      summary: `There is nothing called ${subject}; a PLAN comes after what is to be explained.`,
      detail: 'To see what a plan has to explain:\n  rds-auth-policy explain iam-proxy-rds plan.json',
    };
  }
  return {
    ok: false,
    summary: `There is no policy, leg or path ${subject}${didYouMean(subject, names)}`,
    detail: `Legs are ${legNames.join(', ')}; paths are ${paths.join(', ')}. For all policies type:\n  rds-auth-policy policies`,
  };
};

const shown = 12;

/** Whoever mistypes an id need not make the report again. */
const connectionsOf = (plans: readonly ExaminedPlan[]): string => {
  const all = plans.flatMap(({ report }) => report.connections);
  if (all.length === 0) return 'The plan has no connection.';
  const lines = all
    .slice(0, shown)
    .map(
      ({ id, path, user, verdict }) =>
        `  ${id}  ${verdict.padEnd(11)}  ${path}${user === null ? '' : `, user ${user}`}`,
    );
  const left = all.length - lines.length;
  return ['Its connections are:', ...lines, ...(left > 0 ? [`and ${left} more, in the report.`] : [])].join('\n');
};
