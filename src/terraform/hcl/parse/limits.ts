/** What is too much to be a configuration that somebody wrote: a fault, not a crash. */

/** A file above this size, in bytes, is not read; the parser refuses one with more characters. */
export const largestFile = 8 * 1024 * 1024;

/** Brackets, blocks and templates within each other, and the links of one chain (`a.b.c`, `x || y || z`). */
export const deepestNesting = 200;

/** One file's faults after this many say nothing new. */
export const mostFaults = 100;
