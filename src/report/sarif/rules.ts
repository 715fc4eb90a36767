import type { Enforcement, Severity } from '../../model/policy.ts';
import type { Report, ReportPolicy } from '../../model/report.ts';
import type { ReportContext } from '../context.ts';
import { code, link, prose } from '../markdown/escape.ts';
import { explainCommand } from '../pretty/findings.ts';
import { isToMend } from '../standing.ts';
import { plainText, short } from './message.ts';

export type Level = 'error' | 'warning' | 'note';

const levels: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** Advice is never an error: it does not fail the run. */
export const levelOf = (severity: Severity, enforcement: Enforcement): Level =>
  enforcement === 'advisory' && levels[severity] === 'error' ? 'warning' : levels[severity];

/** GitHub's ranges: above 9.0 critical, from 7.0 high, from 4.0 medium, from 0.1 low. */
const scores: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.1',
};

const mostTags = 10;

/**
 * Undecided results have a rule of their own. GitHub shows every result as an alert, whatever its kind, and as severe
 * as its rule is; so this one has no severity and is a note: what is undecided blocks no pull request. Where it fails the
 * run, the rule is as severe as that of the policy.
 */
export const undecidedRuleId = (policy: string): string => `${policy}/undecided`;

/** `some-policy-id` as a name: `SomePolicyId`. */
const nameOf = (id: string): string =>
  id
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
    .slice(0, 255);

const isPage = (reference: string): boolean => /^https?:\/\/[^\s"<>\\^`{|}]+$/.test(reference);

const helpOf = ({ id, title, why, references }: ReportPolicy) => {
  const pages = references.filter(isPage);
  return {
    text: plainText(
      [title, why, `More: ${explainCommand(id)}`, ...references].filter((part) => part !== '').join('\n\n'),
    ),
    markdown: [
      `**${prose(title)}**`,
      prose(why),
      `More: ${code(explainCommand(id))}`,
      ...(pages.length === 0 ? [] : [pages.map((page) => `- ${link('reference', page)}`).join('\n')]),
    ].join('\n\n'),
  };
};

const describe = (policy: ReportPolicy, id: string, prefix: string) => ({
  id,
  name: nameOf(id),
  shortDescription: { text: plainText(short(`${prefix}${policy.title}`, id)) },
  fullDescription: { text: plainText(short(policy.why, policy.title || id)) },
  help: helpOf(policy),
  ...(policy.references[0] !== undefined && isPage(policy.references[0]) ? { helpUri: policy.references[0] } : {}),
});

const ruleOf = (policy: ReportPolicy) => ({
  ...describe(policy, policy.id, ''),
  defaultConfiguration: { level: levelOf(policy.severity, policy.enforcement) },
  properties: {
    tags: [...new Set(['security', 'aws', 'rds', policy.set, ...(policy.aliases ?? [])])].slice(0, mostTags),
    // A mandatory failure is certain; advice may not suit everybody.
    precision: policy.enforcement === 'mandatory' ? 'very-high' : 'high',
    'security-severity': scores[policy.severity],
    severity: policy.severity,
    enforcement: policy.enforcement,
  },
});

const undecidedRuleOf = (policy: ReportPolicy, level: Level) => ({
  ...describe(policy, undecidedRuleId(policy.id), 'Undecided: '),
  defaultConfiguration: { level },
  properties: {
    tags: [...new Set(['undecided', 'aws', 'rds', policy.set])].filter((tag) => tag !== 'security'),
    precision: 'low',
    severity: policy.severity,
    enforcement: policy.enforcement,
  },
});

export type Rule = ReturnType<typeof ruleOf> | ReturnType<typeof undecidedRuleOf>;

/** Every policy that was run, and each that has undecided results once more. */
export const rulesOf = ({ policies, findings }: Report, context: ReportContext): readonly Rule[] => {
  const undecided = findings.filter(({ outcome }) => outcome === 'unknown');
  const open = new Set(undecided.map(({ policy }) => policy));
  const failing = new Set(undecided.filter((one) => isToMend(one, context)).map(({ policy }) => policy));
  const levelIn = ({ id, severity }: ReportPolicy): Level =>
    failing.has(id) ? levelOf(severity, 'mandatory') : 'note';
  return [
    ...policies.map(ruleOf),
    ...policies.filter(({ id }) => open.has(id)).map((policy) => undecidedRuleOf(policy, levelIn(policy))),
  ];
};
