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

const noteRoom = 420;
/** Shares are for long lists: nobody is cut for the sake of others where little is said. */
const enough = 2_000;

/** As much of a section as fits, and how much does not. */
const fit = (section: Section, room: number, where: string): string => {
  const { open, close, items, separator, noun } = section;
  if (items.length === 0) return '';
  const most = room - open.length - close.length;
  const lengths = items.map((item) => item.length + separator.length);
  if (lengths.reduce((sum, length) => sum + length, 0) <= most) return `${open}${items.join(separator)}${close}`;
  const shown: string[] = [];
  let left = most - noteRoom;
  for (const item of items) {
    left -= item.length + separator.length;
    if (left < 0) break;
    shown.push(item);
  }
  if (most < noteRoom) return '';
  const count = items.length - shown.length;
  const what = noun[count === 1 ? 0 : 1];
  const note =
    shown.length === 0 ? `${count} ${what}: ${where} shows all.` : `And ${count} more ${what}: ${where} shows all.`;
  return `${open}${shown.join(separator)}${shown.length === 0 ? '' : '\n\n'}${note}${close}`;
};

/** The sections, each within its share of the room that those before it have left. */
export const fitAll = (sections: readonly Section[], room: number, where: string): readonly string[] => {
  let left = room;
  return sections.flatMap((section) => {
    const most = Math.max(left * section.share, Math.min(left, enough));
    const text = fit(section, Math.floor(most), where);
    left -= text.length;
    return text === '' ? [] : [text];
  });
};
