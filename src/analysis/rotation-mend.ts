import { partitionOf } from '../iam/arn-target.ts';
import type { RotationFunction, Secret } from '../model/auth-model.ts';
import { literal } from '../model/value.ts';
import { inModuleOf, reachNote, sharedNote } from './expressions.ts';
import { addTo, freeName, instanceName, nameOf, quoted, step, steps } from './mend-blocks.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { World } from './world.ts';

/** The functions that AWS offers for a database user of its own. Source: Secrets Manager, rotation function templates. */
const templates = new Map([
  ['MYSQL', 'MySQL'],
  ['POSTGRESQL', 'PostgreSQL'],
  ['SQLSERVER', 'SQLServer'],
]);

const templateFor = ({ proxy, target }: ProxyFacts): string | undefined => {
  const isMariadb = target?.kind === 'database' && literal(target.facts.database.engine) === 'mariadb';
  const engine = isMariadb ? 'MariaDB' : templates.get(literal(proxy.engineFamily) ?? '');
  return engine === undefined ? undefined : `SecretsManagerRDS${engine}RotationSingleUser`;
};

/** A function that AWS offers, in the network of the proxy, and the rotation by it. */
export const rotationMend = (world: World, facts: ProxyFacts, secret: Secret): string => {
  const template = templateFor(facts);
  if (template === undefined) {
    return `Give ${secret.address} an aws_secretsmanager_secret_rotation, by a function that leaves the user as it is.`;
  }
  const region = literal(secret.region) ?? '${data.aws_region.current.region}';
  const suffix = partitionOf(literal(secret.region)) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const name = freeName(
    world.model.secretRotations,
    'aws_secretsmanager_secret_rotation',
    instanceName(secret.address),
  );
  const rotator = `${name}_rotation`;
  const network = inModuleOf(secret.address, facts.proxy.address);
  const note = reachNote(secret.address, facts.proxy.address, 'vpc_subnet_ids and vpc_security_group_ids');
  const [version] = world.versions.of(secret.id);
  const [there] = world.rotations.of(secret.id);
  const made = `aws_serverlessapplicationrepository_cloudformation_stack.${rotator}.outputs.RotationLambdaARN`;
  return steps(
    step(`${addTo(secret.address)}${note}, and let the secret hold engine and host beside username and password`, [
      `resource "aws_serverlessapplicationrepository_cloudformation_stack" "${rotator}" {`,
      `  name           = "${nameOf(rotator).replaceAll('_', '-')}"`,
      `  application_id = "arn:aws:serverlessrepo:us-east-1:297356227824:applications/${template}"`,
      '  capabilities   = ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"]',
      '  parameters = {',
      `    functionName        = "${nameOf(rotator).replaceAll('_', '-')}"`,
      `    endpoint            = "https://secretsmanager.${region}.${suffix}"`,
      `    vpcSubnetIds        = join(",", ${network}.vpc_subnet_ids)`,
      `    vpcSecurityGroupIds = join(",", ${network}.vpc_security_group_ids)`,
      '  }',
      '}',
      ...(there === undefined ? rotationBlock(name, secret, made) : []),
    ]),
    there === undefined ? null : step(`and in ${there.address} write`, [`rotation_lambda_arn = ${made}`]),
    // What is write-only is not written again before its version changes, and cannot be ignored.
    version === undefined || version.hidden
      ? null
      : step(`and in ${version.address} write, for the function changes it from then on`, [
          'lifecycle {',
          '  ignore_changes = [secret_string]',
          '}',
        ]),
  );
};

const rotationBlock = (name: string, { address }: Secret, functionArn: string): readonly string[] => [
  `resource "aws_secretsmanager_secret_rotation" "${name}" {`,
  `  secret_id           = ${inModuleOf(address, address)}.id`,
  `  rotation_lambda_arn = ${functionArn}`,
  '  rotation_rules {',
  '    automatically_after_days = 30',
  '  }',
  '}',
];

/** Of the templates for two users; the first two are older names. Source: Secrets Manager, HostedRotationLambda. */
const superuserParameters = [
  'masterSecretArn',
  'masterSecretKmsKeyArn',
  'superuserSecretArn',
  'superuserSecretKmsKeyArn',
];

/** The template for one user in place of that for two, where it is one of AWS's. */
export const oneUserMend = (rotation: string, rotator: RotationFunction | null): string => {
  const [id] = rotator?.kind === 'application' ? rotator.names : [];
  const text = id === undefined ? undefined : literal(id);
  const single = text?.replace(/MultiUser$/, 'SingleUser');
  return rotator === null || single === undefined || single === text
    ? `Let ${rotation} rotate by a function that changes the password and leaves the user as it is, as the templates of AWS for a single user do.`
    : steps(
        step(`In ${rotator.address} write${sharedNote(rotator.address)}`, [`application_id = ${quoted(single)}`]),
        step('and take these, which it has no more, out of its parameters, where they are there', superuserParameters),
      );
};
