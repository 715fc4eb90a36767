import type { Client } from '../../model/auth-model.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { podSurroundings } from '../shared/client.ts';

const adaptAssociation = (resource: GraphResource): Client => {
  const view = viewOf(resource);
  const target = argument(view, 'target_role_arn');
  return {
    ...entityOf(resource),
    kind: 'eks',
    // EKS goes on from the one role to the other, and the pod has the permissions of the latter.
    role: target.kind === 'absent' ? argument(view, 'role_arn') : target,
    ...podSurroundings(originOf(view)),
  };
};

export const podIdentityAssociation: Adapter = {
  types: ['aws_eks_pod_identity_association'],
  adapt: ({ graph }) => ({ clients: graph.ofType('aws_eks_pod_identity_association').map(adaptAssociation) }),
};
