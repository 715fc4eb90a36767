import type { Entity, Location } from './entity.ts';
import type { IamPolicyDocument } from './iam.ts';
import type { ListValue, Value } from './value.ts';

export type PrincipalKind = 'role' | 'user' | 'group' | 'permission-set';

/**
 * An IAM role, user or group, or an IAM Identity Center permission set. What belongs to a permission set names it by its
 * ARN, which therefore stands in the `holder.name` of its policies.
 */
export type Principal = Entity &
  Location & {
    readonly kind: PrincipalKind;
    readonly name: Value<string>;
    readonly arn: Value<string>;
    /** Roles only. */
    readonly trust: IamPolicyDocument | null;
    /** ARN of the permissions boundary. */
    readonly boundary: Value<string>;
    /** ARNs of managed policies that the resource itself lists. */
    readonly managedPolicyArns: ListValue<string>;
  };

/** A resource that carries an IAM policy document, inline or managed. */
export type PolicyCarrier = Entity & {
  readonly document: IamPolicyDocument;
  /** ARN of a managed policy; absent for an inline one. */
  readonly arn: Value<string>;
  readonly name: Value<string>;
  /** For an inline one: the principal that holds it. */
  readonly holder: PolicyHolder | null;
};

/** A principal, by its kind and name; a permission set by its ARN. */
export type PolicyHolder = { readonly kind: PrincipalKind; readonly name: Value<string> };

/** A managed policy attached to principals. */
export type PolicyAttachment = Entity & {
  /** Absent where the policy is given by name. */
  readonly policyArn: Value<string>;
  /** Absent where it is given by its ARN. */
  readonly policyName: Value<string>;
  readonly holders: readonly PolicyHolder[];
  /** Nobody can say whether it is there: what its `count` or `for_each` comes to is not known. */
  readonly mayBeMissing?: true;
};

/** A permissions boundary that is a resource of its own: `aws_ssoadmin_permissions_boundary_attachment`. */
export type BoundaryAttachment = Entity & {
  readonly holder: PolicyHolder;
  readonly policyArn: Value<string>;
  readonly policyName: Value<string>;
};

/** `aws_iam_*_policies_exclusive`, `aws_iam_*_policy_attachments_exclusive`: takes away what it does not list. */
export type ExclusivePolicies = Entity & {
  readonly holder: PolicyHolder;
  /** Inline policies, by name, or attached ones, by ARN. */
  readonly covers: 'inline' | 'attached';
  readonly policies: ListValue<string>;
};

/** An IAM user in groups: `aws_iam_user_group_membership`, `aws_iam_group_membership`. */
export type GroupMembership = Entity & {
  readonly users: ListValue<string>;
  readonly groups: ListValue<string>;
  /** Nobody can say whether it is there. */
  readonly mayBeMissing?: true;
};
