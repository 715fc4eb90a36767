import type { PolicyCarrier, Principal, PrincipalKind } from '../../model/auth-model.ts';
import { type Value, absent, unknown } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import {
  argument,
  attribute,
  blocksOf,
  isUnknown,
  listArgument,
  originOf,
  rawValue,
  viewOf,
} from '../../terraform/values.ts';
import { type Adapter, type AdapterContext, entityOf } from '../shared/adapter.ts';
import { locationOf } from '../shared/location.ts';
import { documentAt } from '../shared/policy-document.ts';

type KindOfType = { readonly type: string; readonly kind: PrincipalKind; readonly dataName: string };

/** The data sources of users and groups call the name otherwise. */
const kinds: readonly KindOfType[] = [
  { type: 'aws_iam_role', kind: 'role', dataName: 'name' },
  { type: 'aws_iam_user', kind: 'user', dataName: 'user_name' },
  { type: 'aws_iam_group', kind: 'group', dataName: 'group_name' },
];

/** A group has none: text alone calls whatever a data source may show unknown, also what it never shows. */
const boundaryOf = (resource: GraphResource, kind: PrincipalKind): Principal['boundary'] => {
  const view = viewOf(resource);
  const never = resource.mode === 'data' && kind === 'group';
  return never ? absent(originOf(view, 'permissions_boundary')) : argument(view, 'permissions_boundary');
};

const trustOf = (context: AdapterContext, resource: GraphResource, kind: PrincipalKind): Principal['trust'] =>
  kind === 'role' ? documentAt(context, viewOf(resource), 'assume_role_policy') : null;

const adaptPrincipal = (
  context: AdapterContext,
  resource: GraphResource,
  { kind, dataName }: KindOfType,
): Principal => {
  const view = viewOf(resource);
  const arn = attribute(view, 'arn');
  return {
    ...entityOf(resource),
    ...locationOf(context.graph, resource, arn),
    kind,
    name: attribute(view, resource.mode === 'data' ? dataName : 'name'),
    arn,
    trust: trustOf(context, resource, kind),
    boundary: boundaryOf(resource, kind),
    managedPolicyArns: managedPolicies(resource),
  };
};

/** Unset on create is none, although the plan calls it unknown; no data source shows them. */
const managedPolicies = (resource: GraphResource): Principal['managedPolicyArns'] => {
  const view = viewOf(resource);
  if (resource.mode === 'data') return { items: [], complete: true, origin: originOf(view, 'managed_policy_arns') };
  const list = listArgument(view, 'managed_policy_arns');
  const unset =
    rawValue(view, 'managed_policy_arns') === undefined && argument(view, 'managed_policy_arns').kind === 'absent';
  return unset ? { items: [], complete: true, origin: list.origin } : list;
};

/** `inline_policy` blocks: the role itself carries them. */
const inlinePolicies = (context: AdapterContext, resource: GraphResource): readonly PolicyCarrier[] => {
  const view = viewOf(resource);
  const { blocks, complete } = blocksOf(view, 'inline_policy', 'computed');
  const holder = { kind: 'role', name: ownName(resource) } as const;
  const carrier = (document: PolicyCarrier['document'], name: PolicyCarrier['name']): PolicyCarrier => ({
    ...entityOf(resource),
    document,
    arn: absent(originOf(view, 'inline_policy')),
    name,
    holder,
  });
  const carriers = blocks.flatMap((block) => {
    const document = documentAt(context, block, 'policy');
    return document === null ? [] : [carrier(document, attribute(block, 'name'))];
  });
  const hidden = complete || !isUnknown(view, 'inline_policy') ? [] : [opaque(view.resource)];
  return [...carriers, ...hidden.map((document) => carrier(document, unknown(document.origin)))];
};

/** A name that is known after apply is referred to at the role itself, which no other holder can be. */
const ownName = (resource: GraphResource): Value<string> => {
  const view = viewOf(resource);
  const name = attribute(view, 'name');
  const itself = { resource: resource.id, path: 'name' };
  return name.kind === 'known' ? name : { ...unknown(originOf(view, 'name'), [itself]), template: [itself] };
};

const opaque = (resource: GraphResource): PolicyCarrier['document'] => ({
  statements: [],
  complete: false,
  references: [],
  trailEnds: [],
  origin: originOf(viewOf(resource), 'inline_policy'),
});

export const principal: Adapter = {
  types: kinds.map(({ type }) => type),
  adapt: (context) => ({
    principals: kinds.flatMap((kind) =>
      (['managed', 'data'] as const)
        .flatMap((mode) => context.graph.ofType(kind.type, mode))
        .map((resource) => adaptPrincipal(context, resource, kind)),
    ),
    policyCarriers: context.graph.ofType('aws_iam_role').flatMap((resource) => inlinePolicies(context, resource)),
  }),
};
