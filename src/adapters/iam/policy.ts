import { opaqueDocument } from '../../iam/parse-document.ts';
import type { PolicyCarrier, PrincipalKind } from '../../model/auth-model.ts';
import { absent } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, attribute, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, type AdapterContext, entityOf } from '../shared/adapter.ts';
import { documentAt } from '../shared/policy-document.ts';

const inlineTypes: readonly { readonly type: string; readonly kind: PrincipalKind }[] = [
  { type: 'aws_iam_role_policy', kind: 'role' },
  { type: 'aws_iam_user_policy', kind: 'user' },
  { type: 'aws_iam_group_policy', kind: 'group' },
];

const adaptInline = (context: AdapterContext, resource: GraphResource, kind: PrincipalKind): PolicyCarrier => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    document: documentAt(context, view, 'policy') ?? opaqueDocument(originOf(view, 'policy')),
    arn: absent(originOf(view, 'policy')),
    name: attribute(view, 'name'),
    holder: { kind, name: argument(view, kind) },
  };
};

const adaptManaged = (context: AdapterContext, resource: GraphResource): PolicyCarrier => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    document: documentAt(context, view, 'policy') ?? opaqueDocument(originOf(view, 'policy')),
    arn: attribute(view, 'arn'),
    name: attribute(view, 'name'),
    holder: null,
  };
};

export const iamPolicy: Adapter = {
  types: ['aws_iam_policy', 'aws_iam_policy_document', ...inlineTypes.map(({ type }) => type)],
  adapt: (context) => ({
    policyCarriers: [
      ...inlineTypes.flatMap(({ type, kind }) =>
        context.graph.ofType(type).map((resource) => adaptInline(context, resource, kind)),
      ),
      ...(['managed', 'data'] as const)
        .flatMap((mode) => context.graph.ofType('aws_iam_policy', mode))
        .map((resource) => adaptManaged(context, resource)),
    ],
  }),
};
