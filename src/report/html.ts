import { createHash } from 'node:crypto';
import type { Reporter } from './context.ts';
import { drawingStyle, variablesOf } from './graph/svg-style.ts';
import { pageScript, pageStyle } from './html/assets.generated.ts';
import { causesSection } from './html/causes.ts';
import { changesSection } from './html/changes.ts';
import { drawingSection } from './html/drawing.ts';
import { findingsSection } from './html/findings.ts';
import { nameOfPlan, overview, planHead, verdictWord } from './html/head.ts';
import { type Html, html, own } from './html/markup.ts';
import { notesSection } from './html/notes.ts';
import { type PlanPage, planPages } from './html/page.ts';
import { policiesSection } from './html/policies.ts';
import { assumptionsSection, settingsSection } from './html/settings.ts';
import { waysSection } from './html/ways.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const style = `${variablesOf('light')}${variablesOf('dark')}${pageStyle}${drawingStyle}`;

// Nothing is loaded, nothing is sent, and only the script and the style sheet below are obeyed.
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(pageScript)}`,
  `style-src ${hashOf(style)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** The reports of a run as one page that needs nothing else: for people who would rather look than read. */
export const renderHtml: Reporter = (reports, context) => {
  const pages = planPages(reports, context);
  const title = pages.map(({ report }) => `${verdictWord(report)} ${nameOfPlan(report)}`).join(', ');
  return `${
    html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title === '' ? 'rds-auth-policy' : title}</title>
<style>${own(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header class="top">
<h1>Ways in to databases <span class="note">rds-auth-policy ${reports[0]?.tool.version ?? ''}</span></h1>
<button type="button" class="theme only-script" hidden>Theme: as the system</button>
</header>
<main id="main" tabindex="-1">
${overview(pages)}
${pages.map(planArticle)}
</main>
<dialog class="panel" aria-labelledby="panel-title"><div class="panel-head"><h2 id="panel-title" tabindex="-1">Way in</h2><button type="button" class="close">Close</button></div><div class="panel-body"></div></dialog>
<script>${own(pageScript)}</script>
</body>
</html>`.markup
  }\n`;
};

const planArticle = (page: PlanPage): Html => {
  const { report, idOf } = page;
  const isError = report.verdict === 'error';
  const sections = [
    isError ? notesSection(page) : null,
    changesSection(page),
    causesSection(page),
    drawingSection(page),
    findingsSection(page),
    waysSection(page),
    settingsSection(page),
    assumptionsSection(page),
    isError ? null : notesSection(page),
    policiesSection(page),
  ].filter((section) => section !== null);
  return html`<article id="${idOf('plan')}" class="plan" aria-label="${nameOfPlan(report)}">
${planHead(page)}
${contents(page, sections)}
${sections}
${configurationNote(page)}
</article>`;
};

const names = {
  changes: 'Changes',
  breaks: 'What breaks',
  drawing: 'Drawing',
  findings: 'Findings',
  ways: 'Ways in',
  settings: 'Settings',
  assumptions: 'Assumed',
  notes: 'Not judged',
  policies: 'Policies',
} as const;

const contents = ({ idOf }: PlanPage, sections: readonly Html[]): Html | null => {
  const there = (Object.keys(names) as readonly (keyof typeof names)[]).filter((kind) =>
    sections.some(({ markup }) => markup.startsWith(`<section id="${idOf(kind)}"`)),
  );
  if (there.length < 2) return null;
  return html`<nav class="contents" aria-label="Contents of ${idOf('plan').replace('-', ' ')}"><ul>${there.map((kind) => html`<li><a href="#${idOf(kind)}">${names[kind]}</a></li>`)}</ul></nav>`;
};

const configurationNote = ({ report }: PlanPage): Html | null => {
  const { path, hash } = report.configuration;
  return path === null
    ? null
    : html`<p class="note">Configuration: <code>${path}</code>${hash === null ? null : html`, <code>${hash}</code>`}</p>`;
};
