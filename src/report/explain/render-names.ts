import type { Policy } from '../../model/policy.ts';
import type { Look } from '../look.ts';
import { indented } from '../text.ts';
import type { LegExplanation, PathExplanation, PolicyExplanation } from './explanation.ts';
import { mappedIds } from './mapped-ids.ts';
import { enforcementWords, parameterDoc, parameterTitle, readable, subjectWords } from './policy-words.ts';
import { type Block, bullets, labelled, list, prose, renderPlans, section } from './render-parts.ts';

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
    section(
      'Asserts',
      [...bullets(meaning, look), ...list(policy.assert === undefined ? [] : [policy.assert], look)],
      look,
    ),
    section('Parameters', parameterLines(policy, look), look),
    section('Why', prose(policy.why, look), look),
    section('The edit that mends it', prose(readable(policy.remediation), look), look),
    section('It fails', example === null ? [] : code(example.fails, look), look),
    section(
      'What is said of it',
      example === null ? [] : [...prose(example.message, look), ...prose(example.remediation, look)],
      look,
    ),
    section('It passes', code(example?.passes ?? '', look), look),
    section(
      'Also known as',
      mappedIds(policy.aliases ?? []).flatMap(({ family, ids }) => list([`${family}: ${ids.join(', ')}`], look)),
      look,
    ),
    section('Sources', list(policy.references, look), look),
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
    section(
      'Policies',
      policies.flatMap(({ id, title }) => [...list([id], look), ...indented(prose(title, look), 4)]),
      look,
    ),
    section('Pages', list(references, look), look),
    ...renderPlans(plans, look),
  ];
};

export const renderPathText = (explanation: PathExplanation, look: Look): readonly Block[] => {
  const { path, route, needs, excludes, legs, references, plans } = explanation;
  return [
    [look.bold(`Path ${path}`), ...prose(route, look)],
    section('Needs', bullets(needs, look), look),
    section('Excludes', bullets(excludes, look), look),
    section('Legs', list([legs.join(', ')], look), look),
    section('Pages', list(references, look), look),
    ...renderPlans(plans, look),
  ];
};
