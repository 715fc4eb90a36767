import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { DatabaseNetwork, PasswordDatabase } from 'rds-auth-policy/cdktf';
import { Service } from '../service';
import { SecretsEndpoint } from '../secrets-endpoint';

/** Migrations log in to MySQL as its master user, whose password RDS keeps in a secret and rotates. */
class Orders extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-west-1' });

    const network = new DatabaseNetwork(this, 'network', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
    const database = new PasswordDatabase(this, 'database', {
      name: 'orders',
      engine: 'mysql',
      engineVersion: '8.0.40',
      instanceClass: 'db.t4g.medium',
      allocatedStorage: 20,
      masterUsername: 'orders_admin',
      masterSecretRotationDays: 7,
      network,
    });

    const connection = { ...database.passwordConnection('orders_admin'), secretArn: database.masterSecretArn };
    const migrations = new Service(this, 'migrations', { network, connection, to: database });
    new SecretsEndpoint(this, 'secrets', { network, from: [migrations] });
    new IamRolePolicy(this, 'read-secret', {
      name: 'read-secret',
      role: migrations.role.name,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: database.masterSecretArn }],
      }),
    });
    database.allowFrom('migrations', { securityGroupId: migrations.securityGroupId });
  }
}

const app = new App();
new Orders(app, 'orders');
app.synth();
