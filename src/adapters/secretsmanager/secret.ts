import type { Secret } from '../../model/auth-model.ts';
import type { TemplatePart, Value } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { type View, argument, attribute, viewOf } from '../../terraform/values.ts';
import { type Adapter, type AdapterContext, entityOf } from '../shared/adapter.ts';
import { locationOf } from '../shared/location.ts';
import { documentAt } from '../shared/policy-document.ts';

/** Of a name that the provider makes of `name_prefix`, the start is known. */
const nameOf = (view: View): Value<string> => {
  const name = attribute(view, 'name');
  const [part, more] = name.kind === 'unknown' ? (name.template ?? []) : [];
  if (name.kind !== 'unknown' || part === undefined || more !== undefined || !isOwn(view, part)) return name;
  const prefix = argument(view, 'name_prefix');
  const start = prefix.kind === 'known' ? [prefix.value] : prefix.kind === 'unknown' ? (prefix.template ?? []) : [];
  const rest = { computed: true, references: name.references, trailEnds: [] } as const;
  return start.length === 0 ? name : { ...name, template: [...start, rest] };
};

/** Nothing sets it: the provider does. */
const isOwn = (view: View, part: TemplatePart): boolean =>
  typeof part !== 'string' && !('computed' in part) && part.resource === view.resource.id;

const adaptSecret = (context: AdapterContext, resource: GraphResource): Secret => {
  const view = viewOf(resource);
  const arn = attribute(view, 'arn');
  return {
    ...entityOf(resource),
    ...locationOf(context.graph, resource, arn),
    name: nameOf(view),
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
