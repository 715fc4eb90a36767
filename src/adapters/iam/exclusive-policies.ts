import type { ExclusivePolicies, PrincipalKind } from '../../model/auth-model.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, listArgument, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';

type Variant = {
  readonly type: string;
  readonly kind: PrincipalKind;
  readonly covers: ExclusivePolicies['covers'];
  readonly list: string;
};

const variants: readonly Variant[] = (['role', 'user', 'group'] as const).flatMap((kind) => [
  { type: `aws_iam_${kind}_policies_exclusive`, kind, covers: 'inline', list: 'policy_names' },
  { type: `aws_iam_${kind}_policy_attachments_exclusive`, kind, covers: 'attached', list: 'policy_arns' },
]);

const adaptExclusive = (resource: GraphResource, { kind, covers, list }: Variant): ExclusivePolicies => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    holder: { kind, name: argument(view, `${kind}_name`) },
    covers,
    policies: listArgument(view, list),
  };
};

/** That the variants for attachments attach what they list is mapped with the attachments. */
export const exclusivePolicies: Adapter = {
  types: variants.map(({ type }) => type),
  adapt: ({ graph }) => ({
    exclusivePolicies: variants.flatMap((variant) =>
      graph.ofType(variant.type).map((resource) => adaptExclusive(resource, variant)),
    ),
  }),
};
