import type { Diagnostic } from './model/diagnostic.ts';
import type { Subject } from './model/judgement.ts';
import { didYouMean } from './model/suggest.ts';
import type { InlineWaiver, InlineWaivers, WaiverRule } from './model/waiver.ts';
import type { CompiledPolicy } from './policy/compiled-policy.ts';
import { type PolicyResults, byPolicyAndAddress, evaluatePolicies } from './policy/evaluate-policies.ts';
import type { PolicySelection } from './policy/select-policies.ts';
import type { Rulebook } from './policy/settings.ts';
import { type WaiverBook, namesPolicy, noWaivers, openWaivers } from './policy/waivers/waiver-book.ts';
import { waiverSubjects } from './policy/waivers/waiver-subjects.ts';
import type { Source } from './terraform/source.ts';

/** Exceptions to policies. */
export type WaiverOptions = {
  /** Those of a configuration of this program. */
  readonly waivers?: readonly WaiverRule[];
  /** Whether those in comments of the configuration of Terraform count, where it was read; they do if it is left out. */
  readonly inlineWaivers?: boolean;
  /** The day to judge them by, `YYYY-MM-DD` in UTC. Without it nobody knows what is in force, and nothing is waived. */
  readonly today?: string;
  /** True where other plans are judged by the same waivers: one that is for nothing in this plan may be for those. */
  readonly hasOtherPlans?: boolean;
};

/** The waivers of a run. */
export type Waivers = {
  readonly rules: readonly (WaiverRule | InlineWaiver)[];
  readonly book: WaiverBook;
  readonly diagnostics: readonly Diagnostic[];
};

const none: InlineWaivers = { waivers: [], diagnostics: [] };

/** Those of the options, and those in the comments of the source. */
export const gatherWaivers = (
  source: Source | undefined,
  policies: readonly CompiledPolicy[],
  { waivers = [], inlineWaivers = true, today }: WaiverOptions,
): Waivers => {
  if (today === undefined) return { rules: [], book: noWaivers, diagnostics: [] };
  const inline = inlineWaivers ? (source?.waivers() ?? none) : none;
  const rules = [...waivers, ...inline.waivers];
  const strange = rules.filter((rule) => !policies.some(({ policy }) => namesPolicy(rule.policy, policy)));
  const unnamed = strange.map((rule) => noPolicy(rule, policies));
  // A comment that names a policy which does not exist waives nothing, whatever else it names.
  const faulty = new Set(strange.filter(({ kind }) => kind === 'inline').map(placeOf));
  const named = rules.filter(
    (rule) => !strange.includes(rule) && !(rule.kind === 'inline' && faulty.has(placeOf(rule))),
  );
  return {
    rules: named,
    book: named.length === 0 ? noWaivers : openWaivers(named, today),
    diagnostics: [...inline.diagnostics, ...unnamed],
  };
};

const placeOf = ({ origin: { file, line } }: WaiverRule): string => `${file}:${line}`;

/** In a file of this program a name that does not exist is an error, as everywhere; a comment is none of its input. */
const noPolicy = ({ kind, policy, origin }: WaiverRule, policies: readonly CompiledPolicy[]): Diagnostic => {
  const known = policies.flatMap(({ policy: { id, aliases = [] } }) => [id, ...aliases]);
  const isInline = kind === 'inline';
  return {
    severity: isInline ? 'warning' : 'error',
    code: isInline ? 'waiver-invalid' : 'policy-not-found',
    summary: `This waiver names a policy that does not exist${didYouMean(policy, known)}`,
    detail: 'For all of them type:\n  rds-auth-policy policies',
    origin: { ...origin },
  };
};

type Judged = {
  readonly subjects: readonly Subject[];
  readonly results: PolicyResults;
  readonly isWhole: boolean;
};

/** The findings of all policies, and what the policies about waivers say, ordered as findings are. */
export const judgeWaivers = (
  { rules, book }: Waivers,
  policies: readonly CompiledPolicy[],
  { subjects, results, isWhole }: Judged,
  {
    selection,
    rules: rulebook,
    ...options
  }: WaiverOptions & { readonly selection: PolicySelection; readonly rules: Rulebook },
): Pick<PolicyResults, 'findings' | 'diagnostics'> => {
  if (rules.length === 0 || options.today === undefined) return results;
  const about = waiverSubjects(rules, {
    today: options.today,
    matched: book.matched,
    known: policies.map(({ policy }) => policy),
    run: new Set(results.policies.map(({ id }) => id)),
    subjects,
    rules: rulebook,
    isWhole,
    hasOtherPlans: options.hasOtherPlans === true,
  });
  const { findings, diagnostics } = evaluatePolicies(policies, about, selection, { rules: rulebook });
  const crashes = diagnostics.filter(({ code }) => code === 'policy-crashed');
  return {
    findings: [...results.findings, ...findings].sort(byPolicyAndAddress),
    diagnostics: [...results.diagnostics, ...crashes],
  };
};
