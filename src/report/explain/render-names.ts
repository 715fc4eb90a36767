import type { Policy, PolicyParameter } from '../../model/policy.ts';
import type { Look } from '../look.ts';
import { indented } from '../text.ts';
import type { LegExplanation, PathExplanation, PolicyExplanation } from './explanation.ts';
import { type Block, bullets, labelled, list, prose, renderPlans, section } from './render-parts.ts';

const subjectWords = {
  database: 'every database',
  proxy: 'every proxy',
  proxyEndpoint: 'every endpoint of a proxy',
  role: 'the role of every proxy',
  secret: 'every secret of a proxy',
  grant: 'every Allow of rds-db:connect',
  denial: 'every Deny and boundary that bears on rds-db:connect',
  proxyPort: 'every rule and client that uses a port towards a proxy',
  client: 'every client in view and each endpoint that it uses',
  dnsRecord: 'every DNS record that stands for an endpoint',
  databaseUser: 'every database user in view that a way in means',
  waiver: 'every waiver, in the configuration of this program and in that of Terraform',
} as const;

const enforcementWords = {
  mandatory: 'mandatory: a finding fails the run',
  advisory: 'advisory: a finding is said, and the run passes',
} as const;

/**
 * The places of a template, as words: `{{connectResource}}` is `<connect resource>`. A line that is one such edit from
 * beginning to end depends on the plan altogether, and its name says nothing to anybody.
 */
const readable = (template: string): string =>
  template
    .replace(/^\{\{\s*\w+Mend\s*\}\}$/gm, wholeEdit)
    .replace(
      /\{\{\s*(?:params\.)?(\w+)\s*\}\}/g,
      (_, name: string) => `<${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}>`,
    );

const wholeEdit = 'It depends on the plan: each finding prints the lines to write, with its own names in them.';

export const renderPolicyText = (explanation: PolicyExplanation, look: Look): readonly Block[] => {
  const { policy, meaning, legs, plans } = explanation;
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
        ['also', (policy.aliases ?? []).join(', ')],
      ],
      look,
    ),
    section('Asserts', [...bullets(meaning, look), ...list([policy.assert], look)], look),
    section('Parameters', parameterLines(policy, look), look),
    section('Why', prose(policy.why, look), look),
    section('The edit that mends it', prose(readable(policy.remediation), look), look),
    section('Pages', list(policy.references, look), look),
    ...renderPlans(plans, look),
  ];
};

const parameterLines = ({ parameters = {} }: Policy, look: Look): Block =>
  Object.entries(parameters).flatMap(([name, parameter]) => [
    ...list([`${name}, a ${parameter.type}${defaultWords(parameter)}`], look),
    ...indented(prose(parameter.doc, look), 4),
    ...(parameter.choices === undefined ? [] : indented(prose(`One of ${parameter.choices.join(', ')}.`, look), 4)),
  ]);

const defaultWords = ({ default: value }: PolicyParameter): string =>
  value === undefined
    ? '; without a value the policy judges nothing'
    : `; ${[value].flat().join(', ') || 'empty'} by default`;

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
