import { expect, test } from '@jest/globals';
import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { DatabaseNetwork } from './network.ts';

const subnetsOf = (make: (stack: TerraformStack) => { readonly cidrBlock?: string }): readonly unknown[] => {
  const stack = new TerraformStack(new App(), 'stack');
  new DatabaseNetwork(stack, 'network', { ...make(stack), availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
  const { resource } = JSON.parse(Testing.synth(stack));
  return Object.values<{ readonly cidr_block: unknown }>(resource['aws_subnet']).map((subnet) => subnet.cidr_block);
};

test.each<[string, Parameters<typeof subnetsOf>[0], readonly string[]]>([
  ['of its own', () => ({}), ['${cidrsubnet("10.0.0.0/16", 4, 0)}', '${cidrsubnet("10.0.0.0/16", 4, 1)}']],
  [
    'of a token',
    (stack) => ({ cidrBlock: new TerraformVariable(stack, 'cidr', {}).stringValue }),
    ['${cidrsubnet(var.cidr, 4, 0)}', '${cidrsubnet(var.cidr, 4, 1)}'],
  ],
])('subnets are parts of the addresses %s', (_, make, expected) => {
  expect(subnetsOf(make)).toEqual(expected);
});
