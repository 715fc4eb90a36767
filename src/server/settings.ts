import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { errorCode } from '../io/error-code.ts';
import { didYouMean } from '../model/suggest.ts';
import { type AllowedHost, readHost } from './addresses.ts';
import { type ServeOption, serveOptions } from './options.ts';
import { isOwnPage, reportsPath } from './own-paths.ts';

type Numbers = {
  readonly port: number;
  readonly reportMilliseconds: number;
  readonly concurrency: number;
  readonly mostWaiting: number;
  readonly largestPlan: number;
  readonly largestConfiguration: number;
  readonly checkMilliseconds: number;
  readonly checkMemory: number;
  readonly oldestRun: number;
  readonly graceMilliseconds: number;
};

export type Settings = Numbers & {
  readonly host: string;
  readonly path: string;
  readonly stateDirectory: string;
  readonly keys: readonly string[];
  readonly hosts: readonly AllowedHost[];
  readonly configOnly: string | undefined;
  /** Of organizations, by name. */
  readonly organizations: ReadonlyMap<string, string>;
  readonly unknown: 'report' | 'fail';
  readonly publicUrl: string | undefined;
};

export type SettingsRead =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly message: string };

/** A command line that makes no sense: a sentence. */
class Mistake extends Error {}

type Values = Readonly<Partial<Record<ServeOption, string | boolean | readonly string[]>>>;
type Env = Readonly<Record<string, string | undefined>>;

/** Reads what follows `serve`. */
export const readSettings = (argv: readonly string[], env: Env): SettingsRead => {
  // Whoever asks for help has not written the rest for us.
  if (argv.some((word) => word === '--help' || word === '-h')) return { kind: 'help' };
  try {
    return { kind: 'settings', settings: settingsOf(readValues(argv), env) };
  } catch (error) {
    if (error instanceof Mistake) return { kind: 'mistake', message: error.message };
    throw error;
  }
};

const readValues = (argv: readonly string[]): Values => {
  const names = Object.keys(serveOptions);
  const unknown = argv.find((word) => word.startsWith('--') && !names.includes(word.slice(2).split('=')[0] ?? ''));
  if (unknown !== undefined) {
    const name = unknown.split('=')[0] ?? '';
    throw new Mistake(
      `serve has no option ${name}${didYouMean(name.slice(2), new Set(names)).replace('mean ', 'mean --')}`,
    );
  }
  const options = Object.fromEntries(
    Object.entries(serveOptions).map(([name, { type, multiple = false }]) => [name, { type, multiple }]),
  );
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: false, strict: true }).values;
  } catch (error) {
    const [sentence = ''] = String(error)
      .replace(/^\w+( \[\w+\])?: /, '')
      .split(/[.\n]/);
    throw new Mistake(`${sentence}. serve takes options and nothing else.`);
  }
};

const settingsOf = (values: Values, env: Env): Settings => ({
  host: textOf(values, 'host'),
  path: pathOf(values),
  stateDirectory: stateDirectoryOf(values),
  keys: keysOf(values, env),
  hosts: hostsOf(values),
  configOnly: fileOf(values, 'config-only'),
  organizations: organizationsOf(values),
  unknown: unknownOf(values),
  publicUrl: publicUrlOf(values),
  ...numbersOf(values),
});

const numbersOf = (values: Values): Numbers => ({
  port: numberOf(values, 'port', 0, 65_535),
  reportMilliseconds: numberOf(values, 'report-hours', 1, 24 * 365) * 3_600_000,
  concurrency: numberOf(values, 'concurrency', 1, 64),
  mostWaiting: numberOf(values, 'max-waiting', 1, 100_000),
  largestPlan: numberOf(values, 'max-plan-mb', 1, 500) * 2 ** 20,
  largestConfiguration: numberOf(values, 'max-configuration-mb', 1, 500) * 2 ** 20,
  checkMilliseconds: numberOf(values, 'check-seconds', 1, 3000) * 1000,
  checkMemory: numberOf(values, 'check-memory-mb', 64, 65_536),
  oldestRun: numberOf(values, 'max-run-age', 1, 24 * 3650) * 3_600_000,
  graceMilliseconds: numberOf(values, 'grace-seconds', 0, 3000) * 1000,
});

const given = (values: Values, name: ServeOption): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

const listOf = (values: Values, name: ServeOption): readonly string[] => {
  const value = values[name];
  return Array.isArray(value) ? value : [];
};

const textOf = (values: Values, name: ServeOption): string => {
  const text = given(values, name) ?? serveOptions[name].default ?? '';
  if (text === '') throw new Mistake(`--${name} is empty.`);
  return text;
};

const numberOf = (values: Values, name: ServeOption, least: number, most: number): number => {
  const text = textOf(values, name);
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Mistake(`--${name} takes a whole number from ${least} to ${most}.`);
};

const pathOf = (values: Values): string => {
  const path = textOf(values, 'path');
  if (isOwnPage(path) || `${path}/`.startsWith(reportsPath))
    throw new Mistake(`--path ${path} is an address that this server has for something else.`);
  if (/^\/[\w./-]*$/.test(path)) return path;
  throw new Mistake('--path takes a path such as /runtask.');
};

const stateDirectoryOf = (values: Values): string => {
  const directory = given(values, 'state-dir');
  if (directory === undefined || directory === '')
    throw new Mistake('serve needs --state-dir DIR: a directory where accepted work is kept.');
  return resolve(directory);
};

const noKey =
  'There is no HMAC key, so that whoever reaches this server could have it send tokens. Set RDS_AUTH_POLICY_HMAC_KEY or give --hmac-key-file; --insecure-no-hmac-key starts without one.';

const keysOf = (values: Values, env: Env): readonly string[] => {
  const key = keyOf(values, 'hmac-key-file', env['RDS_AUTH_POLICY_HMAC_KEY']);
  const previous = keyOf(values, 'previous-hmac-key-file', env['RDS_AUTH_POLICY_HMAC_KEY_PREVIOUS']);
  if (values['insecure-no-hmac-key'] === true) {
    if (key !== undefined || previous !== undefined)
      throw new Mistake('--insecure-no-hmac-key is given, and so is an HMAC key: leave out one of them.');
    return [];
  }
  if (key === undefined) throw new Mistake(noKey);
  return previous === undefined ? [key] : [key, previous];
};

const keyOf = (values: Values, name: ServeOption, fromEnv: string | undefined): string | undefined => {
  const file = given(values, name);
  if (file === undefined) return fromEnv === '' ? undefined : fromEnv;
  // Editors end a file with a line break, which is not of the key.
  const key = readText(file, name).replace(/\r?\n$/, '');
  if (key === '') throw new Mistake(`The file of --${name} is empty.`);
  return key;
};

const readText = (file: string, name: ServeOption): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Mistake(`The file of --${name} cannot be read (${errorCode(error)}).`);
  }
};

const hostsOf = (values: Values): readonly AllowedHost[] => {
  const texts = listOf(values, 'allow-host');
  return (texts.length === 0 ? ['app.terraform.io'] : texts).map((text) => {
    const host = readHost(text);
    if (host === null)
      throw new Mistake(
        '--allow-host takes the name of one host, with a port where it has one, and no pattern: repeat it for others.',
      );
    return host;
  });
};

const fileOf = (values: Values, name: ServeOption): string | undefined => {
  const file = given(values, name);
  return file === undefined ? undefined : existing(file, name);
};

const existing = (file: string, name: ServeOption): string => {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return resolve(file);
  throw new Mistake(`--${name} names a file that is not there: ${file}`);
};

const organizationsOf = (values: Values): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  for (const text of listOf(values, 'organization')) {
    const [, name, file] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || file === undefined) throw new Mistake('--organization takes NAME=FILE.');
    if (files.has(name)) throw new Mistake(`--organization names ${name} twice: give it one configuration.`);
    files.set(name, existing(file, 'organization'));
  }
  return files;
};

const unknownOf = (values: Values): 'report' | 'fail' => {
  const text = textOf(values, 'unknown');
  if (text === 'report' || text === 'fail') return text;
  throw new Mistake('--unknown is report or fail.');
};

const publicUrlOf = (values: Values): string | undefined => {
  const url = given(values, 'public-url');
  if (url === undefined || (URL.canParse(url) && /^https?:\/\/[^?#\s]+$/.test(url))) return url;
  throw new Mistake('--public-url takes an address such as https://rds-auth-policy.example.com.');
};
