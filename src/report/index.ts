import type { Reporter } from './context.ts';
import { renderPretty } from './pretty.ts';

export const formats = [
  'pretty',
  'json',
  'markdown',
  'sarif',
  'junit',
  'github',
  'gitlab-codequality',
  'azuredevops',
  'atlantis',
  'html',
] as const;

/** Drawings of the ways in, for `graph`. */
const drawings = ['mermaid', 'dot', 'svg'] as const;

/** Of all views, and what `model` writes for Rego. */
export const allFormats = [...formats, ...drawings, 'opa'] as const;
export type Format = (typeof allFormats)[number];

/** What is shown: the whole report, the table of settings, or a drawing. */
export type View = 'check' | 'matrix' | 'graph';

/** The formats that a view can be written in: settings are no findings, so SARIF has no place for them. */
export const formatsOf: Readonly<Record<View, readonly Format[]>> = {
  check: formats,
  matrix: ['pretty', 'json', 'markdown'],
  graph: drawings,
};

// All but the usual one are loaded when they are asked for: a run pays for the formats that it writes.
const reporters: Readonly<Record<View, Readonly<Partial<Record<Format, () => Promise<Reporter>>>>>> = {
  check: {
    pretty: async () => renderPretty,
    json: async () => (await import('./json.ts')).renderJson,
    markdown: async () => (await import('./markdown.ts')).renderMarkdown,
    sarif: async () => (await import('./sarif.ts')).renderSarif,
    junit: async () => (await import('./junit.ts')).renderJunit,
    github: async () => (await import('./github.ts')).renderGithub,
    'gitlab-codequality': async () => (await import('./gitlab-codequality.ts')).renderGitlabCodequality,
    azuredevops: async () => (await import('./azuredevops.ts')).renderAzureDevops,
    atlantis: async () => (await import('./atlantis.ts')).renderAtlantis,
    html: async () => (await import('./html.ts')).renderHtml,
  },
  matrix: {
    pretty: async () => (await import('./matrix.ts')).renderMatrix,
    json: async () => (await import('./matrix.ts')).renderMatrixJson,
    markdown: async () => (await import('./markdown/matrix.ts')).renderMatrixMarkdown,
  },
  graph: {
    mermaid: async () => (await import('./graph/mermaid.ts')).renderMermaid,
    dot: async () => (await import('./graph/dot.ts')).renderDot,
    svg: async () => (await import('./graph/svg-document.ts')).renderSvg,
  },
};

/** Throws for a format that `formatsOf` does not name: whoever reads the wishes of a user has looked. */
export const loadReporter = (view: View, format: Format): Promise<Reporter> => {
  const load = reporters[view][format];
  if (load === undefined) throw new Error(`The view ${view} has no format ${format}.`);
  return load();
};

/** Formats that show what stands around the ways in. */
export const showsSurroundings = (format: Format): boolean =>
  format === 'html' || drawings.some((drawing) => drawing === format);

/** Read by programs or pasted somewhere else: an error has to be in it, and not on standard error alone. */
export const isForElsewhere = (format: Format): boolean => format !== 'pretty';
