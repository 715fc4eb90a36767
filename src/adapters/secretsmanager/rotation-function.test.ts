import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('functions that rotate secrets', () => {
  /** A function; the empty one of the other kind is a row. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    kind: 'function',
    arns: ['unknown(.arn)=${.arn}@arn'],
    names: ['known("rotate")@function_name', 'absent@handler'],
  };

  testRows(adaptFile('secret-rotation/plan.json').model.rotationFunctions, empty, [
    ['empty resource', 'aws_lambda_function.a', {}],
    [
      'unknown',
      'aws_lambda_function.unknown',
      {
        names: [
          'unknown(terraform_data.later.output)@function_name',
          'known("lambda_function.lambda_handler")@handler',
        ],
      },
    ],
    [
      'empty resource, application',
      'aws_serverlessapplicationrepository_cloudformation_stack.empty',
      {
        kind: 'application',
        arns: [],
        names: [
          'known("arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSMySQLRotationMultiUser")@application_id',
          'known("rotate")@name',
        ],
      },
    ],
    [
      'unknown, application',
      'aws_serverlessapplicationrepository_cloudformation_stack.unknown',
      {
        kind: 'application',
        arns: [],
        names: ['unknown(terraform_data.later.output)@application_id', 'known("later")@name'],
      },
    ],
  ]);
});
