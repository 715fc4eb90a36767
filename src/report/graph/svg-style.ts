import { head } from './svg-lines.ts';

/** Colours of what works, cannot work and is undecided: readable on their ground, and told apart without green and red. */
const light = {
  good: '#1a7f37',
  bad: '#cf222e',
  open: '#8a5a00',
  ink: '#1f2328',
  dim: '#59636e',
  edge: '#8c959f',
};
const dark = {
  good: '#4ac26b',
  bad: '#ff7b72',
  open: '#e3b341',
  ink: '#e6edf3',
  dim: '#9198a1',
  edge: '#6e7681',
};

const fonts =
  '--sans:system-ui,-apple-system,"Segoe UI",sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace';

const themes = {
  light: { ...light, ground: '#ffffff', box: '#f6f8fa', faint: '#dde2e7', mark: '#fff1c2' },
  dark: { ...dark, ground: '#0d1117', box: '#161b22', faint: '#2b323b', mark: '#4d3b00' },
} as const;

const variables = (theme: keyof typeof themes): string =>
  Object.entries(themes[theme])
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** The colours of a page, by what the reader has chosen and, where that is nothing, by the system. Paper is white. */
export const variablesOf = (theme: keyof typeof themes): string =>
  theme === 'light'
    ? `:root{${fonts};${variables('light')};color-scheme:light}`
    : `@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${variables('dark')};color-scheme:dark}}@media screen{:root[data-theme=dark]{${variables('dark')};color-scheme:dark}}`;

/** How a drawing looks, in a page or alone; the colours are variables of what is around it. */
export const drawingStyle = [
  '.column{font:600 11px var(--sans);fill:var(--dim);text-anchor:middle;letter-spacing:.04em;text-transform:uppercase}',
  '.box{fill:var(--box);stroke:var(--edge);stroke-width:1}',
  '.node.unnamed .box{stroke-dasharray:4 3}',
  '.type{font:11px var(--sans);fill:var(--dim)}',
  '.name{font:600 12.5px var(--mono);fill:var(--ink)}',
  '.words{font:italic 12.5px var(--sans);fill:var(--ink)}',
  '.count{font:600 11px var(--sans);fill:var(--dim);text-anchor:end}',
  '.line{fill:none;stroke:var(--line);stroke-width:1.8}',
  '.head{fill:var(--line);stroke:none}',
  '.reach{fill:none;stroke:transparent;stroke-width:14}',
  '.plate{fill:var(--ground)}',
  '.label{font:11px var(--sans);fill:var(--line);text-anchor:middle}',
  '.standing{--line:var(--edge)}.standing .line{stroke-width:1}.standing .label{fill:var(--dim)}',
  '.reachable{--line:var(--good)}',
  '.unreachable{--line:var(--bad)}.unreachable .line{stroke-width:2.4;stroke-dasharray:9 4}',
  '.unreachable .label{font-weight:700}.barred .head{fill:none;stroke:var(--line);stroke-width:2.2}',
  '.unknown{--line:var(--open)}.unknown .line{stroke-width:2.2;stroke-dasharray:2 4}.unknown .label{font-weight:600}',
].join('');

/** The style sheet of a picture that stands alone. */
export const svgStyle = [
  `svg{${fonts};${variables('light')}}`,
  `@media screen and (prefers-color-scheme:dark){svg{${variables('dark')}}}`,
  '.ground{fill:var(--ground)}.title{font:600 15px var(--sans);fill:var(--ink)}.key{font:12px var(--sans);fill:var(--ink)}',
  drawingStyle,
].join('');

/** What the lines mean; `width` is that of the sample and its words in a picture. */
const keys = [
  { kind: 'reachable', words: 'works', width: 100 },
  { kind: 'unreachable', words: 'cannot work', width: 130 },
  { kind: 'unreachable barred', words: 'breaks here', width: 130 },
  { kind: 'unknown', words: 'undecided', width: 120 },
  { kind: 'standing', words: 'there, and no way in', width: 170 },
] as const;

const sampleOf = (kind: string, x: number, y: number): string =>
  `<path class="line" d="M${x} ${y}h28"/>${kind.endsWith('barred') ? `<path class="head" d="${head([{ x: x + 34, y }], true)}"/>` : ''}`;

/** What the lines mean, below one another or beside one another as there is room: a sample, and words. */
export const legendItems = keys.map(({ kind, words }) => ({
  sample: `<svg class="edge ${kind}" width="36" height="12" viewBox="0 0 36 12" aria-hidden="true" focusable="false">${sampleOf(kind, 0, 6)}</svg>`,
  words,
}));

export const legendWidth = keys.reduce((sum, { width }) => sum + width, 0);

/** The same on one line of a picture. */
export const legend = keys
  .map(({ kind, words }, index) => {
    const x = keys.slice(0, index).reduce((sum, { width }) => sum + width, 0);
    return `<g class="edge ${kind}">${sampleOf(kind, x, 0)}<text class="key" x="${x + 40}" y="4">${words}</text></g>`;
  })
  .join('');
