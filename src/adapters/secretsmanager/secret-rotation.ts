import { argument, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';

export const secretRotation: Adapter = {
  types: ['aws_secretsmanager_secret_rotation'],
  adapt: ({ graph }) => ({
    secretRotations: (['managed', 'data'] as const)
      .flatMap((mode) => graph.ofType('aws_secretsmanager_secret_rotation', mode))
      .map((resource) => {
        const view = viewOf(resource);
        return {
          ...entityOf(resource),
          secretId: argument(view, 'secret_id'),
          // Of a secret that RDS or another service manages, the service rotates it without a function.
          lambdaArn: argument(view, 'rotation_lambda_arn'),
        };
      }),
  }),
};
