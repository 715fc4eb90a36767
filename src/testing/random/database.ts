import { type Draft, isAurora, moduleSource } from './draft.ts';

const databaseAttributes = ['identifier', 'resource_id', 'id', 'arn', 'endpoint'] as const;
type DatabaseAttribute = (typeof databaseAttributes)[number];

const ownAttribute = (draft: Draft, attribute: DatabaseAttribute): string => {
  if (!isAurora(draft)) return attribute;
  return attribute === 'identifier' || attribute === 'resource_id' ? `cluster_${attribute}` : attribute;
};

const databaseType = (draft: Draft): string => (isAurora(draft) ? 'aws_rds_cluster' : 'aws_db_instance');

export const databaseRef = (draft: Draft, attribute: DatabaseAttribute): string => {
  if (draft.style.databaseIn === 'module') return `module.database.${attribute}`;
  const index = draft.style.databaseIn === 'count' ? '[0]' : '';
  return `${databaseType(draft)}.main${index}.${ownAttribute(draft, attribute)}`;
};

export const flag = (name: string, value: boolean | null): string => (value === null ? '' : `\n  ${name} = ${value}`);

const databaseResources = (draft: Draft, name: string, groups: string): readonly string[] => {
  const { facts, style } = draft;
  const count = style.databaseIn === 'count' ? '\n  count = 1' : '';
  const index = style.databaseIn === 'count' ? '[0]' : '';
  const common = `
  engine = "${facts.engine}"
  engine_version = "${facts.version}"
  vpc_security_group_ids = ${groups}
  skip_final_snapshot = true${flag('iam_database_authentication_enabled', facts.iam)}`;
  if (!isAurora(draft)) {
    return [
      `resource "aws_db_instance" "main" {${count}
  identifier = ${name}
  instance_class = "db.m6i.large"
  allocated_storage = 100
  storage_encrypted = true
  username = "root_admin"
  password = "canary-master-9f2c"${common}
}`,
    ];
  }
  return [
    `resource "aws_rds_cluster" "main" {${count}
  cluster_identifier = ${name}
  master_username = "root_admin"
  master_password = "canary-master-9f2c"${common}
}`,
    `resource "aws_rds_cluster_instance" "main" {
  count = 2
  cluster_identifier = aws_rds_cluster.main${index}.id
  identifier = "orders-db-\${count.index}"
  engine = "${facts.engine}"
  instance_class = "db.r6g.large"
}`,
  ];
};

export const addDatabase = (draft: Draft): void => {
  const groups = draft.facts.network === null ? '["sg-0db00000000000001"]' : '[aws_security_group.database.id]';
  if (draft.style.databaseIn !== 'module') {
    draft.body.push(...databaseResources(draft, '"orders-db"', groups));
    return;
  }
  draft.modules.set('database', [
    'variable "name" {\n  type = string\n}',
    'variable "security_group_ids" {\n  type = list(string)\n}',
    ...databaseResources(draft, 'var.name', 'var.security_group_ids'),
    ...databaseAttributes.map(
      (attribute) =>
        `output "${attribute}" {\n  value = ${databaseType(draft)}.main.${ownAttribute(draft, attribute)}\n}`,
    ),
  ]);
  draft.body.push(
    `module "database" {\n  source = "${moduleSource(draft, 'database')}"\n  name = "orders-db"\n  security_group_ids = ${groups}\n}`,
  );
};
