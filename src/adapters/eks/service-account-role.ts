import { hasEffect, matchAction } from '../../iam/evaluate.ts';
import type { Client } from '../../model/auth-model.ts';
import type { IamPolicyDocument, IamStatement } from '../../model/iam.ts';
import { type Value, literal } from '../../model/value.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import { argument, attribute, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, type AdapterContext, entityOf } from '../shared/adapter.ts';
import { bothModes, podSurroundings } from '../shared/client.ts';
import { documentAt } from '../shared/policy-document.ts';

const providerType = 'aws_iam_openid_connect_provider';

/** Issuers whose tokens no pod has: those of build services. */
const otherIssuer = /^(?:https:\/\/)?(?:token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io)(?:\/|$)/;

/** The issuer of a cluster, from which its provider's ARN is often put together. */
const clusterType = /(?:^|[./])aws_eks_cluster\.[\w-]+(?:\[.*\])?$/;

/** Of an ARN with unknown fields, what stands behind the last of them. */
const endOf = (id: Value<string>): string => {
  const last = id.kind === 'unknown' ? id.template?.at(-1) : undefined;
  return typeof last === 'string' ? last : '';
};

const isPodIssuer = (graph: ResourceGraph, id: Value<string>): boolean => {
  if (id.kind === 'absent') return false;
  const [, issuer] = (literal(id) ?? endOf(id)).split(':oidc-provider/');
  if (id.kind === 'known' || issuer) return issuer !== undefined && !otherIssuer.test(issuer);
  return id.references.some(({ resource }) => {
    const provider = graph.byId(resource);
    if (provider?.type !== providerType) return clusterType.test(resource);
    return !otherIssuer.test(literal(argument(viewOf(provider), 'url')) ?? '');
  });
};

/** IAM roles for service accounts: the trust policy lets the OIDC provider of a cluster assume the role. */
const trustsPods = (graph: ResourceGraph, statement: IamStatement): boolean =>
  statement.principals !== null &&
  !statement.principals.negated &&
  statement.principals.entries.some(({ type, id }) => type === 'Federated' && isPodIssuer(graph, id)) &&
  hasEffect(statement, 'Allow') === true &&
  statement.actions.patterns.some((pattern) => matchAction(pattern, 'sts:AssumeRoleWithWebIdentity') === true);

/** The adapter of roles reports what cannot be read. */
const trustOf = ({ graph }: AdapterContext, resource: GraphResource): IamPolicyDocument | null =>
  documentAt({ graph, report: () => undefined }, viewOf(resource), 'assume_role_policy');

const adaptRole = (resource: GraphResource): Client => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    kind: 'eks',
    role: attribute(view, 'arn'),
    ...podSurroundings(originOf(view, 'assume_role_policy')),
  };
};

export const serviceAccountRole: Adapter = {
  types: ['aws_iam_role', 'aws_iam_policy_document', providerType],
  adapt: (context) => ({
    clients: bothModes(context.graph, 'aws_iam_role')
      .filter(
        (resource) =>
          trustOf(context, resource)?.statements.some((statement) => trustsPods(context.graph, statement)) === true,
      )
      .map(adaptRole),
  }),
};
