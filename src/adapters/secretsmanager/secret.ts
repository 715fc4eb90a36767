import type { Secret } from '../../model/auth-model.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, attribute, viewOf } from '../../terraform/values.ts';
import { type Adapter, type AdapterContext, entityOf } from '../shared/adapter.ts';
import { locationOf } from '../shared/location.ts';
import { documentAt } from '../shared/policy-document.ts';

const adaptSecret = (context: AdapterContext, resource: GraphResource): Secret => {
  const view = viewOf(resource);
  const arn = attribute(view, 'arn');
  return {
    ...entityOf(resource),
    ...locationOf(context.graph, resource, arn),
    name: attribute(view, 'name'),
    arn,
    kmsKey: argument(view, 'kms_key_id'),
    resourcePolicy: documentAt(context, view, 'policy'),
    lookup: resource.mode === 'data' ? [attribute(view, 'arn'), attribute(view, 'name')] : [],
  };
};

export const secret: Adapter = {
  types: ['aws_secretsmanager_secret', 'aws_secretsmanager_secret_policy'],
  adapt: (context) => ({
    secrets: (['managed', 'data'] as const)
      .flatMap((mode) => context.graph.ofType('aws_secretsmanager_secret', mode))
      .map((resource) => adaptSecret(context, resource)),
    // `aws_secretsmanager_secret_policy` is the other way to give a secret its resource policy.
    secretPolicies: context.graph.ofType('aws_secretsmanager_secret_policy').flatMap((resource) => {
      const document = documentAt(context, viewOf(resource), 'policy');
      return document === null
        ? []
        : [{ ...entityOf(resource), secretArn: argument(viewOf(resource), 'secret_arn'), document }];
    }),
  }),
};
