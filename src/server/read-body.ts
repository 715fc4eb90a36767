import type { IncomingMessage } from 'node:http';

/** `busy`: there is no room for it now. `aborted`: whoever sent it went away. */
export type BodyRead = Buffer | 'too large' | 'busy' | 'aborted';

export type BodyLimits = {
  /** Bytes of one body. */
  readonly largest: number;
  /** Bytes of all that are being read at a time: nobody has shown a signature yet. */
  readonly together: number;
};

/** Reads bodies within limits. What is too large is not read to its end. */
export const createBodyReader = ({
  largest,
  together,
}: BodyLimits): ((request: IncomingMessage) => Promise<BodyRead>) => {
  let held = 0;
  const refusalOf = (length: number): 'too large' | 'busy' | null => {
    if (length > largest) return 'too large';
    return held > together ? 'busy' : null;
  };
  const collect = async (request: IncomingMessage, chunks: Buffer[]): Promise<BodyRead> => {
    let length = 0;
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk);
      length += chunk.length;
      held += chunk.length;
      const refusal = refusalOf(length);
      if (refusal !== null) return refusal;
    }
    return Buffer.concat(chunks);
  };
  return async (request) => {
    if (Number(request.headers['content-length']) > largest) return 'too large';
    const chunks: Buffer[] = [];
    try {
      return await collect(request, chunks);
    } catch (error) {
      if (!request.complete) return 'aborted';
      throw error;
    } finally {
      held -= chunks.reduce((sum, { length }) => sum + length, 0);
    }
  };
};
