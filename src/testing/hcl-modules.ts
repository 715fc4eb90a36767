import { readFileSync, readdirSync } from 'node:fs';

const home = 'modules/hcl';

/** The modules that are published. */
export const moduleNames = (): readonly string[] =>
  readdirSync(home, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .sort();

/** The text of all modules by path, as if they were in a folder. */
export const moduleTexts = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    moduleNames().flatMap((name) =>
      readdirSync(`${home}/${name}`)
        .filter((file) => file.endsWith('.tf'))
        .map((file) => [`${folder}/${name}/${file}`, readFileSync(`${home}/${name}/${file}`, 'utf8')]),
    ),
  );
