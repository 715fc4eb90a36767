/**
 * Stacks of the constructs in `modules/`, alone for every engine and combined, written as people write them. Each folder
 * here is one of them, synthesized by `npm run generate` and planned by `scripts/plans.mjs`.
 *
 * The framework comes from outside, so that the same stacks are made with cdktf and with cdktn.
 */

/** The bindings that an application of its own needs beside the constructs. */
export const bindings = {
  AwsProvider: 'provider',
  DataAwsDbInstance: 'data-aws-db-instance',
  DataAwsIamGroup: 'data-aws-iam-group',
  DataAwsIamRole: 'data-aws-iam-role',
  DataAwsIamUser: 'data-aws-iam-user',
  DataAwsRdsCluster: 'data-aws-rds-cluster',
  DbInstance: 'db-instance',
  IamGroup: 'iam-group',
  IamRole: 'iam-role',
  IamUser: 'iam-user',
  LambdaFunction: 'lambda-function',
  RdsCluster: 'rds-cluster',
  SecurityGroup: 'security-group',
  VpcSecurityGroupEgressRule: 'vpc-security-group-egress-rule',
};

/** A version that RDS Proxy serves and in which the engine has IAM authentication, if it ever has. */
const versions = {
  mysql: '8.0.40',
  mariadb: '10.11.10',
  postgres: '16.4',
  'sqlserver-ee': '15.00.4415.2.v1',
  'sqlserver-se': '15.00.4415.2.v1',
  'sqlserver-ex': '15.00.4415.2.v1',
  'sqlserver-web': '15.00.4415.2.v1',
  'aurora-mysql': '8.0.mysql_aurora.3.08.0',
  'aurora-postgresql': '16.4',
};

const clusterEngines = ['aurora-mysql', 'aurora-postgresql'];
const iamInstanceEngines = ['mysql', 'mariadb', 'postgres'];
const instanceEngines = [...iamInstanceEngines, 'sqlserver-ee', 'sqlserver-se', 'sqlserver-ex', 'sqlserver-web'];
const iamEngines = [...iamInstanceEngines, ...clusterEngines];
const engines = [...instanceEngines, ...clusterEngines];

const isCluster = (engine) => clusterEngines.includes(engine);

/** A network that another stack has made. */
const network = {
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0aaa0000000000001', 'subnet-0bbb0000000000002'],
};

const trust = (service) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
  });

/** What stacks are written with: the framework, its bindings and the constructs, and the parts that recur. */
const words = (framework) => {
  const { Token, IamRole, LambdaFunction, SecurityGroup, VpcSecurityGroupEgressRule } = framework;

  const database = (stack, engine, { iam = false, ...props } = {}) => {
    const { PasswordDatabase, PasswordCluster, IamDatabase, IamCluster } = framework;
    const common = { name: 'orders', engine, engineVersion: versions[engine], network, ...props };
    if (isCluster(engine)) {
      return new (iam ? IamCluster : PasswordCluster)(stack, 'database', { instanceClass: 'db.r6g.large', ...common });
    }
    const instance = { instanceClass: 'db.m6i.large', allocatedStorage: 100 };
    return new (iam ? IamDatabase : PasswordDatabase)(stack, 'database', { ...instance, ...common });
  };

  /** A function in the network that connects to an endpoint, and what it runs as. */
  const application = (stack, id, endpoint, { vpcId, subnetIds } = network) => {
    const role = new IamRole(stack, id, { name: id, assumeRolePolicy: trust('lambda.amazonaws.com') });
    const group = new SecurityGroup(stack, `${id}-group`, { name: id, vpcId });
    new VpcSecurityGroupEgressRule(stack, `${id}-egress`, {
      securityGroupId: group.id,
      referencedSecurityGroupId: endpoint.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: endpoint.port,
      toPort: endpoint.port,
    });
    new LambdaFunction(stack, `${id}-function`, {
      functionName: id,
      role: role.arn,
      packageType: 'Image',
      imageUri: `123456789012.dkr.ecr.us-east-1.amazonaws.com/${id}:1`,
      vpcConfig: { subnetIds: [...subnetIds], securityGroupIds: [group.id] },
      environment: { variables: { DB_HOST: endpoint.endpoint, DB_PORT: Token.asString(endpoint.port) } },
    });
    endpoint.allowFrom(id, { securityGroupId: group.id });
    return role;
  };

  return { ...framework, database, application };
};

/** Each pattern alone: a database of the engine, or a proxy before one, and an application for each user. */
const patterns = {
  'password-database': [instanceEngines, byPassword],
  'password-cluster': [clusterEngines, byPassword],
  'iam-database': [iamInstanceEngines, byIam],
  'iam-cluster': [clusterEngines, byIam],

  'password-proxy': [
    engines,
    (stack, engine, { users, ...props }, { database, application, PasswordProxy }) => {
      const orders = database(stack, engine, props);
      const proxy = new PasswordProxy(stack, 'proxy', { name: 'orders', database: orders, users });
      for (const user of users) proxy.grantReadSecret(application(stack, user, proxy), user);
    },
  ],

  'iam-proxy': [
    engines,
    (stack, engine, { users, ...props }, { database, application, IamProxy }) => {
      const orders = database(stack, engine, props);
      const proxy = new IamProxy(stack, 'proxy', { name: 'orders', database: orders, users });
      for (const user of users) proxy.grantConnect(application(stack, user, proxy), user);
    },
  ],

  'end-to-end-iam-proxy': [
    iamEngines,
    (stack, engine, { users, ...props }, { database, application, EndToEndIamProxy }) => {
      const orders = database(stack, engine, { iam: true, ...props });
      const proxy = new EndToEndIamProxy(stack, 'proxy', { name: 'orders', database: orders, users });
      for (const user of users) proxy.grantConnect(application(stack, user, proxy), user);
    },
  ],
};

function byPassword(stack, engine, { users, ...props }, { database, application }) {
  const orders = database(stack, engine, props);
  for (const user of users) application(stack, user, orders);
}

function byIam(stack, engine, { users, ...props }, { database, application }) {
  const orders = database(stack, engine, { iam: true, ...props });
  for (const user of users) orders.grantConnect(application(stack, user, orders), user);
}

const alone = (vocabulary) =>
  Object.entries(patterns).flatMap(([pattern, [its, build]]) =>
    its.map((engine) => [`${pattern}-${engine}`, (stack) => build(stack, engine, { users: ['app'] }, vocabulary)]),
  );

/** Patterns that are applied and then changed: a user goes, another comes, and the database gets another class. */
const changed = {
  'password-database': 'postgres',
  'password-cluster': 'aurora-mysql',
  'iam-database': 'mysql',
  'iam-cluster': 'aurora-postgresql',
  'password-proxy': 'sqlserver-se',
  'iam-proxy': 'mariadb',
  'end-to-end-iam-proxy': 'aurora-mysql',
};

const changes = (vocabulary) =>
  Object.entries(changed).flatMap(([pattern, engine]) => {
    const [, build] = patterns[pattern];
    const name = `${pattern}-${engine}-changed`;
    const later = { users: ['app', 'batch'], instanceClass: isCluster(engine) ? 'db.r6g.2xlarge' : 'db.m6i.2xlarge' };
    return [
      [`${name}/before`, (stack) => build(stack, engine, { users: ['app', 'former'] }, vocabulary)],
      [name, (stack) => build(stack, engine, later, vocabulary)],
    ];
  });

/** Combinations. */
const combined = {
  // Some users log in by password, some by IAM, and others through a proxy.
  'combined-database-and-proxy': ({ database, application, IamProxy }) => {
    return (stack) => {
      const orders = database(stack, 'mysql', { iam: true });
      const proxy = new IamProxy(stack, 'proxy', { name: 'orders', database: orders, users: ['app', 'batch'] });
      const app = application(stack, 'app', proxy);
      proxy.grantConnect(app, 'app');
      proxy.grantConnect(app, 'batch');
      orders.grantConnect(application(stack, 'reporting', orders), 'reporting');
    };
  },

  // Users that providers of the caller's make in the databases, each as its way in needs it.
  'combined-users': ({ database, application, IamDatabase, IamProxy, DatabaseUser, TerraformProvider }) => {
    const provider = (stack, name, source, config) => {
      const terraformGeneratorMetadata = { providerName: name };
      const made = new TerraformProvider(stack, name, {
        terraformResourceType: name,
        terraformProviderSource: source,
        terraformGeneratorMetadata,
      });
      for (const [key, value] of Object.entries(config)) made.addOverride(key, value);
      return made;
    };
    return (stack) => {
      const orders = database(stack, 'postgres', { iam: true });
      const postgresql = provider(stack, 'postgresql', 'cyrilgdn/postgresql', { host: orders.endpoint });
      const proxy = new IamProxy(stack, 'proxy', { name: 'orders', database: orders, users: ['app'] });
      new DatabaseUser(stack, 'app-user', { proxy, user: 'app', provider: postgresql });
      proxy.grantConnect(application(stack, 'app', proxy), 'app');
      new DatabaseUser(stack, 'reporting-user', { database: orders, user: 'reporting', provider: postgresql });
      orders.grantConnect(application(stack, 'reporting', orders), 'reporting');

      const catalog = new IamDatabase(stack, 'catalog', {
        name: 'catalog',
        engine: 'mysql',
        engineVersion: versions.mysql,
        network,
        instanceClass: 'db.m6i.large',
        allocatedStorage: 100,
      });
      const mysql = provider(stack, 'mysql', 'petoju/mysql', { endpoint: catalog.endpoint });
      new DatabaseUser(stack, 'search-user', { database: catalog, user: 'search', provider: mysql });
      catalog.grantConnect(application(stack, 'search', catalog), 'search');
    };
  },

  // Several proxies before one database that listens on a port of its own; the secrets have a key, and are rotated.
  'combined-proxies-custom-port': ({ database, application, IamProxy, PasswordProxy, EndToEndIamProxy }) => {
    return (stack) => {
      const orders = database(stack, 'postgres', { iam: true, port: 15432, masterSecretRotationDays: 1 });
      const rotation = {
        lambdaArn: 'arn:aws:lambda:us-east-1:123456789012:function:SecretsManagerRDSPostgreSQLRotationSingleUser',
        automaticallyAfterDays: 30,
      };
      const standard = new IamProxy(stack, 'iam', {
        name: 'orders-iam',
        database: orders,
        users: { app: { rotation }, batch: { rotation, passwordVersion: 2 } },
        secretsKey: 'create',
        idleClientTimeout: 900,
        connectionPool: { maxConnectionsPercent: 50, maxIdleConnectionsPercent: 10 },
      });
      const password = new PasswordProxy(stack, 'password', {
        name: 'orders-password',
        database: orders,
        users: { legacy: { rotation } },
      });
      const endToEnd = new EndToEndIamProxy(stack, 'end-to-end', {
        name: 'orders-end-to-end',
        database: orders,
        users: ['reporting'],
      });
      const app = application(stack, 'app', standard);
      standard.grantConnect(app, 'app');
      standard.grantConnect(app, 'batch');
      password.grantReadSecret(application(stack, 'legacy', password), 'legacy');
      endToEnd.grantConnect(application(stack, 'reporting', endToEnd), 'reporting');
    };
  },

  // Secrets with a key of their own, which are rotated, as that of the master user is.
  'combined-key-and-rotation': ({ database, application, IamProxy }) => {
    return (stack) => {
      const orders = database(stack, 'mysql', { masterSecretRotationDays: 1 });
      const rotation = {
        lambdaArn: 'arn:aws:lambda:us-east-1:123456789012:function:SecretsManagerRDSMySQLRotationSingleUser',
        automaticallyAfterDays: 30,
      };
      const proxy = new IamProxy(stack, 'proxy', {
        name: 'orders',
        database: orders,
        users: { app: { rotation }, batch: { rotation } },
        secretsKey: 'create',
      });
      for (const user of ['app', 'batch']) proxy.grantConnect(application(stack, user, proxy), user);
    };
  },

  // Every pattern, in a network of its own.
  'combined-all-patterns': (vocabulary) => (stack) => {
    const { application } = vocabulary;
    const { DatabaseNetwork, PasswordDatabase, PasswordCluster, IamDatabase, IamCluster } = vocabulary;
    const { PasswordProxy, IamProxy, EndToEndIamProxy } = vocabulary;
    const own = new DatabaseNetwork(stack, 'network', {
      availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      tags: { Team: 'platform' },
    });
    const tags = { Team: 'orders' };
    const instance = (engine) => ({
      engine,
      engineVersion: versions[engine],
      instanceClass: 'db.m6i.large',
      allocatedStorage: 100,
      network: own,
      tags,
    });
    const cluster = (engine) => ({
      engine,
      engineVersion: versions[engine],
      instanceClass: 'db.r6g.large',
      network: own,
      tags,
    });
    const legacy = new PasswordDatabase(stack, 'legacy', { name: 'legacy', ...instance('sqlserver-se') });
    const orders = new IamDatabase(stack, 'orders', { name: 'orders', ...instance('mariadb') });
    const catalog = new PasswordCluster(stack, 'catalog', { name: 'catalog', ...cluster('aurora-mysql'), instances: 3 });
    const ledger = new IamCluster(stack, 'ledger', { name: 'ledger', ...cluster('aurora-postgresql'), instances: 1 });
    const legacyProxy = new PasswordProxy(stack, 'legacy-proxy', { name: 'legacy', database: legacy, users: ['app'], tags });
    const catalogProxy = new IamProxy(stack, 'catalog-proxy', {
      name: 'catalog',
      database: catalog,
      users: ['app', 'search'],
      tags,
    });
    const ledgerProxy = new EndToEndIamProxy(stack, 'ledger-proxy', {
      name: 'ledger',
      database: ledger,
      users: ['app', 'audit'],
      tags,
    });
    legacyProxy.grantReadSecret(application(stack, 'billing', legacyProxy, own), 'app');
    orders.grantConnect(application(stack, 'shop', orders, own), 'app');
    const web = application(stack, 'web', catalogProxy, own);
    catalogProxy.grantConnect(web, 'app');
    catalogProxy.grantConnect(web, 'search');
    const books = application(stack, 'books', ledgerProxy, own);
    ledgerProxy.grantConnect(books, 'app');
    ledgerProxy.grantConnect(books, 'audit');
    ledger.grantConnect(application(stack, 'migration', ledger, own), 'migration');
  },

  // Databases, keys, secrets and security groups that others have made: by data source, by resource, by what is known.
  'combined-existing': (vocabulary) => (stack) => {
    const { DataAwsDbInstance, DataAwsRdsCluster, DbInstance, RdsCluster } = vocabulary;
    const { databaseFromInstance, databaseFromCluster, databaseFromAttributes } = vocabulary;
    const { IamProxy, EndToEndIamProxy, PasswordProxy } = vocabulary;
    const key = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const secret = (name) => `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}-a1b2c3`;

    const read = databaseFromInstance(new DataAwsDbInstance(stack, 'orders', { dbInstanceIdentifier: 'orders' }), {
      engine: 'postgres',
      iamAuthentication: true,
      network,
      securityGroupId: 'sg-0db00000000000001',
    });
    const orders = new IamProxy(stack, 'orders-proxy', {
      name: 'orders',
      database: read,
      securityGroupIds: ['sg-0aa00000000000002', 'sg-0aa00000000000003'],
      users: { app: { secret: { arn: secret('orders/app'), kmsKeyArn: key } } },
    });
    orders.grantConnect({ roleName: 'orders' }, 'app');
    orders.allowFrom('office', { cidrIpv4: '10.20.0.0/16' });
    orders.allowFrom('office-6', { cidrIpv6: '2001:db8::/32' });
    orders.allowFrom('partners', { prefixListId: 'pl-0123456789abcdef0' });

    const readers = databaseFromCluster(new DataAwsRdsCluster(stack, 'search', { clusterIdentifier: 'search' }), {
      engine: 'aurora-postgresql',
      iamAuthentication: false,
      securityGroupId: 'sg-0db00000000000002',
    });
    const search = new PasswordProxy(stack, 'search-proxy', {
      name: 'search',
      database: readers,
      network,
      users: { app: { secret: { arn: secret('search/app') } } },
    });
    search.allowFrom('office', { cidrIpv4: '10.20.0.0/16' });

    const cluster = new RdsCluster(stack, 'ledger', {
      clusterIdentifier: 'ledger',
      engine: 'aurora-mysql',
      engineVersion: versions['aurora-mysql'],
      masterUsername: 'root_admin',
      manageMasterUserPassword: true,
      iamDatabaseAuthenticationEnabled: true,
      vpcSecurityGroupIds: ['sg-0db00000000000004'],
      port: 3306,
      skipFinalSnapshot: true,
    });
    const ledger = new EndToEndIamProxy(stack, 'ledger-proxy', {
      name: 'ledger',
      database: databaseFromCluster(cluster, {
        engine: 'aurora-mysql',
        iamAuthentication: true,
        network,
        securityGroupId: 'sg-0db00000000000004',
      }),
      users: ['app'],
    });
    ledger.grantConnect({ userName: 'ledger' }, 'app');

    const instance = new DbInstance(stack, 'catalog', {
      identifier: 'catalog',
      engine: 'mysql',
      engineVersion: versions.mysql,
      instanceClass: 'db.m6i.large',
      allocatedStorage: 100,
      username: 'root_admin',
      manageMasterUserPassword: true,
      iamDatabaseAuthenticationEnabled: true,
      vpcSecurityGroupIds: ['sg-0db00000000000003'],
      skipFinalSnapshot: true,
    });
    const catalog = databaseFromInstance(instance, {
      engine: 'mysql',
      iamAuthentication: true,
      network,
      securityGroupId: 'sg-0db00000000000003',
    });
    const catalogProxy = new IamProxy(stack, 'catalog-proxy', {
      name: 'catalog',
      database: catalog,
      users: { app: {}, batch: { secret: { arn: secret('catalog/batch') } } },
      secretsKey: { arn: key },
    });
    catalogProxy.grantConnect({ groupName: 'catalog' }, 'app');

    const known = databaseFromAttributes({
      identifier: 'legacy',
      arn: 'arn:aws:rds:us-east-1:123456789012:db:legacy',
      resourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      endpoint: 'legacy.abcdefghijkl.us-east-1.rds.amazonaws.com',
      port: 1433,
      engine: 'sqlserver-se',
      iamAuthentication: false,
    });
    new PasswordProxy(stack, 'legacy-proxy', {
      name: 'legacy',
      database: known,
      network,
      users: { app: { secret: { arn: secret('legacy/app') } } },
    });
  },

  // Everybody to whom a login can be granted.
  'combined-principals': (vocabulary) => (stack) => {
    const { IamRole, IamUser, IamGroup, DataAwsIamRole, DataAwsIamUser, DataAwsIamGroup } = vocabulary;
    const { database, IamProxy } = vocabulary;
    const cluster = database(stack, 'aurora-postgresql', { iam: true });
    const proxy = new IamProxy(stack, 'proxy', { name: 'orders', database: cluster, users: ['app'] });
    const principals = [
      new IamRole(stack, 'role', { name: 'role', assumeRolePolicy: trust('ecs-tasks.amazonaws.com') }),
      new IamUser(stack, 'user', { name: 'user' }),
      new IamGroup(stack, 'group', { name: 'group' }),
      new DataAwsIamRole(stack, 'known-role', { name: 'known-role' }),
      new DataAwsIamUser(stack, 'known-user', { userName: 'known-user' }),
      new DataAwsIamGroup(stack, 'known-group', { groupName: 'known-group' }),
      { roleName: 'named-role' },
      { userName: 'named-user' },
      { groupName: 'named-group' },
    ];
    for (const principal of principals) {
      proxy.grantConnect(principal, 'app');
      cluster.grantConnect(principal, 'reporting');
    }
  },
};

/** Every stack by its name: what puts the constructs into it. */
export const stacksOf = (framework) => {
  const vocabulary = words(framework);
  const made = Object.entries(combined).map(([name, build]) => [name, build(vocabulary)]);
  return new Map([...alone(vocabulary), ...changes(vocabulary), ...made]);
};
