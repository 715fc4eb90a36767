import { all } from './elements.ts';

type Shown = { readonly title: string; readonly ways: readonly HTMLElement[] };

const panel = document.querySelector<HTMLDialogElement>('dialog.panel');
const title = document.querySelector<HTMLElement>('#panel-title');
const body = document.querySelector<HTMLElement>('.panel-body');

let opener: Element | null = null;
let onClose = (): void => {};

const withoutIds = (node: Element): Element => {
  const copy = node.cloneNode(true) as Element;
  for (const element of [copy, ...copy.querySelectorAll('[id]')]) element.removeAttribute('id');
  return copy;
};

const element = (tag: string, className: string, text = ''): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

const summaryOf = (way: HTMLElement, tag: string): HTMLElement => {
  const line = element(tag, 'panel-way');
  const summary = way.querySelector('summary');
  for (const node of summary?.childNodes ?? []) line.append(node.cloneNode(true));
  return line;
};

/** One way in with its legs. */
const showWay = (way: HTMLElement, back: Shown | null): void => {
  const legs = way.querySelector('.legs');
  if (body === null || title === null || legs === null) return;
  const link = element('a', 'in-list', 'Show it in the list') as HTMLAnchorElement;
  link.href = `#${legs.id}`;
  const parts = [summaryOf(way, 'p'), withoutIds(legs), link];
  if (back !== null) {
    const button = element('button', 'back', `← ${back.ways.length} ways in`);
    button.addEventListener('click', () => show(back));
    parts.unshift(button);
  }
  title.textContent = 'Way in';
  body.replaceChildren(...parts);
  body.scrollTop = 0;
  title.focus();
};

const show = (shown: Shown): void => {
  const [only, ...more] = shown.ways;
  if (body === null || title === null || only === undefined) return;
  if (more.length === 0) {
    showWay(only, null);
    return;
  }
  title.textContent = shown.title;
  const list = element('ul', 'panel-list');
  for (const way of shown.ways) {
    const button = summaryOf(way, 'button');
    button.addEventListener('click', () => showWay(way, shown));
    const item = document.createElement('li');
    item.append(button);
    list.append(item);
  }
  body.replaceChildren(list);
  body.scrollTop = 0;
  title.focus();
};

const gap = 24;

/** The panel covers the lower part of the window: what it speaks of stays above it. */
const keepInView = (from: Element, over: Element): void => {
  const hidden = from.getBoundingClientRect().bottom + gap - over.getBoundingClientRect().top;
  if (hidden > 0) scrollBy({ top: hidden });
};

/** Opens the panel beside the drawing. `closed` is called once it is closed again. */
export const openPanel = (shown: Shown, from: Element, closed: () => void): void => {
  if (panel === null || shown.ways.length === 0) return;
  onClose();
  opener = from;
  onClose = closed;
  if (!panel.open) panel.show();
  show(shown);
  keepInView(from, panel);
};

const closePanel = (): void => {
  if (panel?.open !== true) return;
  const hadFocus = panel.contains(document.activeElement);
  panel.close();
  onClose();
  onClose = () => {};
  if (hadFocus && opener instanceof SVGElement) opener.focus();
};

export const startPanel = (): void => {
  panel?.querySelector('.close')?.addEventListener('click', closePanel);
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') closePanel();
  });
  panel?.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a[href^="#"]') !== null) closePanel();
  });
};

/** The ways in of a plan, by their ids. */
export const waysIn = (plan: Element): ReadonlyMap<string, HTMLElement> =>
  new Map(all<HTMLElement>('.way', plan).map((way) => [way.dataset['way'] ?? '', way]));
