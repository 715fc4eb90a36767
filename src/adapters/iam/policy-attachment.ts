import type { PolicyAttachment, PrincipalKind } from '../../model/auth-model.ts';
import { type ListValue, type Value, absent, unknown } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, listArgument, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, doubtOf, entityOf } from '../shared/adapter.ts';

const singleTypes: readonly { readonly type: string; readonly kind: PrincipalKind }[] = [
  { type: 'aws_iam_role_policy_attachment', kind: 'role' },
  { type: 'aws_iam_user_policy_attachment', kind: 'user' },
  { type: 'aws_iam_group_policy_attachment', kind: 'group' },
];

const adaptSingle = (resource: GraphResource, kind: PrincipalKind): PolicyAttachment => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    ...doubtOf(resource),
    policyArn: argument(view, 'policy_arn'),
    policyName: absent(originOf(view, 'policy_arn')),
    holders: [{ kind, name: argument(view, kind) }],
  };
};

/** A list that is unknown as a whole may name anyone. */
const namesIn = ({ items, complete, origin }: ListValue<string>): readonly Value<string>[] =>
  complete || items.length > 0 ? items : [unknown(origin)];

/** `aws_iam_policy_attachment` attaches one policy to many. */
const adaptMany = (resource: GraphResource): PolicyAttachment => {
  const view = viewOf(resource);
  const holders = (['role', 'user', 'group'] as const).flatMap((kind) =>
    namesIn(listArgument(view, `${kind}s`)).map((name) => ({ kind, name })),
  );
  return {
    ...entityOf(resource),
    ...doubtOf(resource),
    policyArn: argument(view, 'policy_arn'),
    policyName: absent(originOf(view, 'policy_arn')),
    holders,
  };
};

/** The exclusive variants attach what they list. */
const adaptExclusive = (resource: GraphResource, kind: PrincipalKind): readonly PolicyAttachment[] => {
  const view = viewOf(resource);
  const holders = [{ kind, name: argument(view, `${kind}_name`) }];
  return listArgument(view, 'policy_arns').items.map((policyArn) => ({
    ...entityOf(resource),
    policyArn,
    policyName: absent(originOf(view, 'policy_arns')),
    holders,
  }));
};

const exclusiveType = (kind: PrincipalKind): string => `aws_iam_${kind}_policy_attachments_exclusive`;

export const policyAttachment: Adapter = {
  types: [
    'aws_iam_policy_attachment',
    'aws_iam_user_group_membership',
    'aws_iam_group_membership',
    ...singleTypes.flatMap(({ type, kind }) => [type, exclusiveType(kind)]),
  ],
  adapt: ({ graph }) => ({
    policyAttachments: [
      ...singleTypes.flatMap(({ type, kind }) => graph.ofType(type).map((resource) => adaptSingle(resource, kind))),
      ...singleTypes.flatMap(({ kind }) =>
        graph.ofType(exclusiveType(kind)).flatMap((resource) => adaptExclusive(resource, kind)),
      ),
      ...graph.ofType('aws_iam_policy_attachment').map(adaptMany),
    ],
    groupMemberships: [
      ...graph.ofType('aws_iam_user_group_membership').map((resource) => ({
        ...entityOf(resource),
        ...doubtOf(resource),
        users: single(resource, 'user'),
        groups: listArgument(viewOf(resource), 'groups'),
      })),
      ...graph.ofType('aws_iam_group_membership').map((resource) => ({
        ...entityOf(resource),
        ...doubtOf(resource),
        users: listArgument(viewOf(resource), 'users'),
        groups: single(resource, 'group'),
      })),
    ],
  }),
};

const single = (resource: GraphResource, name: string): ReturnType<typeof listArgument> => {
  const value = argument(viewOf(resource), name);
  return { items: [value], complete: true, origin: value.origin };
};
