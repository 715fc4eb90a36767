/** A name within an archive in the only spelling that has one meaning on every system; what leads out of it is none. */
export const isPlainPath = (path: string): boolean =>
  path.split('/').every((step) => step !== '' && step !== '.' && step !== '..' && !/[\p{Cc}\\:]/u.test(step));
