/** The script and the style sheet of the HTML report, as texts in a module: a report is one file and loads nothing. */
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = 'src/report/html/client';

/** @param {string} root */
export async function generateHtmlAssets(root) {
  const [script, style] = await Promise.all([bundle(root, 'main.ts'), bundle(root, 'style.css')]);
  for (const text of [script, style]) {
    // Within a page either would end there.
    if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error(`What is in ${folder} holds the end of an element.`);
  }
  const text = `// Made by scripts/generate.mjs from ${folder}. Do not edit.

export const pageScript: string = ${JSON.stringify(script)};

export const pageStyle: string = ${JSON.stringify(style)};
`;
  return new Map([['src/report/html/assets.generated.ts', text]]);
}

async function bundle(root, name) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(folder, name)],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    charset: 'ascii',
    target: ['chrome109', 'firefox115', 'safari16'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  return outputFiles[0].text.trim();
}
