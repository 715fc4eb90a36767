import type { Policy } from '../../model/policy.ts';
import { type Look, titled } from '../look.ts';
import { indented } from '../text.ts';
import type { LegExplanation, PathExplanation, PolicyExplanation } from './explanation.ts';
import { mappedIds } from './mapped-ids.ts';
import { enforcementWords, parameterDoc, parameterTitle, readable, subjectWords } from './policy-words.ts';
import { type Block, bullets, labelled, list, prose, renderPlans } from './render-parts.ts';

export const renderPolicyText = (explanation: PolicyExplanation, look: Look): readonly Block[] => {
  const { policy, meaning, example, legs, plans } = explanation;
  return [
    [look.bold(policy.id), ...prose(policy.title, look)],
    labelled(
      [
        ['severity', policy.severity],
        ['enforced', enforcementWords[policy.enforcement]],
        ['mandatory', policy.mandatoryWhen === undefined ? '' : `where ${policy.mandatoryWhen}`],
        ['set', policy.set],
        ['about', subjectWords[policy.subject]],
        ['legs', legs.join(', ')],
      ],
      look,
    ),
    titled(
      'Asserts',
      [...bullets(meaning, look), ...list(policy.assert === undefined ? [] : [policy.assert], look)],
      look,
    ),
    titled('Parameters', parameterLines(policy, look), look),
    titled('Why', prose(policy.why, look), look),
    titled('The edit that mends it', prose(readable(policy.remediation), look), look),
    titled('It fails', example === null ? [] : code(example.fails, look), look),
    titled(
      'What is said of it',
      example === null ? [] : [...prose(example.message, look), ...prose(example.remediation, look)],
      look,
    ),
    titled('It passes', code(example?.passes ?? '', look), look),
    titled(
      'Also known as',
      mappedIds(policy.aliases ?? []).flatMap(({ family, ids }) => list([`${family}: ${ids.join(', ')}`], look)),
      look,
    ),
    titled('Sources', list(policy.references, look), look),
    ...renderPlans(plans, look),
  ];
};

const parameterLines = ({ parameters = {} }: Policy, look: Look): Block =>
  Object.entries(parameters).flatMap(([name, parameter]) => [
    ...list([parameterTitle(name, parameter)], look),
    ...indented(prose(parameterDoc(parameter), look), 4),
  ]);

/** HCL, as it is written. */
const code = (hcl: string, look: Look): Block =>
  hcl === '' ? [] : indented(hcl.split('\n'), 2).map((line) => look.dim(line));

export const renderLegText = (explanation: LegExplanation, look: Look): readonly Block[] => {
  const { leg, asks, ok, broken, assumed, unknown, paths, policies, references, plans } = explanation;
  return [
    [look.bold(`Leg ${leg}`), ...prose(asks, look)],
    labelled(
      [
        ['ok', ok],
        ['broken', broken],
        ['assumed', assumed],
        ['undecided', unknown],
        ['paths', paths.join(', ')],
      ],
      look,
    ),
    titled(
      'Policies',
      policies.flatMap(({ id, title }) => [...list([id], look), ...indented(prose(title, look), 4)]),
      look,
    ),
    titled('Pages', list(references, look), look),
    ...renderPlans(plans, look),
  ];
};

export const renderPathText = (explanation: PathExplanation, look: Look): readonly Block[] => {
  const { path, route, needs, excludes, legs, references, plans } = explanation;
  return [
    [look.bold(`Path ${path}`), ...prose(route, look)],
    titled('Needs', bullets(needs, look), look),
    titled('Excludes', bullets(excludes, look), look),
    titled('Legs', list([legs.join(', ')], look), look),
    titled('Pages', list(references, look), look),
    ...renderPlans(plans, look),
  ];
};
