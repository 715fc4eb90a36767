import { setFlagsFromString } from 'node:v8';

/** Below this, in characters, the larger space costs more than it saves. */
const worthwhile = 1 << 20;

/** The last version that is known to have the flag: of one that it does not have, V8 complains to the user. */
const lastKnownV8 = 14;

/**
 * Makes room for what `JSON.parse` makes of a large text. Every object of it stays, and the collector copies each one
 * whenever the space for new objects is full, which begins at 1 MB and doubles. It takes the largest size at once instead.
 */
export const makeRoomFor = (text: string): void => {
  const [version] = process.versions.v8.split('.');
  if (text.length > worthwhile && Number(version) <= lastKnownV8) setFlagsFromString('--semi-space-growth-factor=16');
};
