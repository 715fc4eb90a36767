import { type LookupAddress, lookup } from 'node:dns';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { type LookupFunction, isIP } from 'node:net';
import { type AllowedHost, isAllowed, isLinkLocal, isPrivate } from './addresses.ts';
import { codeOf } from './error-words.ts';

export type Outgoing = {
  readonly method: 'GET' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly hosts: readonly AllowedHost[];
  readonly signal: AbortSignal;
};

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** To be read or destroyed. */
  readonly body: IncomingMessage;
};

/** Of silence. */
const idleMilliseconds = 30_000;

/**
 * One request over https. It follows no redirect. Where a name leads is looked at when the connection is made, so that no
 * name can lead to one place when it is checked and to another when it is used. Rejects with a code, never with an address.
 */
export const send = ({ method, url, headers, body, hosts, signal }: Outgoing): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const target = new URL(url);
    const mayBePrivate = isAllowed(target, hosts);
    const bare = target.hostname.replace(/^\[|\]$/g, '');
    // For a bare address nothing is looked up.
    if (isIP(bare) !== 0 && !mayReach(bare, mayBePrivate)) return reject(new NotSent('EPRIVATE'));
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const outgoing = request(
      target,
      {
        method,
        headers: { ...headers, ...length },
        agent: false,
        lookup: lookupOf(mayBePrivate),
        timeout: idleMilliseconds,
        signal,
      },
      (answer) => {
        answer.on('error', () => outgoing.destroy());
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: answer });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new NotSent('ETIMEDOUT')));
    outgoing.on('error', (error) => reject(error instanceof NotSent ? error : new NotSent(codeOf(error))));
    outgoing.end(body);
  });

/** A request without an answer. Messages of Node quote names and addresses: only their code is kept. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

const mayReach = (address: string, mayBePrivate: boolean): boolean =>
  !isLinkLocal(address) && (mayBePrivate || !isPrivate(address));

const lookupOf =
  (mayBePrivate: boolean): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: readonly LookupAddress[] = []) => {
      if (error !== null) return callback(error, '', 0);
      const addresses = found.filter(({ address }) => mayReach(address, mayBePrivate));
      const [first] = addresses;
      if (first === undefined) return callback(new NotSent('EPRIVATE'), '', 0);
      if (options.all) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };

/** Reads an answer away, so that its connection ends; what is long is not waited for. */
export const discard = ({ body }: Answer): void => {
  body.resume();
  setTimeout(() => body.destroy(), 5_000).unref();
};
