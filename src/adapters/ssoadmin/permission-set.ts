import { opaqueDocument } from '../../iam/parse-document.ts';
import type {
  BoundaryAttachment,
  PolicyAttachment,
  PolicyCarrier,
  PolicyHolder,
  Principal,
} from '../../model/auth-model.ts';
import { type Value, absent, unknown } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { type Blocks, type View, argument, attribute, blocksOf, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, type AdapterContext, doubtOf, entityOf } from '../shared/adapter.ts';
import { bothModes } from '../shared/client.ts';
import { locationOf } from '../shared/location.ts';
import { documentAt } from '../shared/policy-document.ts';

/** Of IAM Identity Center: accounts that it is assigned to make a role of it, with what is attached here. */
const adaptSet = ({ graph }: AdapterContext, resource: GraphResource): Principal => {
  const view = viewOf(resource);
  const arn = attribute(view, 'arn');
  const none = originOf(view);
  return {
    ...entityOf(resource),
    ...locationOf(graph, resource, arn),
    kind: 'permission-set',
    name: attribute(view, 'name'),
    arn,
    trust: null,
    boundary: absent(none),
    managedPolicyArns: { items: [], complete: true, origin: none },
  };
};

const holderOf = (view: View): PolicyHolder => ({ kind: 'permission-set', name: argument(view, 'permission_set_arn') });

const adaptInline = (context: AdapterContext, resource: GraphResource): PolicyCarrier => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    document: documentAt(context, view, 'inline_policy') ?? opaqueDocument(originOf(view, 'inline_policy')),
    arn: absent(originOf(view, 'inline_policy')),
    name: absent(originOf(view, 'inline_policy')),
    holder: holderOf(view),
  };
};

const adaptManaged = (resource: GraphResource): PolicyAttachment => {
  const view = viewOf(resource);
  const policyArn = argument(view, 'managed_policy_arn');
  return {
    ...entityOf(resource),
    ...doubtOf(resource),
    policyArn,
    policyName: absent(policyArn.origin),
    holders: [holderOf(view)],
  };
};

type Named = Pick<PolicyAttachment, 'policyArn' | 'policyName'>;

/** A policy of the account, by its name; one that nobody can see where the block is known after apply. */
const customerManaged = (view: View, { blocks, complete }: Blocks): Named => {
  const [block] = blocks;
  const origin = originOf(view, 'customer_managed_policy_reference');
  if (block !== undefined) return { policyArn: absent(origin), policyName: argument(block, 'name') };
  return { policyArn: absent(origin), policyName: complete ? absent(origin) : unknown(origin) };
};

const adaptCustomerManaged = (resource: GraphResource): PolicyAttachment => {
  const view = viewOf(resource);
  const reference = blocksOf(view, 'customer_managed_policy_reference');
  return {
    ...entityOf(resource),
    ...doubtOf(resource),
    ...customerManaged(view, reference),
    holders: [holderOf(view)],
  };
};

const adaptBoundary = (resource: GraphResource): BoundaryAttachment => {
  const view = viewOf(resource);
  const entity = { ...entityOf(resource), holder: holderOf(view) };
  const [block] = blocksOf(view, 'permissions_boundary').blocks;
  if (block === undefined) {
    const hidden: Value<string> = unknown(originOf(view, 'permissions_boundary'));
    return { ...entity, policyArn: hidden, policyName: absent(hidden.origin) };
  }
  const policyArn = argument(block, 'managed_policy_arn');
  if (policyArn.kind !== 'absent') return { ...entity, policyArn, policyName: absent(policyArn.origin) };
  return { ...entity, ...customerManaged(block, blocksOf(block, 'customer_managed_policy_reference')) };
};

export const permissionSet: Adapter = {
  types: [
    'aws_ssoadmin_permission_set',
    'aws_ssoadmin_permission_set_inline_policy',
    'aws_ssoadmin_managed_policy_attachment',
    'aws_ssoadmin_customer_managed_policy_attachment',
    'aws_ssoadmin_permissions_boundary_attachment',
  ],
  adapt: (context) => {
    const { graph } = context;
    return {
      principals: bothModes(graph, 'aws_ssoadmin_permission_set').map((resource) => adaptSet(context, resource)),
      policyCarriers: graph
        .ofType('aws_ssoadmin_permission_set_inline_policy')
        .map((resource) => adaptInline(context, resource)),
      policyAttachments: [
        ...graph.ofType('aws_ssoadmin_managed_policy_attachment').map(adaptManaged),
        ...graph.ofType('aws_ssoadmin_customer_managed_policy_attachment').map(adaptCustomerManaged),
      ],
      boundaryAttachments: graph.ofType('aws_ssoadmin_permissions_boundary_attachment').map(adaptBoundary),
    };
  },
};
