import { type AllowedHost, redirectFault } from './addresses.ts';
import { type Answer, NotSent, discard, send } from './send.ts';
import { pauseAfter, wait } from './wait.ts';
import { within } from './within.ts';

export type Download = {
  /** What is downloaded, as it is called in sentences. */
  readonly what: string;
  readonly url: string;
  readonly token: string;
  readonly hosts: readonly AllowedHost[];
  readonly largestBytes: number;
  /** Until when it is tried. */
  readonly signal: AbortSignal;
  readonly patience?: Patience;
};

type Patience = {
  /** Milliseconds for which it is asked again whether there is something (204), or may be asked for (429). */
  readonly waiting: number;
  /** Milliseconds for all, however slowly something comes. */
  readonly whole: number;
};

export type Downloaded<T> =
  | { readonly ok: true; readonly value: T }
  /** A sentence without addresses. */
  | { readonly ok: false; readonly fault: string; readonly isTooLarge: boolean };

const mostRedirects = 3;
const mostFailures = 6;
const usualPatience: Patience = { waiting: 10 * 60_000, whole: 15 * 60_000 };

/**
 * Downloads with the token of a task: waits while there is nothing yet (204) and where the caller asks for it (429), and
 * begins anew where a temporary address is over, or where what comes breaks off. `read` gets the bytes of each try: what
 * an earlier one has left is to be replaced.
 */
export const download = <T>(wanted: Download, read: Read<T>): Promise<Downloaded<T>> => {
  const { patience = usualPatience } = wanted;
  return within(patience.whole, wanted.signal, (signal) => insist(wanted, { signal, patience }, read));
};

type Limits = { readonly signal: AbortSignal; readonly patience: Patience };

const insist = async <T>(wanted: Download, { signal, patience }: Limits, read: Read<T>): Promise<Downloaded<T>> => {
  const { what } = wanted;
  const lastWait = Date.now() + patience.waiting;
  for (let tries = 1, failures = 0; ; tries += 1) {
    const found = await attempt({ ...wanted, signal }, read);
    if (found.kind === 'done') return found.result;
    failures += found.kind === 'failed' ? 1 : 0;
    const when = whenOver(found, { tries, failures, lastWait, patience });
    if (typeof when === 'string') return failed(`${what} could not be downloaded${when} (${found.reason}).`);
    if (await wait(when, signal)) continue;
    const late = wanted.signal.aborted ? ' in time' : inMinutes(patience.whole);
    return failed(`${what} could not be downloaded${late} (${found.reason}).`);
  }
};

type Turn = {
  readonly tries: number;
  readonly failures: number;
  readonly lastWait: number;
  readonly patience: Patience;
};

/** The pause before the next try; where there is none, words for how long it was tried. */
const whenOver = ({ kind, headers }: Unfinished, { tries, failures, lastWait, patience }: Turn): number | string => {
  if (kind === 'failed') return failures >= mostFailures ? '' : pauseAfter(failures, headers);
  const pause = pauseAfter(tries, headers);
  return Date.now() + pause > lastWait ? inMinutes(patience.waiting) : pause;
};

const inMinutes = (milliseconds: number): string => ` within ${Math.round(milliseconds / 60_000)} minutes`;

type Attempt<T> = { readonly kind: 'done'; readonly result: Downloaded<T> } | Unfinished;

type Unfinished = {
  readonly kind: 'failed' | 'later';
  readonly reason: string;
  readonly headers?: Answer['headers'] | undefined;
};

type Read<T> = (bytes: AsyncIterable<Uint8Array>) => Promise<T>;

const attempt = async <T>(wanted: Download, read: Read<T>): Promise<Attempt<T>> => {
  const reached = await reach(wanted);
  if ('kind' in reached) return reached;
  return reached.answer.status === 200 ? take(reached.answer, wanted, read) : judge(reached, wanted);
};

type Reached = { readonly answer: Answer; readonly isRedirected: boolean };

const tooSlow = 'it came too slowly';

/** The answer behind all redirects. */
const reach = async (wanted: Download): Promise<Reached | Attempt<never>> => {
  const { hosts, signal } = wanted;
  let url = wanted.url;
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const answer = await trySend({ method: 'GET', url, headers: headersFor(url, wanted), hosts, signal });
    if (answer === 'EPRIVATE') return refused(wanted);
    if (typeof answer === 'string') return { kind: 'failed', reason: signal.aborted ? tooSlow : answer };
    const next = redirectOf(answer, url);
    if (next === null) return { answer, isRedirected: hops > 0 };
    discard(answer);
    const fault = redirectFault(next, hosts);
    if (fault !== null) return done(`${wanted.what} could not be downloaded. ${fault}`);
    url = next;
  }
  return done(`${wanted.what} could not be downloaded: too many redirects.`);
};

/** The token goes where the request has named, and nowhere else. */
const headersFor = (url: string, wanted: Download): Readonly<Record<string, string>> =>
  new URL(url).origin === new URL(wanted.url).origin
    ? { Accept: '*/*', Authorization: `Bearer ${wanted.token}`, 'Content-Type': 'application/vnd.api+json' }
    : { Accept: '*/*' };

const trySend = async (outgoing: Parameters<typeof send>[0]): Promise<Answer | string> => {
  try {
    return await send(outgoing);
  } catch (error) {
    if (error instanceof NotSent) return error.message;
    throw error;
  }
};

const refused = ({ what }: Download): Attempt<never> =>
  done(`${what} could not be downloaded: its address leads into a private network (see --allow-host).`);

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

const judge = ({ answer, isRedirected }: Reached, { what }: Download): Attempt<never> => {
  const { status, headers } = answer;
  discard(answer);
  if (status === 204) return { kind: 'later', reason: 'it is not there yet', headers };
  if (status === 429) return { kind: 'later', reason: 'status 429', headers };
  // A temporary address is good for a minute; behind it nothing is said of the plan.
  if (status >= 500 || isRedirected) return { kind: 'failed', reason: `status ${status}`, headers };
  return done(`${what} could not be downloaded: ${meaningOf(status)}.`);
};

const meaningOf = (status: number): string => {
  if (status === 401) return 'the token of the task is not valid any more (status 401)';
  if (status === 404) return 'there is none, or the token may not read it (status 404)';
  if (status === 422) return 'Terraform before 0.12 makes no such plan (status 422)';
  return `status ${status}`;
};

const failed = (fault: string, isTooLarge = false): Downloaded<never> => ({ ok: false, fault, isTooLarge });

const done = (fault: string, isTooLarge = false): Attempt<never> => ({
  kind: 'done',
  result: failed(fault, isTooLarge),
});

/** Whatever `read` makes of bytes that broke off, they were not all. */
const take = async <T>(
  { body }: Answer,
  { what, largestBytes, signal }: Download,
  read: Read<T>,
): Promise<Attempt<T>> => {
  const limited = limit(body, largestBytes);
  try {
    const value = await read(limited.bytes);
    if (limited.end() === 'whole') return { kind: 'done', result: { ok: true, value } };
  } catch (error) {
    if (limited.end() === 'whole') throw error;
  } finally {
    body.destroy();
  }
  if (limited.end() === 'too large') return done(`${what} is larger than ${mebibytes(largestBytes)} MiB.`, true);
  return { kind: 'failed', reason: signal.aborted ? tooSlow : 'it broke off' };
};

type Limited = {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** What has become of the bytes so far; `whole` as well where they were not read to their end. */
  readonly end: () => 'whole' | 'broken' | 'too large';
};

const limit = (body: Answer['body'], largestBytes: number): Limited => {
  let end: ReturnType<Limited['end']> = 'whole';
  async function* read(): AsyncIterable<Uint8Array> {
    let bytes = 0;
    try {
      for await (const chunk of body) {
        bytes += chunk.length;
        if (bytes > largestBytes) {
          end = 'too large';
          throw new Error(end);
        }
        yield chunk;
      }
    } catch (error) {
      if (end === 'whole') end = 'broken';
      throw error;
    }
  }
  return { bytes: read(), end: () => end };
};

const mebibytes = (bytes: number): number => Math.round(bytes / (1 << 20));
