import type { Diagnostic } from '../model/diagnostic.ts';
import { didYouMean } from '../model/suggest.ts';
import { explainAsJson, explainInWords, findPolicies } from '../report/explain/index.ts';
import {
  type DescribedPolicy,
  type PolicyQuestion,
  policiesAsJson,
  policiesInWords,
  searchPolicies,
} from '../report/explain/policies.ts';
import { contextFor } from './appearance.ts';
import { describeAll } from './explain.ts';
import type { Invocation } from './invocation.ts';
import { loadPolicies } from './load-policies.ts';
import { reportNoAnswer } from './mistake.ts';
import { policyActions } from './options.ts';
import type { Streams } from './streams.ts';

type Answer = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly summary: string };

/** Lists, shows or searches the policies; what is listed are those of the sets that were asked for. */
export const showPolicies = async (invocation: Invocation, streams: Streams, version: string): Promise<number> => {
  if (invocation.words[0] === 'new') return (await import('./new-policy.ts')).makePolicy(invocation, streams, version);
  if (invocation.subject !== undefined) return reportNoAnswer([subjectMistake], invocation, streams, version);
  const { policies, sets, diagnostics, faults } = await loadPolicies(invocation);
  const errors = [...diagnostics, ...faults].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return reportNoAnswer(errors, invocation, streams, version);
  const answered = answer(invocation, { policies: await describeAll(policies), sets }, streams, version);
  if (answered.ok) {
    streams.stdout.write(answered.text);
    return 0;
  }
  const detail = 'For all of them type:\n  rds-auth-policy policies';
  const { summary } = answered;
  return reportNoAnswer([{ severity: 'error', code: 'usage-invalid', summary, detail }], invocation, streams, version);
};

const subjectMistake: Diagnostic = {
  severity: 'error',
  code: 'usage-invalid',
  summary: 'The option --subject has no meaning but for policies new.',
};

const answer = (invocation: Invocation, loaded: PolicyQuestion, streams: Streams, version: string): Answer => {
  const [action = 'list', ...rest] = invocation.words;
  const { sets } = invocation;
  const { policies: all } = loaded;
  const known = new Set(all.map(({ policy }) => policy.set));
  const unknownSet = sets.find((set) => !known.has(set));
  if (unknownSet !== undefined) return no(`There is no policy set ${unknownSet}${didYouMean(unknownSet, known)}`);
  const policies = sets.length === 0 ? all : all.filter(({ policy }) => sets.includes(policy.set));
  const print = (listed: readonly DescribedPolicy[]): Answer => {
    const question = { ...loaded, policies: listed };
    const context = contextFor(streams.stdout, streams.env, invocation);
    const text = invocation.format === 'json' ? policiesAsJson(question, version) : policiesInWords(question, context);
    return { ok: true, text };
  };
  switch (action) {
    case 'list':
      return rest.length === 0 ? print(policies) : no('The action list takes nothing more.');
    case 'search':
      return rest.length === 0 ? no('There is nothing to search for.') : found(rest.join(' '), policies, print);
    case 'show':
      return show(rest, policies, invocation, streams, version);
    default:
      return no(`There is no action ${action} of policies${didYouMean(action, policyActions)}`);
  }
};

const no = (summary: string): Answer => ({ ok: false, summary });

const found = (
  term: string,
  policies: readonly DescribedPolicy[],
  print: (listed: readonly DescribedPolicy[]) => Answer,
): Answer => {
  const matching = searchPolicies(term, policies);
  return matching.length === 0 ? no(`No policy has ${term} in its id, aliases, title or why.`) : print(matching);
};

const show = (
  names: readonly string[],
  policies: readonly DescribedPolicy[],
  invocation: Invocation,
  streams: Streams,
  version: string,
): Answer => {
  const [name] = names;
  if (name === undefined || names.length > 1) return no('The action show takes the id or an alias of one policy.');
  if (findPolicies(name, policies).length === 0) {
    const known = policies.flatMap((other) => [other.policy.id, ...(other.policy.aliases ?? [])]);
    return no(`There is no policy ${name}${didYouMean(name, known)}`);
  }
  const question = { subject: name, policies, plans: [] };
  return invocation.format === 'json'
    ? explainAsJson(question, version)
    : explainInWords(question, contextFor(streams.stdout, streams.env, invocation));
};
