import { setFlagsFromString } from 'node:v8';

/** Below this, in characters, the larger space costs more than it saves. */
const worthwhile = 1 << 20;

/**
 * Makes room for what `JSON.parse` makes of a large text. Every object of it stays, and the collector copies each one
 * whenever the space for new objects is full, which begins at 1 MB and doubles. It takes the largest size at once instead.
 */
export const makeRoomFor = (text: string): void => {
  if (text.length > worthwhile) setFlagsFromString('--semi-space-growth-factor=16');
};
