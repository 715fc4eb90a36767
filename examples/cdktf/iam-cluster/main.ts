import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { DatabaseNetwork, DatabaseUser, IamCluster } from 'rds-auth-policy/cdktf';
import { Service } from '../service';

/** A service logs in to Aurora MySQL with an IAM token. */
class Orders extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-west-1' });

    const network = new DatabaseNetwork(this, 'network', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
    const cluster = new IamCluster(this, 'cluster', {
      name: 'orders',
      engine: 'aurora-mysql',
      engineVersion: '8.0.mysql_aurora.3.08.0',
      instanceClass: 'db.serverless',
      cluster: { serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 8 } },
      network,
    });
    new DatabaseUser(this, 'app', { database: cluster, user: 'app', output: true });

    const service = new Service(this, 'service', { network, connection: cluster.iamConnection('app'), to: cluster });
    cluster.grantConnect(service.role, 'app');
    cluster.allowFrom('service', { securityGroupId: service.securityGroupId });
  }
}

const app = new App();
new Orders(app, 'orders');
app.synth();
