/** What a message must be: the text itself, or what a regular expression between slashes finds. Null where that is invalid. */
export const messagePattern = (written: string): ((message: string) => boolean) | null => {
  const [, source, flags] = /^\/([\s\S]+)\/([ims]*)$/.exec(written.trim()) ?? [];
  if (source === undefined) return (message) => message.trim() === written.trim();
  try {
    const pattern = new RegExp(source, `${flags}u`);
    return (message) => pattern.test(message);
  } catch {
    return null;
  }
};
