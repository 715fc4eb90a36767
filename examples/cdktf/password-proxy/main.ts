import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { DatabaseNetwork, DatabaseUser, PasswordDatabase, PasswordProxy } from 'rds-auth-policy/cdktf';
import { SecretsEndpoint } from '../secrets-endpoint';
import { Service } from '../service';

/** Two services log in to SQL Server through a proxy, each with the password in its own secret. */
class Orders extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-west-1' });

    const network = new DatabaseNetwork(this, 'network', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
    const database = new PasswordDatabase(this, 'database', {
      name: 'orders',
      engine: 'sqlserver-se',
      engineVersion: '15.00',
      instanceClass: 'db.m6i.large',
      allocatedStorage: 100,
      instance: { licenseModel: 'license-included' },
      network,
    });
    const users = ['orders', 'invoices'] as const;
    const proxy = new PasswordProxy(this, 'proxy', { name: 'orders', database, users, secretsKey: 'create' });

    const services = users.map((user) => {
      new DatabaseUser(this, `user-${user}`, { proxy, user, output: true });
      const service = new Service(this, user, { network, connection: proxy.connection(user), to: proxy });
      proxy.grantReadSecret(service.role, user);
      proxy.allowFrom(user, { securityGroupId: service.securityGroupId });
      return service;
    });
    new SecretsEndpoint(this, 'secrets', { network, from: services });
  }
}

const app = new App();
new Orders(app, 'orders');
app.synth();
