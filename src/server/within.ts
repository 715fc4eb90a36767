/**
 * Does something that is told to end after some time, or with `other`. `AbortSignal.timeout` within `AbortSignal.any` may
 * never come: nobody but the timer knows of it, so that it is collected as garbage (nodejs/node#57736).
 */
export const within = async <T>(
  milliseconds: number,
  other: AbortSignal,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const ending = new AbortController();
  const abort = (): void => ending.abort();
  if (other.aborted) abort();
  other.addEventListener('abort', abort);
  const timer = setTimeout(abort, Math.max(0, milliseconds));
  try {
    return await act(ending.signal);
  } finally {
    clearTimeout(timer);
    other.removeEventListener('abort', abort);
  }
};
