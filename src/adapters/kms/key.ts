import type { KmsGrant, KmsKey } from '../../model/auth-model.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, attribute, blocksOf, listArgument, viewOf } from '../../terraform/values.ts';
import { type Adapter, type AdapterContext, entityOf } from '../shared/adapter.ts';
import { locationOf } from '../shared/location.ts';
import { documentAt } from '../shared/policy-document.ts';

const adaptKey = (context: AdapterContext, resource: GraphResource): KmsKey => {
  const view = viewOf(resource);
  const managed = resource.mode === 'managed';
  const arn = attribute(view, 'arn');
  return {
    ...entityOf(resource),
    ...locationOf(context.graph, resource, arn),
    arn,
    keyId: attribute(view, 'key_id'),
    policy: managed ? documentAt(context, view, 'policy') : null,
    policyInView: managed,
  };
};

const adaptGrant = (resource: GraphResource): KmsGrant => {
  const view = viewOf(resource);
  const { blocks, complete } = blocksOf(view, 'constraints');
  return {
    ...entityOf(resource),
    keyId: argument(view, 'key_id'),
    grantee: argument(view, 'grantee_principal'),
    operations: listArgument(view, 'operations'),
    constrained: blocks.length > 0 || (!complete && 'unknown'),
  };
};

const aliasesOf = (resource: GraphResource): readonly { resource: string; path: string; value: KmsKey['arn'] }[] => {
  const target = argument(viewOf(resource), 'target_key_id');
  return ['arn', 'name', 'id', 'target_key_arn', 'target_key_id'].map((path) => ({
    resource: resource.id,
    path,
    value: target,
  }));
};

export const kmsKey: Adapter = {
  types: ['aws_kms_key', 'aws_kms_alias', 'aws_kms_key_policy', 'aws_kms_grant'],
  adapt: (context) => ({
    kmsKeys: (['managed', 'data'] as const)
      .flatMap((mode) => context.graph.ofType('aws_kms_key', mode))
      .map((resource) => adaptKey(context, resource)),
    kmsKeyPolicies: context.graph.ofType('aws_kms_key_policy').flatMap((resource) => {
      const document = documentAt(context, viewOf(resource), 'policy');
      return document === null
        ? []
        : [{ ...entityOf(resource), keyId: argument(viewOf(resource), 'key_id'), document }];
    }),
    kmsGrants: context.graph.ofType('aws_kms_grant').map(adaptGrant),
    aliases: context.graph.ofType('aws_kms_alias').flatMap(aliasesOf),
  }),
};
