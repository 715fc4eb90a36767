import { BlockList, isIP } from 'node:net';
import type { Task } from './task.ts';

/** A host that requests may name. */
export type AllowedHost = {
  /** As `URL` writes it: lower case, IPv6 in brackets. */
  readonly hostname: string;
  /** Empty for 443. */
  readonly port: string;
};

/** `HOST` or `HOST:PORT`; null for anything else, such as patterns and lists, which no name would ever match. */
export const readHost = (text: string): AllowedHost | null => {
  const url = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(text) ? parse(`https://${text}`) : null;
  if (url === null || url.hostname === '') return null;
  return { hostname: url.hostname, port: url.port };
};

const paths = {
  plan_json_api_url: /^\/api\/v2\/plans\//,
  configuration_version_download_url: /^\/api\/v2\/configuration-versions\//,
  task_result_callback_url: /^\/api\/v2\/task-results\//,
} as const;

export type AddressName = keyof typeof paths;

/** Null for an address that the token of a task may be sent to; else a sentence, which does not quote the address. */
export const addressFault = (name: AddressName, address: string, hosts: readonly AllowedHost[]): string | null => {
  const url = parse(address);
  // Readers differ in what they make of these, and none belongs there.
  if (url === null || /[\\\s\p{Cc}]/u.test(address)) return `${name} is not an address.`;
  if (url.protocol !== 'https:') return `${name} is not an https address.`;
  if (url.username !== '' || url.password !== '') return `${name} has a user name or a password in it.`;
  const named = hosts.filter(({ hostname }) => hostname === url.hostname);
  if (named.length === 0) return `${name} is on a host that is not allowed here: see --allow-host.`;
  if (!named.some(({ port }) => port === url.port)) return `${name} has a port that is not allowed here.`;
  // Whoever decodes them finds another path.
  const isPlain = !/%2f|%5c/i.test(url.pathname);
  return isPlain && paths[name].test(url.pathname) ? null : `${name} is not an address of that kind in the API.`;
};

/** Null when all addresses of a task are right and on one host. */
export const addressesFault = (task: Task, hosts: readonly AllowedHost[]): string | null => {
  const given = [
    ['task_result_callback_url', task.callbackUrl],
    ['plan_json_api_url', task.planUrl],
    ['configuration_version_download_url', task.configurationUrl],
  ] as const;
  const addresses = given.flatMap(([name, address]) => (address === null ? [] : [{ name, address }]));
  const faults = addresses.flatMap(({ name, address }) => addressFault(name, address, hosts) ?? []);
  if (faults[0] !== undefined) return faults[0];
  const found = new Set(addresses.map(({ address }) => new URL(address).host));
  return found.size === 1 ? null : 'The addresses of this request are on different hosts.';
};

/** Where a redirect may lead: whoever answers may name a host of their own, but not one inside of this network. */
export const redirectFault = (address: string, hosts: readonly AllowedHost[]): string | null => {
  const url = parse(address);
  if (url === null || url.protocol !== 'https:') return 'A redirect does not lead to an https address.';
  if (url.username !== '' || url.password !== '') return 'A redirect leads to an address with a user name in it.';
  if (isAllowed(url, hosts)) return null;
  if (url.port !== '') return 'A redirect leads to a port that is not allowed here.';
  return isPrivateName(url.hostname) ? privateFault : null;
};

const privateFault = 'The address leads into a private network: name that host with --allow-host if it is meant.';

/** Only a host that was named may be in a private network. */
export const isAllowed = ({ hostname, port }: URL, hosts: readonly AllowedHost[]): boolean =>
  hosts.some((host) => host.hostname === hostname && host.port === port);

const isPrivateName = (hostname: string): boolean => {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return isIP(bare) === 0 ? /(^|\.)(localhost|local|internal)$/.test(bare) : isPrivate(bare);
};

// The registries of special addresses of IANA, and what clouds have beside them.
const privateV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Of Azure: hosts ask it for their credentials.
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

const privateV6 = [
  // With an address of IPv4 in its end, or none.
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  // Teredo.
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;

type Networks = readonly (readonly [network: string, prefix: number])[];

/** Prefixes behind which the end of an address is one of IPv4: as such, mapped, translated (RFC 6052, RFC 6145). */
const embedding = ['::', '::ffff:0:', '64:ff9b::'] as const;

const listOf = (v4: Networks, v6: Networks): BlockList => {
  const list = new BlockList();
  for (const [network, prefix] of v4) {
    list.addSubnet(network, prefix, 'ipv4');
    for (const before of embedding) list.addSubnet(`${before}${network}`, 96 + prefix, 'ipv6');
  }
  for (const [network, prefix] of v6) list.addSubnet(network, prefix, 'ipv6');
  return list;
};

const blocked = listOf(privateV4, privateV6);

/** Loopback, private, link-local, multicast: whatever is not the public Internet. */
export const isPrivate = (address: string): boolean => {
  const family = isIP(address);
  return family === 0 || blocked.check(address, family === 4 ? 'ipv4' : 'ipv6');
};

const metadata = listOf(
  [
    ['100.100.100.200', 32],
    ['168.63.129.16', 32],
    ['169.254.0.0', 16],
    ['192.0.0.192', 32],
  ],
  [
    ['2002:a9fe::', 32],
    ['fd00:ec2::254', 128],
    ['fe80::', 10],
  ],
);

/** Where clouds hand out credentials: no name leads there, whoever allowed it. */
export const isLinkLocal = (address: string): boolean => metadata.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

const parse = (address: string): URL | null => {
  try {
    return new URL(address);
  } catch {
    return null;
  }
};
