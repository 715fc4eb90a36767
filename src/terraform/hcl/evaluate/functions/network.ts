import type { Symbolic } from '../../symbolic.ts';
import { failure, list, lost, scalar } from '../../values.ts';
import { readInteger } from '../scalars.ts';
import { type Network, addressText, parseNetwork } from './addresses.ts';
import { at, withNumbers, withTexts } from './arguments.ts';
import { type FunctionTable, whole } from './context.ts';

const withNetwork = (
  args: readonly Symbolic[],
  use: (network: Network, ...numbers: readonly number[]) => Symbolic,
): Symbolic =>
  withTexts([at(args, 0)], (text = '') => {
    // Addresses of the one kind written as the other, which Terraform reads in its own way.
    if (text.includes(':') && text.includes('.')) return lost('cidr');
    const network = parseNetwork(text);
    if (network === null || args.slice(1).some((arg) => readInteger(arg) === 'wrong')) return failure('cidr');
    return withNumbers(args.slice(1), (...numbers) => use(network, ...numbers));
  });

const networkText = ({ address, bits, length }: Network): string => `${addressText(address, bits)}/${length}`;

const subnet = (network: Network, newBits = 0, number = 0): Symbolic => {
  const length = network.length + newBits;
  // Refused, or not, as the version of Terraform has it.
  if (newBits < 0 || number < 0) return lost('cidrsubnet()');
  if (length > network.bits || BigInt(number) >= 1n << BigInt(newBits)) {
    return failure('cidrsubnet()');
  }
  const address = network.address + (BigInt(number) << BigInt(network.bits - length));
  return scalar(networkText({ ...network, address, length }));
};

/** Negative numbers count from the end. */
const host = (network: Network, number = 0): Symbolic => {
  const size = 1n << BigInt(network.bits - network.length);
  const offset = number < 0 ? size + BigInt(number) : BigInt(number);
  if (offset < 0n || offset >= size) return failure('cidrhost()');
  return scalar(addressText(network.address + offset, network.bits));
};

const netmask = ({ bits, length }: Network): Symbolic => {
  if (bits !== 32) return failure('cidrnetmask()');
  return scalar(addressText(((1n << BigInt(length)) - 1n) << BigInt(32 - length), 32));
};

/** One after the other, each where its size lets it begin. */
const subnets = (network: Network, ...newBits: readonly number[]): Symbolic => {
  // Terraform has an error here that it should not have.
  if (network.length === 0 && newBits.length > 0) return lost('cidrsubnets()');
  const end = network.address + (1n << BigInt(network.bits - network.length));
  const texts: string[] = [];
  let next = network.address;
  for (const bits of newBits) {
    const length = network.length + bits;
    if (bits < 1 || length > network.bits) return failure('cidrsubnets()');
    const size = 1n << BigInt(network.bits - length);
    const address = ((next + size - 1n) / size) * size;
    if (address + size > end) return failure('cidrsubnets()');
    texts.push(networkText({ ...network, address, length }));
    next = address + size;
  }
  return list(texts.map(scalar), 'list');
};

export const networkFunctions: FunctionTable = {
  cidrsubnet: whole(3, 3, (args) => withNetwork(args, subnet)),
  cidrhost: whole(2, 2, (args) => withNetwork(args, host)),
  cidrnetmask: whole(1, 1, (args) => withNetwork(args, netmask)),
  cidrsubnets: whole(1, Number.POSITIVE_INFINITY, (args) => withNetwork(args, subnets)),
};
