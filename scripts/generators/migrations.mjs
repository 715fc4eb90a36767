/**
 * What the pages in `docs/migrations` show of `testdata/migrations`: the blocks of code that stand below a comment such as
 * `<!-- change password-to-iam/2-grant -->`. The text around them is written by hand.
 *
 *   terraform FOLDER ADDRESS…   the blocks as they stand in main.tf
 *   change FOLDER [ADDRESS…]    what is different from the step that it is planned on, or of these blocks only
 *   says FOLDER [POLICY…]       what the tool says the plan does, and these findings
 *   sql FOLDER PATH USER        the statements that define the user, as `explain` prints them
 */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { importBundle } from '../bundle.mjs';
import { blocksIn, changesBetween } from './migrations/blocks.mjs';

const home = 'testdata/migrations';
const pages = 'docs/migrations';
const looks = { color: false, unicode: true, width: 100, verbose: false, quiet: false };

/** A comment, and the block below it that the last run wrote. */
const marker = /^<!-- (terraform|change|says|sql) (.+?) -->\n(?:\n```\w+\n[\s\S]*?^```\n)?/gm;

/** @param {string} root */
export async function generateMigrations(root) {
  const names = (await readdir(join(root, pages))).filter((name) => name.endsWith('.md')).sort();
  const tool = await importBundle(
    root,
    'src/testing/check-source.ts',
    'src/report/pretty.ts',
    'src/report/explain/sql.ts',
  );
  const entries = names.map(async (name) => {
    const path = `${pages}/${name}`;
    return [path, await fill(await readFile(join(root, path), 'utf8'), root, tool)];
  });
  return new Map(await Promise.all(entries));
}

async function fill(page, root, tool) {
  const made = await Promise.all(
    [...page.matchAll(marker)].map(async ([, kind, words]) => {
      const [folder, ...rest] = words.split(' ');
      if (!existsSync(join(root, home, folder, 'plan.json')))
        throw new Error(`${words}: there is no ${home}/${folder}`);
      const { language, lines } = await blocks[kind](join(root, home), folder, rest, tool);
      if (lines.length === 0) throw new Error(`${kind} ${words}: there is nothing to show`);
      return `<!-- ${kind} ${words} -->\n\n\`\`\`${language}\n${lines.join('\n')}\n\`\`\`\n`;
    }),
  );
  return page.replace(marker, () => made.shift());
}

const configurationOf = async (folder) => blocksIn(await readFile(join(folder, 'main.tf'), 'utf8'));

const blocks = {
  async terraform(root, folder, addresses) {
    const all = await configurationOf(join(root, folder));
    const lines = addresses.flatMap((address, index) => [
      ...(index === 0 ? [] : ['']),
      ...lookUp(all, address, folder),
    ]);
    return { language: 'hcl', lines };
  },

  async change(root, folder, addresses) {
    const previous = (await readFile(join(root, folder, 'after'), 'utf8')).trim();
    const [before, after] = await Promise.all([
      configurationOf(join(root, folder, '..', previous)),
      configurationOf(join(root, folder)),
    ]);
    for (const address of addresses) lookUp(new Map([...before, ...after]), address, folder);
    return { language: 'diff', lines: changesBetween(before, after, addresses) };
  },

  async says(root, folder, policies, tool) {
    const report = tool.checkWithSource(join(root, folder, 'plan.json'), join(root, folder));
    const printed = tool.renderPretty([report], looks).split('\n');
    const first = printed.findIndex((line) => line.startsWith('This plan '));
    const said = printed.slice(first, printed.indexOf('', first));
    const found = policies.flatMap((policy) => findingLines(report, policy, folder));
    return { language: 'text', lines: ['$ rds-auth-policy plan.json', ...said, ...found] };
  },

  async sql(root, folder, [path, user], tool) {
    const { report, guides } = await tool.examineWithSource(join(root, folder, 'plan.json'), join(root, folder));
    const index = report.connections.findIndex((connection) => connection.path === path && connection.user === user);
    if (index === -1) throw new Error(`${folder} has no way in ${path} ${user}`);
    return { language: 'sql', lines: tool.userInstructions(report.connections[index], guides[index]).lines };
  },
};

function lookUp(all, address, folder) {
  const lines = all.get(address);
  if (lines === undefined) throw new Error(`${home}/${folder} has no block ${address}`);
  return lines;
}

function findingLines(report, policy, folder) {
  const found = report.findings.filter((finding) => finding.policy === policy);
  if (found.length === 0) throw new Error(`${folder} has no finding of ${policy}`);
  return found.flatMap(({ severity, enforcement, address, message }) => [
    '',
    `${enforcement === 'mandatory' ? '✗' : '!'} ${policy} · ${severity} · ${enforcement}`,
    `    ${address}`,
    ...wrap(message, looks.width - 4).map((line) => `    ${line}`),
  ]);
}

function wrap(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trimStart();
    if (line.length > width) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines;
}
