import { Construct, type ITerraformDependable, TerraformStack } from './framework.ts';

/**
 * Those of what has to be there first that are in the same stack: Terraform lets nothing depend on a resource of another,
 * which is applied before anyway.
 */
export const inStackOf = (scope: Construct, dependables: readonly ITerraformDependable[]): ITerraformDependable[] =>
  dependables.filter((one) => !Construct.isConstruct(one) || TerraformStack.of(one) === TerraformStack.of(scope));
