import type { Symbolic } from '../../symbolic.ts';
import { failure, scalar } from '../../values.ts';
import { withTexts } from './arguments.ts';
import { type FunctionTable, whole } from './context.ts';

/** A moment with the zone that it is written in. */
type Timestamp = { readonly time: number; readonly zone: string; readonly offset: number };

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|([+-])(\d\d):(\d\d))$/;

const parseTimestamp = (text: string): Timestamp | null => {
  const found = pattern.exec(text);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(local);
  // 30 February is no date.
  if (date.getUTCDate() !== day || date.getUTCHours() !== hour || minute > 59 || second > 59) return null;
  const [, , , , , , , zone = 'Z', sign, hours = '0', minutes = '0'] = found;
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return { time: local - offset * 60_000, zone, offset };
};

const withTimestamp = (text: string, use: (timestamp: Timestamp) => string | null): Symbolic => {
  const timestamp = parseTimestamp(text);
  const result = timestamp === null ? null : use(timestamp);
  return result === null ? failure('time') : scalar(result);
};

const two = (value: number): string => String(value).padStart(2, '0');

const monthNames = 'January February March April May June July August September October November December'.split(' ');
const dayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const zoneText = ({ zone, offset }: Timestamp, letters: string): string => {
  const isUtc = offset === 0;
  const text = isUtc ? '+00:00' : zone;
  if (letters === 'Z') return isUtc ? 'Z' : text;
  if (letters === 'ZZZ' && isUtc) return 'UTC';
  return letters === 'ZZZZZ' ? text : text.replace(':', '');
};

type Writer = (local: Date, timestamp: Timestamp, letters: string) => string;

const twelve = (hour: number): number => hour % 12 || 12;

/** As long as they are listed here, and no longer. */
const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ['YYYY', (local) => String(local.getUTCFullYear()).padStart(4, '0')],
  ['YY', (local) => two(local.getUTCFullYear() % 100)],
  ['MMMM', (local) => monthNames[local.getUTCMonth()] ?? ''],
  ['MMM', (local) => (monthNames[local.getUTCMonth()] ?? '').slice(0, 3)],
  ['MM', (local) => two(local.getUTCMonth() + 1)],
  ['M', (local) => String(local.getUTCMonth() + 1)],
  ['DD', (local) => two(local.getUTCDate())],
  ['D', (local) => String(local.getUTCDate())],
  ['EEEE', (local) => dayNames[local.getUTCDay()] ?? ''],
  ['EEE', (local) => (dayNames[local.getUTCDay()] ?? '').slice(0, 3)],
  ['hh', (local) => two(local.getUTCHours())],
  ['h', (local) => String(local.getUTCHours())],
  ['HH', (local) => two(twelve(local.getUTCHours()))],
  ['H', (local) => String(twelve(local.getUTCHours()))],
  ['AA', (local) => (local.getUTCHours() < 12 ? 'AM' : 'PM')],
  ['aa', (local) => (local.getUTCHours() < 12 ? 'am' : 'pm')],
  ['mm', (local) => two(local.getUTCMinutes())],
  ['m', (local) => String(local.getUTCMinutes())],
  ['ss', (local) => two(local.getUTCSeconds())],
  ['s', (local) => String(local.getUTCSeconds())],
  ...['Z', 'ZZZ', 'ZZZZ', 'ZZZZZ'].map((letters): readonly [string, Writer] => [
    letters,
    (_, timestamp) => zoneText(timestamp, letters),
  ]),
]);

/** Quoted text, letters of one kind in a row, or anything else. */
const token = /'((?:[^']|'')*)'|(([A-Za-z])\3*)|[^A-Za-z']+|'/g;

const formatDate = (format: string, timestamp: Timestamp): string | null => {
  const local = new Date(timestamp.time + timestamp.offset * 60_000);
  const texts = [...format.matchAll(token)].map(([all, quoted, letters]) => {
    if (quoted !== undefined) return quoted.replaceAll("''", "'");
    if (letters === undefined) return all === "'" ? null : all;
    return writers.get(letters)?.(local, timestamp, letters) ?? null;
  });
  return texts.includes(null) ? null : texts.join('');
};

const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** `-1h30m` in milliseconds. */
const parseDuration = (text: string): number | null => {
  const [, sign, steps = ''] = /^([+-]?)((?:\d+(?:\.\d+)?(?:ms|h|m|s))+|0)$/.exec(text) ?? [];
  if (sign === undefined) return null;
  const total = [...steps.matchAll(/([\d.]+)(ms|h|m|s)/g)].reduce(
    (sum, [, count, unit = 's']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );
  return sign === '-' ? -total : total;
};

const addTime = (timestamp: Timestamp, duration: string): string | null => {
  const milliseconds = parseDuration(duration);
  if (milliseconds === null || !Number.isInteger(milliseconds / 1000)) return null;
  const local = new Date(timestamp.time + milliseconds + timestamp.offset * 60_000);
  return Number.isNaN(local.getTime()) ? null : local.toISOString().replace(/\.\d+Z$/, timestamp.zone);
};

const compareTimes = (left: string, right: string): Symbolic => {
  const [first, second] = [parseTimestamp(left), parseTimestamp(right)];
  if (first === null || second === null) return failure('timecmp()');
  return scalar(Math.sign(first.time - second.time) + 0);
};

/** What tells the time now, or is random, is unknown: the library has no such function. */
export const timeFunctions: FunctionTable = {
  formatdate: whole(2, 2, (args) =>
    withTexts(args, (format = '', text = '') => withTimestamp(text, (timestamp) => formatDate(format, timestamp))),
  ),
  timeadd: whole(2, 2, (args) =>
    withTexts(args, (text = '', duration = '') => withTimestamp(text, (timestamp) => addTime(timestamp, duration))),
  ),
  timecmp: whole(2, 2, (args) => withTexts(args, (left = '', right = '') => compareTimes(left, right))),
};
