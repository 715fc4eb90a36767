import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('parameter groups of a first plan', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    kind: 'instance',
    name: 'unknown(.name)=${.name}@name',
    family: 'known("postgres17")@family',
    parameters: [],
    complete: true,
  };

  testRows(adaptFile('rds-group/plan.json').model.parameterGroups, empty, [
    ['empty resource', 'aws_db_parameter_group.empty', {}],
    [
      'known; the provider writes names in lower case',
      'aws_db_parameter_group.known',
      {
        name: 'known("tls-only")@name',
        parameters: [
          {
            origin: '@parameter[0]',
            name: 'known("rds.force_ssl")@parameter[0].name',
            value: 'known("1")@parameter[0].value',
          },
          {
            origin: '@parameter[1]',
            name: 'known("rds.restrict_password_commands")@parameter[1].name',
            value: 'absent@parameter[1].value',
          },
        ],
      },
    ],
    [
      'reference',
      'aws_db_parameter_group.reference',
      {
        name: 'unknown(aws_db_parameter_group.empty.name)@name',
        parameters: [
          {
            origin: '@parameter[0]',
            name: 'known("rds.force_ssl")@parameter[0].name',
            value: 'unknown(aws_db_parameter_group.unknown.id)@parameter[0].value',
          },
        ],
      },
    ],
    [
      'unknown',
      'aws_db_parameter_group.unknown',
      {
        name: 'unknown(terraform_data.later.output)@name',
        family: 'unknown(terraform_data.later.output)@family',
        parameters: [
          {
            origin: '@parameter[0]',
            name: 'unknown(terraform_data.later.output)@parameter[0].name',
            value: 'unknown(terraform_data.later.output)@parameter[0].value',
          },
        ],
      },
    ],
    [
      'a dynamic block',
      'aws_db_parameter_group.dynamic',
      {
        name: 'known("dynamic")@name',
        parameters: [
          {
            origin: '@parameter[0]',
            name: 'known("rds.force_ssl")@parameter[0].name',
            value: 'known("0")@parameter[0].value',
          },
        ],
      },
    ],
    [
      'a dynamic block, known after apply',
      'aws_db_parameter_group.dynamic_unknown',
      { name: 'known("dynamic-unknown")@name', complete: false },
    ],
    [
      'data source: its parameters are not in view',
      'data.aws_db_parameter_group.known',
      { managed: false, name: 'known("legacy")@name', family: 'absent@family', complete: false },
    ],
    [
      'empty resource, cluster',
      'aws_rds_cluster_parameter_group.empty',
      { kind: 'cluster', family: 'known("aurora-mysql8.0")@family' },
    ],
    [
      'known, cluster',
      'aws_rds_cluster_parameter_group.known',
      {
        kind: 'cluster',
        name: 'known("tls-only")@name',
        family: 'known("aurora-mysql8.0")@family',
        parameters: [
          {
            origin: '@parameter[0]',
            name: 'known("require_secure_transport")@parameter[0].name',
            value: 'known("ON")@parameter[0].value',
          },
        ],
      },
    ],
    [
      'data source, later, cluster',
      'data.aws_rds_cluster_parameter_group.later',
      {
        managed: false,
        kind: 'cluster',
        name: 'unknown(aws_rds_cluster_parameter_group.empty.name)@name',
        family: 'unknown(.family)=${.family}@family',
        complete: false,
      },
    ],
  ]);
});
