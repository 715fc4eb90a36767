import { pathInRepository } from '../io/path-in-repository.ts';
import type { ReportContext } from '../report/context.ts';
import type { Invocation } from './invocation.ts';
import type { Output, Streams } from './streams.ts';

type Wishes = Pick<Invocation, 'color' | 'quiet' | 'verbose'> & Partial<Pick<Invocation, 'unknown'>>;

const usualWidth = 80;
const narrowest = 40;

/** A terminal knows its columns; elsewhere COLUMNS may say them. */
export const widthOf = ({ columns }: Output, env: Streams['env']): number => {
  const width = columns ?? Number(env['COLUMNS']);
  return width > 0 ? Math.max(Math.floor(width), narrowest) : usualWidth;
};

/** How a text for a stream should look. */
export const contextFor = (stream: Output, env: Streams['env'], wishes: Wishes): ReportContext => ({
  color: wishes.color ?? wantsColor(stream, env),
  unicode: wantsUnicode(env),
  width: widthOf(stream, env),
  verbose: wishes.verbose,
  quiet: wishes.quiet,
  unknown: wishes.unknown ?? 'report',
  inRepository: (path) => pathInRepository(path),
});

/** In a file there is nobody to ask. */
export const contextForFile = ({ quiet, verbose, unknown = 'report' }: Wishes): ReportContext => ({
  color: false,
  unicode: true,
  width: usualWidth,
  verbose,
  quiet,
  unknown,
  inRepository: (path) => pathInRepository(path),
});

/** https://no-color.org and https://force-color.org; FORCE_COLOR=0 is what Node and others make of it. */
const wantsColor = (stream: Output, env: Streams['env']): boolean => {
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
};

/** A locale that names another character set decides; where none is named, as in most containers, UTF-8 is shown. */
const wantsUnicode = (env: Streams['env']): boolean => {
  if (env['TERM'] === 'linux' || env['TERM'] === 'dumb') return false;
  if (env['OS'] === 'Windows_NT') return isSet(env['WT_SESSION']) || isSet(env['TERM_PROGRAM']) || isSet(env['CI']);
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet);
  return locale === undefined || /utf-?8/i.test(locale);
};

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';
