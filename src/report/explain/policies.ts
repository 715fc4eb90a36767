import type { SetDescription } from '../../model/policy.ts';
import type { ReportContext } from '../context.ts';
import { type Look, lookOf } from '../look.ts';
import { printable, printableJson } from '../printable.ts';
import { hang, plural } from '../text.ts';
import { legsOfPolicy } from './bearing.ts';
import type { DescribedPolicy } from './explanation.ts';

export type { DescribedPolicy } from './explanation.ts';

export type PolicyQuestion = {
  readonly policies: readonly DescribedPolicy[];
  /** The sets that have a description. */
  readonly sets: readonly SetDescription[];
};

const byId = (left: DescribedPolicy, right: DescribedPolicy): number =>
  left.policy.id === right.policy.id ? 0 : left.policy.id < right.policy.id ? -1 : 1;

/** Policies that have every word of a term: in the id, an alias, the title, or why. */
export const searchPolicies = (term: string, policies: readonly DescribedPolicy[]): readonly DescribedPolicy[] => {
  const words = term.toLowerCase().split(/\s+/).filter(Boolean);
  const alias = policies.filter(({ policy }) =>
    (policy.aliases ?? []).some((name) => name.toLowerCase() === term.toLowerCase()),
  );
  if (alias.length > 0) return alias;
  return policies.filter(({ policy }) => {
    const text = [policy.id, ...(policy.aliases ?? []), policy.title, policy.why].join('\n').toLowerCase();
    return words.length > 0 && words.every((word) => text.includes(word));
  });
};

/** The policies by set: id, severity and enforcement, and below them the title. */
export const policiesInWords = (question: PolicyQuestion, context: ReportContext): string => {
  const look = lookOf(context);
  const policies = [...printable(question.policies, context)].sort(byId);
  const described = new Map(printable(question.sets, context).map((set) => [set.id, set]));
  const sets = [...new Set(policies.map(({ policy }) => policy.set))].sort();
  const width = Math.max(...policies.map(({ policy }) => policy.id.length));
  const blocks = sets.map((set) => {
    const own = policies.filter(({ policy }) => policy.set === set);
    return [
      ...heading(set, own.length, described.get(set), look),
      ...own.flatMap((policy) => lines(policy, width, look)),
    ];
  });
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n\nrds-auth-policy policies show ID says more of one.\n`;
};

const heading = (id: string, count: number, description: SetDescription | undefined, look: Look): readonly string[] => {
  const off = description?.enabledByDefault === false ? `, off by default: --set ${id}` : '';
  return [
    look.bold(`${id} (${plural(count, 'policy', 'policies')}${off})`),
    ...(description === undefined ? [] : hang('  ', 2, description.title, look.width)),
  ];
};

const lines = ({ policy }: DescribedPolicy, width: number, look: Look): readonly string[] => [
  `  ${policy.id.padEnd(width)}  ${policy.severity.padEnd('critical'.length)}  ${look.dim(policy.enforcement)}`,
  ...hang('    ', 4, policy.title, look.width).map(look.dim),
];

/** An array of policies, with the legs that each bears on. */
export const policiesAsJson = ({ policies, sets }: PolicyQuestion, version: string): string => {
  const off = new Set(sets.flatMap(({ id, enabledByDefault }) => (enabledByDefault ? [] : [id])));
  const listed = [...policies].sort(byId).map(({ policy }) => {
    const { id, set, title, subject, severity, enforcement, why, references, aliases = [], parameters = {} } = policy;
    const own = { id, set, title, subject, severity, enforcement, why, references, aliases, parameters };
    return { ...own, enabledByDefault: !off.has(set), legs: legsOfPolicy(policy) };
  });
  const document = { schemaVersion: '1', tool: { name: 'rds-auth-policy', version }, policies: listed };
  return `${printableJson(JSON.stringify(document, null, 2))}\n`;
};
