import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { DatabaseNetwork, DatabaseUser, IamProxy, PasswordDatabase } from 'rds-auth-policy/cdktf';
import { Service } from '../service';

/** A service logs in with an IAM token; the proxy logs in to PostgreSQL with a password that no plan and no state holds. */
class Orders extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-west-1' });

    const network = new DatabaseNetwork(this, 'network', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
    const database = new PasswordDatabase(this, 'database', {
      name: 'orders',
      engine: 'postgres',
      engineVersion: '16.4',
      instanceClass: 'db.t4g.medium',
      allocatedStorage: 20,
      network,
    });
    const proxy = new IamProxy(this, 'proxy', { name: 'orders', database, users: ['app'] });
    new DatabaseUser(this, 'app', { proxy, user: 'app', output: true });

    const service = new Service(this, 'service', { network, connection: proxy.connection('app'), to: proxy });

    proxy.grantConnect(service.role, 'app');
    proxy.allowFrom('service', { securityGroupId: service.securityGroupId });
  }
}

const app = new App();
new Orders(app, 'orders');
app.synth();
