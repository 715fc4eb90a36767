import type { PolicyParameter } from '../../model/policy.ts';

/** What the policies about each kind of subject judge. */
export const subjectWords = {
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
  password: 'every password for a login that Terraform is given',
  credentials: 'the auth blocks and secrets of every proxy',
  connectStatement: 'every Allow of rds-db:connect, whatever it names',
  proxyTarget: 'every target of a proxy',
  path: 'each of the five paths at every database, directly and through every proxy',
  user: 'every user of a database whom the configuration names',
  masterUse: 'everybody who may use the master user of a database',
  waiver: 'every waiver, in the configuration of this program and in that of Terraform',
} as const;

export const enforcementWords = {
  mandatory: 'mandatory: a finding fails the run',
  advisory: 'advisory: a finding is said, and the run passes',
} as const;

/**
 * The places of a template, as words: `{{connectResource}}` is `<connect resource>`. A line that is one such edit from
 * beginning to end depends on the plan altogether, and its name says nothing to anybody.
 */
export const readable = (template: string): string =>
  template
    .replace(/^\{\{\s*\w+Mend\s*\}\}$/gm, wholeEdit)
    .replace(
      /\{\{\s*(?:params\.)?(\w+)\s*\}\}/g,
      (_, name: string) => `<${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}>`,
    );

const wholeEdit = 'It depends on the plan: each finding prints the lines to write, with its own names in them.';

/** `paths, a list; without a value the policy judges nothing` */
export const parameterTitle = (name: string, { type, default: value }: PolicyParameter): string =>
  `${name}, a ${type}${
    value === undefined
      ? '; without a value the policy judges nothing'
      : `; ${[value].flat().join(', ') || 'empty'} by default`
  }`;

export const parameterDoc = ({ doc, choices }: PolicyParameter): string =>
  choices === undefined ? doc : `${doc}\nOne of ${choices.join(', ')}.`;
