import type { Client } from './clients.ts';

/** What stands around the ways in, for whoever draws them. Addresses only: nothing of it is judged here. */
export type Surroundings = {
  readonly clients: readonly ClientPlace[];
  readonly endpoints: readonly EndpointPlace[];
};

/** A client in view, and the connections that it is for. */
export type ClientPlace = {
  readonly address: string;
  readonly kind: Client['kind'];
  /** Ids of connections. */
  readonly connections: readonly string[];
  /** Address of the additional endpoint of a proxy that it is told of; null where it is told of none. */
  readonly endpoint: string | null;
};

/** An additional endpoint of a proxy in view (`aws_db_proxy_endpoint`). */
export type EndpointPlace = {
  readonly address: string;
  /** Address of the proxy. */
  readonly proxy: string;
  /** `READ_WRITE` is what AWS makes of an argument that is not set; null where it is known after apply. */
  readonly targetRole: string | null;
};
