import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('proxies of a first plan', () => {
  /** What a plan says of a proxy of which only the required arguments are set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    region: 'known("eu-west-1")@region',
    account: 'absent@arn',
    name: 'known("empty")@name',
    arn: 'unknown(.arn)=${.arn}@arn',
    resourceId: 'unknown()@arn',
    engineFamily: 'known("MYSQL")@engine_family',
    requireTls: 'absent@require_tls',
    defaultAuthScheme: 'absent@default_auth_scheme',
    auth: [],
    authComplete: true,
    roleArn: 'known("arn:aws:iam::123456789012:role/proxy")@role_arn',
    securityGroups: ['incomplete@vpc_security_group_ids'],
    subnets: ['known("subnet-1")@vpc_subnet_ids[0]', 'complete@vpc_subnet_ids'],
    host: 'unknown(.endpoint)=${.endpoint}@endpoint',
  };

  testRows(adaptFile('db-proxy/plan.json').model.proxies, empty, [
    ['empty resource', 'aws_db_proxy.empty', {}],
    [
      'a dynamic block',
      'aws_db_proxy.dynamic',
      {
        name: 'known("dynamic")@name',
        auth: [
          {
            origin: '@auth[0]',
            scheme: 'absent@auth[0].auth_scheme',
            iamAuth: 'known("REQUIRED")@auth[0].iam_auth',
            secretArn: 'unknown()@auth[0].secret_arn',
            username: 'absent@auth[0].username',
            clientPasswordAuthType: 'unknown()@auth[0].client_password_auth_type',
          },
          {
            origin: '@auth[1]',
            scheme: 'absent@auth[1].auth_scheme',
            iamAuth: 'known("REQUIRED")@auth[1].iam_auth',
            secretArn: 'unknown()@auth[1].secret_arn',
            username: 'absent@auth[1].username',
            clientPasswordAuthType: 'unknown()@auth[1].client_password_auth_type',
          },
        ],
      },
    ],
    [
      'a dynamic block beside another',
      'aws_db_proxy.dynamic_and_static',
      {
        name: 'known("dynamic-and-static")@name',
        auth: [
          {
            origin: '@auth[0]',
            scheme: 'absent@auth[0].auth_scheme',
            iamAuth: 'absent@auth[0].iam_auth',
            secretArn: 'unknown()@auth[0].secret_arn',
            username: 'absent@auth[0].username',
            clientPasswordAuthType: 'unknown()@auth[0].client_password_auth_type',
          },
          {
            origin: '@auth[1]',
            scheme: 'absent@auth[1].auth_scheme',
            iamAuth: 'known("REQUIRED")@auth[1].iam_auth',
            secretArn: 'unknown()@auth[1].secret_arn',
            username: 'absent@auth[1].username',
            clientPasswordAuthType: 'unknown()@auth[1].client_password_auth_type',
          },
        ],
      },
    ],
    [
      'a dynamic block, known after apply',
      'aws_db_proxy.dynamic_unknown',
      { name: 'known("dynamic-unknown")@name', authComplete: false },
    ],
    [
      'null in the configuration',
      'aws_db_proxy.nulls',
      {
        name: 'known("nulls")@name',
        auth: [
          {
            origin: '@auth[0]',
            scheme: 'absent@auth[0].auth_scheme',
            iamAuth: 'absent@auth[0].iam_auth',
            secretArn: 'unknown(aws_secretsmanager_secret.a.arn)@auth[0].secret_arn',
            username: 'absent@auth[0].username',
            clientPasswordAuthType: 'absent@auth[0].client_password_auth_type',
          },
          {
            origin: '@auth[1]',
            scheme: 'absent@auth[1].auth_scheme',
            iamAuth: 'known("DISABLED")@auth[1].iam_auth',
            secretArn: 'unknown(aws_secretsmanager_secret.each["app"].arn)@auth[1].secret_arn',
            username: 'absent@auth[1].username',
            clientPasswordAuthType: 'absent@auth[1].client_password_auth_type',
          },
        ],
      },
    ],
    [
      'reference, two blocks in the order of their hashes, splat',
      'aws_db_proxy.reference',
      {
        engineFamily: 'known("POSTGRESQL")@engine_family',
        requireTls: 'known(true)@require_tls',
        defaultAuthScheme: 'known("IAM_AUTH")@default_auth_scheme',
        auth: [
          {
            origin: '@auth[0]',
            scheme: 'absent@auth[0].auth_scheme',
            iamAuth: 'known("DISABLED")@auth[0].iam_auth',
            secretArn: 'unknown(aws_secretsmanager_secret.each["report"].arn)@auth[0].secret_arn',
            username: 'known("report")@auth[0].username',
            clientPasswordAuthType: 'known("POSTGRES_MD5")@auth[0].client_password_auth_type',
          },
          {
            origin: '@auth[1]',
            scheme: 'absent@auth[1].auth_scheme',
            iamAuth: 'known("REQUIRED")@auth[1].iam_auth',
            secretArn: 'unknown(aws_secretsmanager_secret.a.arn)@auth[1].secret_arn',
            username: 'absent@auth[1].username',
            clientPasswordAuthType: 'absent@auth[1].client_password_auth_type',
          },
        ],
        roleArn: 'unknown(aws_iam_role.a.arn)@role_arn',
        securityGroups: [
          'unknown(one of aws_security_group.a[0])@vpc_security_group_ids[0]',
          'unknown(one of aws_security_group.a[1])@vpc_security_group_ids[1]',
          'complete@vpc_security_group_ids',
        ],
        subnets: [
          'known("subnet-1")@vpc_subnet_ids[0]',
          'unknown(aws_subnet.a.id)@vpc_subnet_ids[1]',
          'complete@vpc_subnet_ids',
        ],
      },
    ],
    [
      'two blocks that only their references tell apart',
      'aws_db_proxy.twins',
      {
        name: 'known("twins")@name',
        auth: [
          {
            origin: '@auth[0]',
            scheme: 'absent@auth[0].auth_scheme',
            iamAuth: 'absent@auth[0].iam_auth',
            secretArn: 'unknown(aws_secretsmanager_secret.each["app"].arn)@auth[0].secret_arn',
            username: 'absent@auth[0].username',
            clientPasswordAuthType: 'absent@auth[0].client_password_auth_type',
          },
          {
            origin: '@auth[1]',
            scheme: 'absent@auth[1].auth_scheme',
            iamAuth: 'absent@auth[1].iam_auth',
            secretArn: 'unknown(aws_secretsmanager_secret.each["report"].arn)@auth[1].secret_arn',
            username: 'absent@auth[1].username',
            clientPasswordAuthType: 'absent@auth[1].client_password_auth_type',
          },
        ],
      },
    ],
    [
      'unknown',
      'aws_db_proxy.unknown',
      {
        name: 'unknown(terraform_data.later.output)@name',
        engineFamily: 'unknown(terraform_data.later.output)@engine_family',
        requireTls: 'unknown(terraform_data.later.output)@require_tls',
        defaultAuthScheme: 'unknown(terraform_data.later.output)@default_auth_scheme',
        auth: [
          {
            origin: '@auth[0]',
            scheme: 'unknown(terraform_data.later.output)@auth[0].auth_scheme',
            iamAuth: 'unknown(terraform_data.later.output)@auth[0].iam_auth',
            secretArn: 'unknown(terraform_data.later.output)@auth[0].secret_arn',
            username: 'unknown(terraform_data.later.output)@auth[0].username',
            clientPasswordAuthType: 'unknown(terraform_data.later.output)@auth[0].client_password_auth_type',
          },
        ],
        roleArn: 'unknown(terraform_data.later.output)@role_arn',
        securityGroups: [
          'unknown(terraform_data.later.output)@vpc_security_group_ids',
          'incomplete@vpc_security_group_ids',
        ],
        subnets: ['unknown(terraform_data.later.output)@vpc_subnet_ids', 'incomplete@vpc_subnet_ids'],
      },
    ],
    [
      'the whole object through a module input, for_each',
      'module.proxy["app"].aws_db_proxy.this',
      {
        name: 'known("app")@name',
        auth: [
          {
            origin: '@auth[0]',
            scheme: 'known("SECRETS")@auth[0].auth_scheme',
            iamAuth: 'absent@auth[0].iam_auth',
            secretArn: 'unknown(aws_secretsmanager_secret.each["app"].arn)@auth[0].secret_arn',
            username: 'absent@auth[0].username',
            clientPasswordAuthType: 'absent@auth[0].client_password_auth_type',
          },
        ],
        roleArn: 'unknown(aws_iam_role.a.arn)@role_arn',
      },
    ],
    [
      'the whole object through a module input, for_each',
      'module.proxy["report"].aws_db_proxy.this',
      {
        name: 'known("report")@name',
        auth: [
          {
            origin: '@auth[0]',
            scheme: 'known("SECRETS")@auth[0].auth_scheme',
            iamAuth: 'absent@auth[0].iam_auth',
            secretArn: 'unknown(aws_secretsmanager_secret.each["report"].arn)@auth[0].secret_arn',
            username: 'absent@auth[0].username',
            clientPasswordAuthType: 'absent@auth[0].client_password_auth_type',
          },
        ],
        roleArn: 'unknown(aws_iam_role.a.arn)@role_arn',
      },
    ],
    [
      'data source, later',
      'data.aws_db_proxy.later',
      {
        managed: false,
        name: 'unknown(terraform_data.later.output)@name',
        engineFamily: 'unknown(.engine_family)=${.engine_family}@engine_family',
        requireTls: 'unknown(.require_tls)=${.require_tls}@require_tls',
        defaultAuthScheme: 'unknown(.default_auth_scheme)=${.default_auth_scheme}@default_auth_scheme',
        authComplete: false,
        roleArn: 'unknown(.role_arn)=${.role_arn}@role_arn',
        securityGroups: ['unknown()@vpc_security_group_ids', 'incomplete@vpc_security_group_ids'],
        subnets: ['unknown()@vpc_subnet_ids', 'incomplete@vpc_subnet_ids'],
      },
    ],
    [
      'data source, known',
      'data.aws_db_proxy.known',
      {
        managed: false,
        account: 'known("123456789012")@arn',
        name: 'known("legacy")@name',
        arn: 'known("arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-bf8b7b60257f08f08")@arn',
        resourceId: 'known("prx-bf8b7b60257f08f08")@arn',
        engineFamily: 'known("POSTGRESQL")@engine_family',
        requireTls: 'known(false)@require_tls',
        defaultAuthScheme: 'known("NONE")@default_auth_scheme',
        authComplete: false,
        roleArn: 'known("arn:aws:iam::123456789012:role/jqwsunrx0u")@role_arn',
        securityGroups: ['known("sg-2766b235191a8bbd6")@vpc_security_group_ids[0]', 'complete@vpc_security_group_ids'],
        subnets: ['complete@vpc_subnet_ids'],
        host: 'known("legacy.proxy-ez1cktmyr2vf.eu-west-1.rds.amazonaws.com")@endpoint',
      },
    ],
  ]);
});

describe('proxies of a state', () => {
  testRows(adaptFile('applied/state.json').model.proxies, {}, [
    [
      'all known, "" where nothing is set',
      'aws_db_proxy.main',
      {
        judged: true,
        managed: true,
        origin: '@',
        region: 'known("eu-west-1")@region',
        account: 'known("123456789012")@arn',
        name: 'known("orders")@name',
        arn: 'known("arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-66c48d1ee7c502c46")@arn',
        resourceId: 'known("prx-66c48d1ee7c502c46")@arn',
        engineFamily: 'known("POSTGRESQL")@engine_family',
        requireTls: 'known(false)@require_tls',
        defaultAuthScheme: 'known("NONE")@default_auth_scheme',
        auth: [
          {
            origin: '@auth[0]',
            scheme: 'absent@auth[0].auth_scheme',
            iamAuth: 'absent@auth[0].iam_auth',
            secretArn:
              'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-bhi56E")@auth[0].secret_arn',
            username: 'absent@auth[0].username',
            clientPasswordAuthType: 'known("POSTGRES_SCRAM_SHA_256")@auth[0].client_password_auth_type',
          },
          {
            origin: '@auth[1]',
            scheme: 'absent@auth[1].auth_scheme',
            iamAuth: 'known("REQUIRED")@auth[1].iam_auth',
            secretArn:
              'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/report-2EeEbB")@auth[1].secret_arn',
            username: 'absent@auth[1].username',
            clientPasswordAuthType: 'known("POSTGRES_SCRAM_SHA_256")@auth[1].client_password_auth_type',
          },
        ],
        authComplete: true,
        roleArn: 'known("arn:aws:iam::123456789012:role/proxy")@role_arn',
        securityGroups: ['known("sg-f0a97a5bf007f82a5")@vpc_security_group_ids[0]', 'complete@vpc_security_group_ids'],
        subnets: ['known("subnet-1")@vpc_subnet_ids[0]', 'complete@vpc_subnet_ids'],
        host: 'known("orders.proxy-5l2y5u55jkqi.eu-west-1.rds.amazonaws.com")@endpoint',
      },
    ],
  ]);
});

describe('proxies of a plan without changes', () => {
  testRows(adaptFile('applied/noop-plan.json').model.proxies, {}, [
    [
      'a password type that nobody has set is not set',
      'aws_db_proxy.main',
      {
        judged: true,
        managed: true,
        origin: '@',
        region: 'known("eu-west-1")@region',
        account: 'known("123456789012")@arn',
        name: 'known("orders")@name',
        arn: 'known("arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-66c48d1ee7c502c46")@arn',
        resourceId: 'known("prx-66c48d1ee7c502c46")@arn',
        engineFamily: 'known("POSTGRESQL")@engine_family',
        requireTls: 'known(false)@require_tls',
        defaultAuthScheme: 'known("NONE")@default_auth_scheme',
        auth: [
          {
            origin: '@auth[0]',
            scheme: 'absent@auth[0].auth_scheme',
            iamAuth: 'absent@auth[0].iam_auth',
            secretArn:
              'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-bhi56E")@auth[0].secret_arn',
            username: 'absent@auth[0].username',
            clientPasswordAuthType: 'absent@auth[0].client_password_auth_type',
          },
          {
            origin: '@auth[1]',
            scheme: 'absent@auth[1].auth_scheme',
            iamAuth: 'known("REQUIRED")@auth[1].iam_auth',
            secretArn:
              'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/report-2EeEbB")@auth[1].secret_arn',
            username: 'absent@auth[1].username',
            clientPasswordAuthType: 'absent@auth[1].client_password_auth_type',
          },
        ],
        authComplete: true,
        roleArn: 'known("arn:aws:iam::123456789012:role/proxy")@role_arn',
        securityGroups: ['known("sg-f0a97a5bf007f82a5")@vpc_security_group_ids[0]', 'complete@vpc_security_group_ids'],
        subnets: ['known("subnet-1")@vpc_subnet_ids[0]', 'complete@vpc_subnet_ids'],
        host: 'known("orders.proxy-5l2y5u55jkqi.eu-west-1.rds.amazonaws.com")@endpoint',
      },
    ],
  ]);
});
