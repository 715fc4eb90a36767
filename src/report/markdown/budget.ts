/** A part of the text that can be cut between its items, and never within one. */
export type Section = {
  /** What stands before and after the items: a heading, or the ends of a fold. */
  readonly open: string;
  readonly close: string;
  readonly items: readonly string[];
  readonly separator: string;
  /** What the items are, for the count of those that are left out. */
  readonly noun: readonly [one: string, many: string];
  /** The most that it may take of what is left, so that what follows has a place as well. */
  readonly share: number;
};

/** Shares are for long lists: nobody is cut for the sake of others where little is said. */
const enough = 2_000;

/** The least that a section takes: what it is, and that its items are elsewhere. */
const frameOf = ({ open, close, items }: Section, where: string): number =>
  items.length === 0 ? 0 : open.length + close.length + where.length + 60;

/** As much of a section as fits, and how much does not. */
const fit = (section: Section, room: number, where: string): string => {
  const { open, close, items, separator, noun } = section;
  if (items.length === 0) return '';
  const frame = frameOf(section, where);
  const lengths = items.map((item) => item.length + separator.length);
  const whole = open.length + close.length + lengths.reduce((sum, length) => sum + length, 0);
  if (whole <= room) return `${open}${items.join(separator)}${close}`;
  if (frame > room) return '';
  const shown: string[] = [];
  let left = room - frame;
  for (const item of items) {
    left -= item.length + separator.length;
    if (left < 0) break;
    shown.push(item);
  }
  const count = items.length - shown.length;
  const what = noun[count === 1 ? 0 : 1];
  const note =
    shown.length === 0 ? `${count} ${what}: ${where} shows all.` : `And ${count} more ${what}: ${where} shows all.`;
  // Apart from the items, and from the head of a table, of which it would be a row.
  return `${open}${shown.join(separator)}\n\n${note}${close}`;
};

/**
 * The sections, each within its share of the room that those before it have left, and none without a word; then what is
 * left after the last one is for those that were cut, the first ones first.
 */
export const fitAll = (sections: readonly Section[], room: number, where: string): readonly string[] => {
  const shares = fitShares(sections, room, where);
  let spare = room - shares.join('').length;
  return sections.flatMap((section, index) => {
    const before = shares[index]?.length ?? 0;
    const text = spare > 0 ? fit(section, before + spare, where) : (shares[index] ?? '');
    spare -= text.length - before;
    return text === '' ? [] : [text];
  });
};

/** The sections as their shares alone have it; a section without items, or room, is empty. */
export const fitShares = (sections: readonly Section[], room: number, where: string): readonly string[] => {
  const frames = sections.map((section) => frameOf(section, where));
  let left = room;
  return sections.map((section, index) => {
    const reserved = frames.slice(index + 1).reduce((sum, frame) => sum + frame, 0);
    const free = left - reserved;
    const text = fit(section, Math.floor(Math.max(free * section.share, Math.min(free, enough))), where);
    left -= text.length;
    return text;
  });
};
