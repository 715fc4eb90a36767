import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { DatabaseUser, EndToEndIamProxy, IamCluster } from 'rds-auth-policy/cdktf';
import { Service } from '../service';

/** A service logs in with an IAM token, and the proxy with one of its own, in a network that another stack has made. */
class Orders extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-west-1' });

    const network = {
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-1b2c3d4e5f607182a'],
    };
    const database = new IamCluster(this, 'cluster', {
      name: 'orders',
      engine: 'aurora-postgresql',
      engineVersion: '16.4',
      instanceClass: 'db.r6g.large',
      network,
      tags: { Team: 'orders' },
    });
    const proxy = new EndToEndIamProxy(this, 'proxy', { name: 'orders', database, users: ['app'], tags: { Team: 'orders' } });
    new DatabaseUser(this, 'app', { proxy, user: 'app', output: true });

    const service = new Service(this, 'service', { network, connection: proxy.connection('app'), to: proxy });
    proxy.grantConnect(service.role, 'app');
    proxy.allowFrom('service', { securityGroupId: service.securityGroupId });
  }
}

const app = new App();
new Orders(app, 'orders');
app.synth();
