import type { RotationFunction } from '../../model/auth-model.ts';
import { type Value, literal } from '../../model/value.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import { argument, attribute, mapArgument, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';

const application = 'aws_serverlessapplicationrepository_cloudformation_stack';

const adaptApplication = (resource: GraphResource): RotationFunction => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    kind: 'application',
    arns: mapArgument(view, 'outputs').map(({ value }) => value),
    names: [argument(view, 'application_id'), argument(view, 'name')],
  };
};

const adaptFunction = (resource: GraphResource): RotationFunction => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    kind: 'function',
    arns: [attribute(view, 'arn')],
    names: [argument(view, 'function_name'), argument(view, 'handler')],
  };
};

/** What the rotations of an input name as their function, by id and by text. */
const namedIn = (graph: ResourceGraph): ReadonlySet<string> => {
  const values: readonly Value<string>[] = graph
    .ofType('aws_secretsmanager_secret_rotation')
    .map((rotation) => argument(viewOf(rotation), 'rotation_lambda_arn'));
  return new Set(
    values.flatMap((value) =>
      value.kind === 'unknown' ? value.references.map(({ resource }) => resource) : (literal(value) ?? []),
    ),
  );
};

/** Of all functions only those that rotate a secret: a plan has many that do not. */
export const rotationFunction: Adapter = {
  types: ['aws_lambda_function', application],
  adapt: ({ graph }) => {
    const named = namedIn(graph);
    if (named.size === 0) return {};
    const functions = (['managed', 'data'] as const).flatMap((mode) => graph.ofType('aws_lambda_function', mode));
    return {
      rotationFunctions: [...functions.map(adaptFunction), ...graph.ofType(application).map(adaptApplication)].filter(
        ({ id, arns }) => named.has(id) || arns.some((arn) => named.has(literal(arn) ?? '')),
      ),
    };
  },
};
