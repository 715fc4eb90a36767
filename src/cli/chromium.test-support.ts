import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The browser that is installed here: CHROMIUM_PATH, where it usually is, or on the PATH; undefined where there is none. */
export const findChromium = (env: Readonly<Record<string, string | undefined>>): string | undefined => {
  const named = env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  const onPath = (env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...usual, ...onPath].find(isProgram);
};
