import type { Connection } from '../../model/connection.ts';
import type { Guide, GuideFact } from '../../model/guide.ts';
import { waysToDecideOne } from '../undecided.ts';

const words: Readonly<Record<GuideFact['kind'], (names: string, isProxy: boolean) => string>> = {
  'custom-dns': (names, isProxy) =>
    isProxy
      ? `${names} stands for the endpoint: a proxy's certificate names only the endpoint itself, so TLS that verifies the name fails under another, and a token must be made for the endpoint's own name.`
      : `${names} stands for the endpoint: a token must be made for the endpoint's own name, and TLS that verifies the name fails under another.`,
  'few-addresses': (names) =>
    `A proxy takes 10 to 110 addresses in its subnets, more for larger databases; ${names} cannot spare 110 (event RDS-EVENT-0243, target state PENDING_PROXY_CAPACITY).`,
  'global-secondary': (names) =>
    `${names} is a secondary of a global database: through the proxy's read/write endpoint every login fails there; read through a READ_ONLY endpoint, and write through a proxy of the primary.`,
  'master-secret-rotates': (names) =>
    `RDS changes the password of the master user of ${names} every 7 days: read it from the secret at each login, and copy it nowhere.`,
  'other-vpc': (names) =>
    `${names} runs in another VPC than the proxy: it reaches the proxy through an aws_db_proxy_endpoint in its own VPC.`,
  'proxy-endpoint': (names) =>
    `The same login works at ${names}: make the token for the host name of that endpoint; IAM asks for nothing more.`,
  'small-class': (names) =>
    `IAM authentication takes 300 to 1000 MiB of memory, and ${names} has little: watch FreeableMemory.`,
};

const rate = 'At most 200 new IAM connections a second: keep connections open, in a pool.';

/** What else to know of a connection, where the pieces are in view. */
export const factNotes = (connection: Connection, { facts }: Guide): readonly string[] => {
  const { path, proxy } = connection;
  return [
    ...facts.map(({ kind, addresses }) => words[kind](addresses.join(', '), proxy !== null)),
    ...(path === 'iam-rds' || path === 'iam-proxy-iam-rds' ? [rate] : []),
    ...waysToDecideOne(connection),
  ];
};
