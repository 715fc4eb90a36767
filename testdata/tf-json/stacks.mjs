// CDKTF stacks that say the same as the scenarios of their names, written as people write them in TypeScript.
//
//   npm install cdktf@0.21.0 @cdktf/provider-aws@21.22.1 constructs@10.4.2     (in a folder of its own: 412 MB)
//   node stacks.mjs OUT                                                        writes OUT/stacks/NAME/cdk.tf.json
//
// Every resource has the name that it has in the scenario, so that addresses agree.
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
import { DbProxy } from '@cdktf/provider-aws/lib/db-proxy/index.js';
import { DbProxyDefaultTargetGroup } from '@cdktf/provider-aws/lib/db-proxy-default-target-group/index.js';
import { DbProxyTarget } from '@cdktf/provider-aws/lib/db-proxy-target/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster/index.js';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance/index.js';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { App, Fn, LocalBackend, TerraformIterator, TerraformLocal, TerraformStack, TerraformVariable, Token } from 'cdktf';

const dbuser = 'arn:aws:rds-db:us-east-1:123456789012:dbuser';
const subnets = ['subnet-0aaa0000000000001', 'subnet-0bbb0000000000002'];
const engines = {
  postgres: { version: '16.4', family: 'POSTGRESQL', port: 5432 },
  'aurora-postgresql': { version: '16.4', family: 'POSTGRESQL', port: 5432 },
  mysql: { version: '8.0.40', family: 'MYSQL', port: 3306 },
  mariadb: { version: '10.11.10', family: 'MYSQL', port: 3306 },
};

/** How a document gets to be text. */
const writers = {
  // a function call in the JSON: "${jsonencode({...})}"
  function: (_, __, statements) => Fn.jsonencode(documentOf(statements)),
  // JSON text with holes in it
  text: (_, __, statements) => JSON.stringify(documentOf(statements)),
  // a data source
  document: (stack, id, statements) => named(new DataAwsIamPolicyDocument(stack, `${id}_document`, { statement: statements }), id).json,
};

const documentOf = (statements) => ({
  Version: '2012-10-17',
  Statement: statements.map(({ actions, resources }) => ({ Effect: 'Allow', Action: actions, Resource: resources })),
});

const named = (construct, id) => {
  construct.overrideLogicalId(id);
  return construct;
};

class Stack extends TerraformStack {
  constructor(app, name, { engine, write = 'function', roleBy = 'name' }) {
    super(app, name);
    this.engine = engine;
    this.write = writers[write];
    this.roleBy = roleBy;
    new AwsProvider(this, 'aws', { region: 'us-east-1' });
    // Without one, a path of the machine gets into the JSON.
    new LocalBackend(this, { path: 'terraform.tfstate' });
    this.masterPassword = named(
      new TerraformVariable(this, 'master_password', { type: 'string', sensitive: true, default: 'canary-master-9f2c' }),
      'master_password',
    );
  }

  instance(overrides = {}) {
    return named(
      new DbInstance(this, 'main', {
        identifier: 'orders-db',
        engine: this.engine,
        engineVersion: engines[this.engine].version,
        instanceClass: 'db.m6i.large',
        allocatedStorage: 100,
        storageEncrypted: true,
        username: 'root_admin',
        password: this.masterPassword.stringValue,
        vpcSecurityGroupIds: ['sg-0db00000000000001'],
        skipFinalSnapshot: true,
        iamDatabaseAuthenticationEnabled: true,
        ...overrides,
      }),
      'main',
    );
  }

  cluster(overrides = {}) {
    const cluster = named(
      new RdsCluster(this, 'cluster', {
        clusterIdentifier: 'orders-db',
        engine: this.engine,
        engineVersion: engines[this.engine].version,
        databaseName: 'orders',
        masterUsername: 'root_admin',
        masterPassword: this.masterPassword.stringValue,
        vpcSecurityGroupIds: ['sg-0db00000000000001'],
        skipFinalSnapshot: true,
        iamDatabaseAuthenticationEnabled: true,
        ...overrides,
      }),
      'main',
    );
    named(
      new RdsClusterInstance(this, 'cluster_instance', {
        clusterIdentifier: cluster.id,
        identifier: 'orders-db-0',
        engine: cluster.engine,
        instanceClass: 'db.r6g.large',
      }),
      'main_0',
    );
    return cluster;
  }

  secret(user) {
    const secret = named(new SecretsmanagerSecret(this, `secret_${user}`, { name: `orders/${user}` }), user);
    named(
      new SecretsmanagerSecretVersion(this, `version_${user}`, {
        secretId: secret.id,
        secretString: JSON.stringify({ username: user, password: `canary-${user}-71aa` }),
      }),
      user,
    );
    return secret;
  }

  role(id, service) {
    return named(
      new IamRole(this, `role_${id}`, {
        name: id,
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
        }),
      }),
      id,
    );
  }

  policy(id, role, statements) {
    return named(
      new IamRolePolicy(this, `policy_${id}`, { name: id, role: role[this.roleBy], policy: this.write(this, id, statements) }),
      id,
    );
  }

  proxy(role, auth, overrides = {}) {
    return named(
      new DbProxy(this, 'proxy', {
        name: 'orders-proxy',
        engineFamily: engines[this.engine].family,
        requireTls: true,
        roleArn: role.arn,
        vpcSubnetIds: subnets,
        vpcSecurityGroupIds: ['sg-0aa00000000000002'],
        auth,
        ...overrides,
      }),
      'main',
    );
  }

  target(proxy, target) {
    const group = named(new DbProxyDefaultTargetGroup(this, 'target_group', { dbProxyName: proxy.name }), 'main');
    named(new DbProxyTarget(this, 'target', { dbProxyName: proxy.name, targetGroupName: group.name, ...target }), 'main');
  }

  reads(role, secrets) {
    return this.policy('proxy_secrets', role, [
      { actions: ['secretsmanager:GetSecretValue'], resources: secrets.map((secret) => secret.arn) },
    ]);
  }

  connects(who, id, user) {
    const role = this.role(who, 'ecs-tasks.amazonaws.com');
    this.policy(`${who}_connect`, role, [{ actions: ['rds-db:connect'], resources: [`${dbuser}:${id}/${user}`] }]);
  }
}

const required = (secret) => ({ authScheme: 'SECRETS', iamAuth: 'REQUIRED', secretArn: secret.arn });
const disabled = (secret) => ({ authScheme: 'SECRETS', iamAuth: 'DISABLED', secretArn: secret.arn });
const proxyId = (proxy) => Fn.element(Fn.split(':', proxy.arn), 6);
const instanceTarget = (instance) => ({ dbInstanceIdentifier: instance.identifier });
const clusterTarget = (cluster) => ({ dbClusterIdentifier: cluster.clusterIdentifier });

const standard = (stack, { reads = (secrets) => secrets, proxy: change = () => {} } = {}) => {
  const instance = stack.instance();
  const secret = stack.secret('app');
  const role = stack.role('proxy', 'rds.amazonaws.com');
  stack.reads(role, reads([secret]));
  const proxy = stack.proxy(role, [required(secret)]);
  change(proxy);
  stack.target(proxy, instanceTarget(instance));
  stack.connects('orders', proxyId(proxy), 'app');
  stack.connects('reporting', instance.resourceId, 'reporting');
};

const network = (stack) => {
  const group = (id) => named(new SecurityGroup(stack, `group_${id}`, { name: id, vpcId: 'vpc-0123456789abcdef0' }), id);
  const [database, proxy, app] = ['database', 'proxy', 'app'].map(group);
  const rule = (Type, id, of, other, port) =>
    named(
      new Type(stack, `rule_${id}`, {
        securityGroupId: of.id,
        referencedSecurityGroupId: other.id,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
      }),
      id,
    );
  rule(VpcSecurityGroupIngressRule, 'proxy_from_app', proxy, app, 5432);
  rule(VpcSecurityGroupEgressRule, 'app_to_proxy', app, proxy, 5432);
  rule(VpcSecurityGroupIngressRule, 'database_from_proxy', database, proxy, 13306);
  rule(VpcSecurityGroupEgressRule, 'proxy_to_database', proxy, database, 13306);
  return { database, proxy };
};

const stacks = {
  'standard-postgres-jsonencode-flat': [{ engine: 'postgres' }, (stack) => standard(stack)],

  'mistake-role-reads-another-secret': [
    { engine: 'postgres', write: 'text' },
    (stack) => standard(stack, { reads: () => [stack.secret('billing')] }),
  ],

  // An escape hatch takes away what the construct has set.
  'mistake-tls-off': [
    { engine: 'postgres', write: 'text', roleBy: 'id' },
    (stack) => standard(stack, { proxy: (proxy) => proxy.addOverride('require_tls', false) }),
  ],

  'mistake-grant-proxy-name': [
    { engine: 'mysql', write: 'document', roleBy: 'id' },
    (stack) => {
      const instance = stack.instance();
      const secret = stack.secret('app');
      const role = stack.role('proxy', 'rds.amazonaws.com');
      stack.reads(role, [secret]);
      const proxy = stack.proxy(role, [required(secret)]);
      stack.target(proxy, instanceTarget(instance));
      stack.connects('orders', proxy.name, 'app');
      stack.connects('reporting', instance.resourceId, 'reporting');
    },
  ],

  'mixed-mysql-document': [
    { engine: 'mysql', write: 'document' },
    (stack) => {
      const instance = stack.instance();
      const [app, batch] = ['app', 'batch'].map((user) => stack.secret(user));
      const role = stack.role('proxy', 'rds.amazonaws.com');
      stack.reads(role, [app, batch]);
      const proxy = stack.proxy(role, [required(app), disabled(batch)]);
      stack.target(proxy, instanceTarget(instance));
      stack.connects('orders', proxyId(proxy), 'app');
    },
  ],

  'network-aurora-postgresql-jsonencode': [
    { engine: 'aurora-postgresql' },
    (stack) => {
      const groups = network(stack);
      const cluster = stack.cluster({ vpcSecurityGroupIds: [groups.database.id], port: 13306 });
      const secret = stack.secret('app');
      const role = stack.role('proxy', 'rds.amazonaws.com');
      stack.reads(role, [secret]);
      const proxy = stack.proxy(role, [required(secret)], { vpcSecurityGroupIds: [groups.proxy.id] });
      stack.target(proxy, clusterTarget(cluster));
      stack.connects('orders', proxyId(proxy), 'app');
    },
  ],

  // The argument is set by an escape hatch, as with bindings that do not know it yet.
  'end-to-end-aurora-postgresql-document-flat': [
    { engine: 'aurora-postgresql', write: 'document', roleBy: 'id' },
    (stack) => {
      const cluster = stack.cluster();
      const role = stack.role('proxy', 'rds.amazonaws.com');
      stack.policy('proxy_secrets', role, [
        { actions: ['rds-db:connect'], resources: [`${dbuser}:${cluster.clusterResourceId}/app`] },
      ]);
      const proxy = stack.proxy(role, []);
      proxy.addOverride('default_auth_scheme', 'IAM_AUTH');
      stack.target(proxy, clusterTarget(cluster));
      stack.connects('orders', proxyId(proxy), 'app');
    },
  ],

  'password-mariadb-jsonencode-for-each': [
    { engine: 'mariadb' },
    (stack) => {
      const instance = stack.instance({ iamDatabaseAuthenticationEnabled: false });
      const credentials = named(
        new TerraformLocal(stack, 'credentials', { app: { username: 'app', password: 'canary-app-71aa' } }),
        'credentials',
      );
      const each = TerraformIterator.fromMap(Token.asAnyMap(credentials.expression));
      const secret = named(new SecretsmanagerSecret(stack, 'secret', { forEach: each, name: `orders/${each.key}` }), 'user');
      named(
        new SecretsmanagerSecretVersion(stack, 'version', {
          forEach: each,
          secretId: '${aws_secretsmanager_secret.user[each.key].id}',
          secretString: Fn.jsonencode(each.value),
        }),
        'user',
      );
      const role = stack.role('proxy', 'rds.amazonaws.com');
      const secrets = TerraformIterator.fromResources(secret);
      stack.policy('proxy_secrets', role, [
        {
          actions: ['secretsmanager:GetSecretValue'],
          resources: [Token.asString(Fn.lookupNested(secret.fqn, ['"app"', 'arn']))],
        },
      ]);
      const auth = secrets.dynamic({ auth_scheme: 'SECRETS', iam_auth: 'DISABLED', secret_arn: secrets.getString('arn') });
      const proxy = stack.proxy(role, auth, { requireTls: false });
      stack.target(proxy, instanceTarget(instance));
    },
  ],
};

const app = new App({ outdir: process.argv[2] });
for (const [name, [options, build]] of Object.entries(stacks)) build(new Stack(app, name, options));
app.synth();
