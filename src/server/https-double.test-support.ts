import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AllowedHost } from './addresses.ts';
import { makeCertificate } from './hcp-double.test-support.ts';

/** The answer to the nth request, from 0. */
export type Step = (request: IncomingMessage, response: ServerResponse) => void;

export type HttpsDouble = {
  readonly origin: string;
  readonly host: AllowedHost;
  /** What it does from now on; the last step is repeated. */
  readonly script: (...steps: readonly Step[]) => void;
  /** Method, path and token of each request since. */
  readonly asked: readonly string[];
  readonly close: () => void;
};

/** A server whose certificate requests of this process trust, as they would by NODE_EXTRA_CA_CERTS. */
export const startHttps = async (): Promise<HttpsDouble> => {
  const folder = mkdtempSync(join(tmpdir(), 'https-'));
  const certificate = makeCertificate(folder);
  const [cert, key] = [readFileSync(certificate.cert), readFileSync(certificate.key)];
  rmSync(folder, { recursive: true });
  const before = https.globalAgent;
  // Requests without an agent of their own make a new one of its class.
  https.globalAgent = new (class extends https.Agent {
    constructor() {
      super({ ca: cert });
    }
  })();
  let steps: readonly Step[] = [];
  const asked: string[] = [];
  const server = https.createServer({ cert, key }, (request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? 'without a token'}`);
    request.resume();
    (steps[asked.length - 1] ?? steps.at(-1))?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${port}`,
    host: { hostname: 'localhost', port: String(port) },
    script: (...next) => {
      steps = next;
      asked.length = 0;
    },
    asked,
    close: () => {
      https.globalAgent = before;
      server.close();
      server.closeAllConnections();
    },
  };
};

/** Answers with a status; what is tried again is tried soon. */
export const answer =
  (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Step =>
  (_, response) =>
    void response.writeHead(status, { 'retry-after': '0', ...headers }).end(body);

/** Ends the connection without an answer. */
export const reset: Step = (request) => void request.socket.destroy();
