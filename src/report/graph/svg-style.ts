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

/** The colours of a page, by what the reader has chosen and, where that is nothing, by the system. */
export const variablesOf = (theme: keyof typeof themes): string =>
  theme === 'light'
    ? `:root{${fonts};${variables('light')};color-scheme:light}`
    : `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${variables('dark')};color-scheme:dark}}:root[data-theme=dark]{${variables('dark')};color-scheme:dark}`;

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
  '.unreachable .head{fill:none;stroke:var(--line);stroke-width:2.2}.unreachable .label{font-weight:700}',
  '.unknown{--line:var(--open)}.unknown .line{stroke-width:2.2;stroke-dasharray:2 4}.unknown .label{font-weight:600}',
].join('');

/** The style sheet of a picture that stands alone. */
export const svgStyle = [
  `svg{${fonts};${variables('light')}}`,
  `@media (prefers-color-scheme:dark){svg{${variables('dark')}}}`,
  '.ground{fill:var(--ground)}.title{font:600 15px var(--sans);fill:var(--ink)}.key{font:12px var(--sans);fill:var(--ink)}',
  drawingStyle,
].join('');

const keys = [
  ['reachable', 'works'],
  ['unreachable', 'cannot work'],
  ['unknown', 'undecided'],
  ['standing', 'there, and no way in'],
] as const;

/** What the lines mean. */
export const legend = keys
  .map(([kind, words], index) => {
    const x = index * 130;
    return `<g class="edge ${kind}"><path class="line" d="M${x} 0h30"/><text class="key" x="${x + 38}" y="4">${words}</text></g>`;
  })
  .join('');
