import { type AllowedHost, redirectFault } from './addresses.ts';
import { type Answer, NotSent, discard, send } from './send.ts';
import { pauseAfter, wait } from './wait.ts';

export type Download = {
  /** What is downloaded, as it is called in sentences. */
  readonly what: string;
  readonly url: string;
  readonly token: string;
  readonly hosts: readonly AllowedHost[];
  readonly largestBytes: number;
  /** Until when it is tried. */
  readonly signal: AbortSignal;
};

export type Downloaded =
  | { readonly ok: true; readonly bytes: AsyncIterable<Uint8Array> }
  /** A sentence without addresses, and whether there is none to be had. */
  | { readonly ok: false; readonly fault: string; readonly isAbsent: boolean };

const mostRedirects = 3;
const mostFailures = 6;

/**
 * Downloads with the token of a task: waits while there is nothing yet (204) and where the caller asks for it (429), and
 * begins anew where a temporary address is over. What it gives is still to be read, and throws beyond the limit.
 */
export const download = async (wanted: Download): Promise<Downloaded> => {
  for (let tries = 1, failures = 0; ; tries += 1) {
    const found = await attempt(wanted);
    if (found.kind === 'done') return found.result;
    failures += found.kind === 'failed' ? 1 : 0;
    if (failures >= mostFailures) return failed(`${wanted.what} could not be downloaded (${found.reason}).`);
    const turn = found.kind === 'failed' ? failures : tries;
    if (!(await wait(pauseAfter(turn, found.headers), wanted.signal)))
      return failed(`${wanted.what} could not be downloaded in time (${found.reason}).`);
  }
};

type Attempt =
  | { readonly kind: 'done'; readonly result: Downloaded }
  | { readonly kind: 'failed' | 'later'; readonly reason: string; readonly headers?: Answer['headers'] };

const attempt = async (wanted: Download): Promise<Attempt> => {
  const { hosts, signal, token } = wanted;
  const origin = new URL(wanted.url).origin;
  let url = wanted.url;
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const isSame = new URL(url).origin === origin;
    const headers = isSame ? { Authorization: `Bearer ${token}`, 'Content-Type': 'application/vnd.api+json' } : {};
    const answer = await trySend({ method: 'GET', url, headers: { ...headers, Accept: '*/*' }, hosts, signal });
    if (typeof answer === 'string') return answer === 'EPRIVATE' ? refused(wanted) : later('failed', answer);
    const next = redirectOf(answer, url);
    if (next === null) return judge(answer, wanted, hops > 0);
    discard(answer);
    const fault = redirectFault(next, hosts);
    if (fault !== null) return { kind: 'done', result: failed(`${wanted.what} could not be downloaded. ${fault}`) };
    url = next;
  }
  return { kind: 'done', result: failed(`${wanted.what} could not be downloaded: too many redirects.`) };
};

const trySend = async (outgoing: Parameters<typeof send>[0]): Promise<Answer | string> => {
  try {
    return await send(outgoing);
  } catch (error) {
    if (error instanceof NotSent) return error.message;
    throw error;
  }
};

const refused = ({ what }: Download): Attempt => ({
  kind: 'done',
  result: failed(`${what} could not be downloaded: its address leads into a private network (see --allow-host).`),
});

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const redirectOf = ({ status, headers }: Answer, url: string): string | null => {
  const { location } = headers;
  if (!redirects.has(status) || location === undefined) return null;
  try {
    return new URL(location, url).href;
  } catch {
    return 'invalid:';
  }
};

const judge = (answer: Answer, wanted: Download, isRedirected: boolean): Attempt => {
  const { status, headers, body } = answer;
  if (status === 200) return { kind: 'done', result: { ok: true, bytes: limited(body, wanted) } };
  discard(answer);
  if (status === 204) return { ...later('later', 'it is not there yet'), headers };
  if (status === 429) return { ...later('later', 'status 429'), headers };
  // A temporary address is good for a minute; behind it nothing is said of the plan.
  if (status >= 500 || isRedirected) return { ...later('failed', `status ${status}`), headers };
  const result = failed(`${wanted.what} could not be downloaded: ${meaningOf(status)}.`, status === 404);
  return { kind: 'done', result };
};

const meaningOf = (status: number): string => {
  if (status === 401) return 'the token of the task is not valid any more (status 401)';
  if (status === 404) return 'there is none, or the token may not read it (status 404)';
  if (status === 422) return 'Terraform before 0.12 makes no such plan (status 422)';
  return `status ${status}`;
};

const later = (kind: 'failed' | 'later', reason: string): Extract<Attempt, { reason: string }> => ({ kind, reason });

const failed = (fault: string, isAbsent = false): Downloaded => ({ ok: false, fault, isAbsent });

/** Thrown while a download is read: a sentence for people. */
export class BrokenDownload extends Error {
  override readonly name = 'BrokenDownload';
}

async function* limited(body: Answer['body'], { what, largestBytes, signal }: Download): AsyncIterable<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > largestBytes) throw new BrokenDownload(`${what} is larger than ${mebibytes(largestBytes)} MiB.`);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof BrokenDownload) throw error;
    const reason = signal.aborted ? 'took too long' : 'ended before its end';
    throw new BrokenDownload(`The download of ${lower(what)} ${reason}.`);
  } finally {
    body.destroy();
  }
}

const mebibytes = (bytes: number): number => Math.round(bytes / (1 << 20));
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
