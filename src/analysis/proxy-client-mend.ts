import { literal } from '../model/value.ts';
import { connectResource, dataSourceStep, inModuleOf } from './expressions.ts';
import { unique } from './judgement.ts';
import { addTo, freeName, instanceName, step, steps } from './mend-blocks.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { World } from './world.ts';

/** A policy that lets whoever gets it connect through the proxy: who that is, only the reader knows. */
export const clientMend = (world: World, { proxy, auth }: ProxyFacts): string => {
  const users = unique(auth.filter(({ takesIam }) => takesIam !== false).flatMap(({ user }) => user ?? []));
  const place = { address: proxy.address, account: literal(proxy.account) };
  const endpoint = { kind: 'proxy', entity: proxy } as const;
  const arns = (users.length === 0 ? ['*'] : users).map((user) => `"${connectResource(endpoint, user, place)}"`);
  const name = freeName(world.model.policyCarriers, 'aws_iam_policy', `connects_to_${instanceName(proxy.address)}`);
  const policy = [
    `resource "aws_iam_policy" "${name}" {`,
    `  name = "${name}"`,
    '  policy = jsonencode({',
    '    Version = "2012-10-17"',
    '    Statement = [{',
    '      Effect   = "Allow"',
    '      Action   = "rds-db:connect"',
    `      Resource = [${arns.join(', ')}]`,
    '    }]',
    '  })',
    '}',
  ];
  return steps(
    step(addTo(proxy.address), policy),
    ...dataSourceStep(arns.join()),
    `and attach ${inModuleOf(proxy.address, `aws_iam_policy.${name}`)} to the role of each client.`,
    'Or, where the login is granted elsewhere, give the plan or state that grants it with --context.',
  );
};
