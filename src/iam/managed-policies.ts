import type { IamPolicyDocument } from '../model/iam.ts';
import type { Origin } from '../model/value.ts';
import { parseDocument } from './parse-document.ts';

const allowEverything = { Effect: 'Allow', Action: '*', Resource: '*' };

/**
 * Policies that AWS manages, as far as a login hangs on them: actions on nothing but the console, and on services that no
 * leg asks about, are left out. Source of each: the page of its name below
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/
 */
const statements = new Map<string, object>([
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html
  ['AdministratorAccess', allowEverything],
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html
  ['PowerUserAccess', { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecretsManagerReadWrite.html
  [
    'SecretsManagerReadWrite',
    {
      Effect: 'Allow',
      Action: ['secretsmanager:*', 'kms:DescribeKey', 'kms:ListAliases', 'kms:ListKeys'],
      Resource: '*',
    },
  ],
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDenyAll.html
  ['AWSDenyAll', { Effect: 'Deny', Action: '*', Resource: '*' }],
]);

/** The document of a policy that AWS manages, by its ARN in any partition; null for every other. */
export const managedPolicy = (arn: string, origin: Origin): IamPolicyDocument | null => {
  const name = /^arn:aws[\w-]*:iam::aws:policy\/([\w+=,.@-]+)$/.exec(arn)?.[1];
  const statement = name === undefined ? undefined : statements.get(name);
  return statement === undefined ? null : parseDocument(JSON.stringify({ Statement: [statement] }), origin);
};
