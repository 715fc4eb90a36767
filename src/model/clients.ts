import type { Entity } from './entity.ts';
import type { ListValue, Tri, Value } from './value.ts';

export const clientKinds = ['lambda', 'ecs-task', 'ec2', 'eks'] as const;

/** Something that logs in: what it runs as, where it runs, and what it is told of the database. */
export type Client = Entity & {
  readonly kind: (typeof clientKinds)[number];
  /** ARN or name of the role whose permissions it has; of an instance, behind its profile. Absent for none. */
  readonly role: Value<string>;
  /** ECS: the role with which the agent starts it, and which the program in it never has. */
  readonly executionRole: Value<string>;
  readonly securityGroups: ListValue<string>;
  readonly subnets: ListValue<string>;
  /** Whether its security groups are those that its traffic has; false outside a VPC, or where nobody can see. */
  readonly inVpc: Tri;
  /**
   * Host names in its environment: of RDS, or of a DNS record in view. Everything else in an environment may be a
   * password, and is not read.
   */
  readonly hosts: ListValue<string>;
  /** Values of variables whose name ends in PORT. */
  readonly ports: readonly Value<number>[];
};
