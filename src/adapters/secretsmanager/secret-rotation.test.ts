import { describe } from '@jest/globals';
import { type Row, adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('rotations of a first plan', () => {
  /** No function is set: the service that manages the secret rotates it. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    secretId: 'known("orders/app")@secret_id',
    lambdaArn: 'absent@rotation_lambda_arn',
  };

  testRows(adaptFile('secret-rotation/plan.json').model.secretRotations, empty, [
    ['empty resource', 'aws_secretsmanager_secret_rotation.empty', {}],
    [
      'reference',
      'aws_secretsmanager_secret_rotation.reference',
      {
        secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id',
        lambdaArn: 'unknown(aws_lambda_function.a.arn)@rotation_lambda_arn',
      },
    ],
    [
      'unknown',
      'aws_secretsmanager_secret_rotation.unknown',
      {
        secretId: 'unknown(terraform_data.later.output)@secret_id',
        lambdaArn: 'unknown(terraform_data.later.output)@rotation_lambda_arn',
      },
    ],
    ...(
      [
        ['function', 'aws_lambda_function.unknown.arn'],
        ['application', 'aws_serverlessapplicationrepository_cloudformation_stack.empty.outputs["RotationLambdaARN"]'],
        ['output', 'aws_serverlessapplicationrepository_cloudformation_stack.unknown.outputs.RotationLambdaARN'],
      ] as const
    ).map(
      ([name, arn]): Row => [
        `by ${name}`,
        `aws_secretsmanager_secret_rotation.${name}`,
        {
          secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id',
          lambdaArn: `unknown(${arn})@rotation_lambda_arn`,
        },
      ],
    ),
    [
      'data source, later',
      'data.aws_secretsmanager_secret_rotation.later',
      {
        managed: false,
        secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id',
        lambdaArn: 'unknown(.rotation_lambda_arn)=${.rotation_lambda_arn}@rotation_lambda_arn',
      },
    ],
  ]);
});
