import type { Connection } from '../../model/connection.ts';
import type { Guide } from '../../model/guide.ts';

const context = 'Give the plan or state that manages it with --context, and it is judged instead of assumed.';
const look = 'Nothing in the plan shows it: look at it where it is managed.';

type Row = readonly [pattern: RegExp, mend: string | ((connection: Connection, guide: Guide) => string)];

/** What makes an assumption true, or lets it be judged. The first row that fits speaks. */
const rows: readonly Row[] = [
  [/ is defined (?:to log in by IAM|with the secret's password)/, 'Run the statements below in the database.'],
  [/still logs in by password, although/, 'Do not define the master user for IAM in the database.'],
  [/certificate|trusts Amazon's root/, 'Use the command below: it verifies the certificate against the right roots.'],
  [
    /lets the client reach the endpoint/,
    (_, { port }) =>
      `Let the client's security group out to, and into that of the endpoint on, ${port.kind === 'known' ? `port ${port.text}` : 'its port'}.`,
  ],
  [/is assumed to be in the VPC of/, `Give both subnets of one VPC. ${context}`],
  [
    /runs outside any VPC/,
    'Give the function a vpc_config with subnets and security groups in the VPC of the endpoint.',
  ],
  [/connects with TLS, on which/, 'Let the client use TLS: the database refuses it otherwise.'],
  [/200 new IAM connections/, 'Keep connections open, in a pool.'],
  [
    /^somebody outside/,
    (connection) =>
      `Allow rds-db:connect on the resource id of ${connection.proxy ?? connection.database ?? 'the endpoint'} and the user, or give the plan or state that does with --context.`,
  ],
  [/is attached to nobody in view/, `Attach it to the role of the client. ${context}`],
  [/username and password/, 'Let the secret be a JSON object with "username" and "password".'],
  [/its username is not in view/, 'Let "username" in the secret be that user, spelled alike.'],
  [/master user/, look],
  [/^reference used whole/, 'Look whether the reference names exactly what it should: the plan keeps no more of it.'],
  [/not in view|elsewhere|outside this/, context],
];

export const mendOf = (assumption: string, connection: Connection, guide: Guide): string => {
  const row = rows.find(([pattern]) => pattern.test(assumption));
  if (row === undefined) return look;
  return typeof row[1] === 'string' ? row[1] : row[1](connection, guide);
};
