import type { Entity, Location } from './entity.ts';
import type { IamPolicyDocument } from './iam.ts';
import type { ListValue, Tri, Value } from './value.ts';

export type Secret = Entity &
  Location & {
    readonly name: Value<string>;
    readonly arn: Value<string>;
    readonly kmsKey: Value<string>;
    /** The secret's resource policy; null where it has none. */
    readonly resourcePolicy: IamPolicyDocument | null;
    /** For a data source: the managed secret that it reads is found by these. */
    readonly lookup: readonly Value<string>[];
  };

/**
 * Where a password that Terraform is given, and keeps, comes from; never what it is. `given`: somebody wrote it, in the
 * configuration or as the value of a variable. `read`: a data source. `generated`: a generator, such as
 * `random_password`. `kept`: it stands in the plan or state, which do not say where it comes from.
 */
export type PasswordSource = 'given' | 'read' | 'generated' | 'kept';

/** What a secret version holds, without the values. */
export type SecretVersion = Entity & {
  readonly secretId: Value<string>;
  /** The `username` in the JSON; unknown where nobody can see it. */
  readonly username: Value<string>;
  /** Whether it is a JSON object with `username` and `password`. */
  readonly holdsCredentials: Tri;
  /** The `password` in the JSON. */
  readonly password: Value<PasswordSource>;
  /** What was seen, in words, never the content. */
  readonly shape: string;
  /** Write-only, binary or data source: hidden from every plan, not only until apply. */
  readonly hidden: boolean;
};

/** `aws_secretsmanager_secret_rotation`. */
export type SecretRotation = Entity & { readonly secretId: Value<string>; readonly lambdaArn: Value<string> };

/** What `lifecycle { ignore_changes }` of a proxy or a secret version lists, by the first name of each entry. */
export type IgnoredChanges = Entity & {
  /** Incomplete without the text: neither a plan nor a state keeps it. `all` stands for every argument. */
  readonly changes: ListValue<string>;
};

/**
 * What rotates a secret: an `aws_lambda_function`, or an application of the Serverless Application Repository
 * (`aws_serverlessapplicationrepository_cloudformation_stack`) that has one.
 */
export type RotationFunction = Entity & {
  readonly kind: 'function' | 'application';
  /** ARNs of it, as far as they are known: of an application, all its outputs. */
  readonly arns: readonly Value<string>[];
  /** What it, and what its code, is called. */
  readonly names: readonly Value<string>[];
};

export type KmsKey = Entity &
  Location & {
    readonly arn: Value<string>;
    readonly keyId: Value<string>;
    /** Null for the default key policy, which delegates to the account's IAM policies. */
    readonly policy: IamPolicyDocument | null;
    /** False where the policy cannot be seen. */
    readonly policyInView: boolean;
  };

/** A resource policy, or a key policy, that is a resource of its own. */
export type SecretPolicy = Entity & { readonly secretArn: Value<string>; readonly document: IamPolicyDocument };

export type KmsKeyPolicy = Entity & { readonly keyId: Value<string>; readonly document: IamPolicyDocument };

export type KmsGrant = Entity & {
  readonly keyId: Value<string>;
  readonly grantee: Value<string>;
  readonly operations: ListValue<string>;
  /** Whether it asks for an encryption context. */
  readonly constrained: Tri;
};
