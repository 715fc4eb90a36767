import { all, holdsAll, waysOf, wordsOf } from './elements.ts';
import { openPanel, waysIn } from './panel.ts';

type Drawing = {
  readonly section: HTMLElement;
  readonly ways: ReadonlyMap<string, HTMLElement>;
  readonly edges: readonly SVGElement[];
  readonly nodes: readonly SVGElement[];
};

/** Lines and boxes of the drawing that stay as they are; the others step back. */
const light = ({ edges, nodes }: Drawing, isLit: (edge: SVGElement) => boolean): void => {
  const touched = new Set<string>();
  for (const edge of edges) {
    const lit = isLit(edge);
    edge.classList.toggle('dimmed', !lit);
    if (!lit) continue;
    for (const end of ['data-from', 'data-to']) touched.add(edge.getAttribute(end) ?? '');
  }
  for (const node of nodes) node.classList.toggle('dimmed', !touched.has(node.getAttribute('data-node') ?? ''));
};

/** The ways in that the tools of the drawing leave. */
const keptBy = ({ section, ways }: Drawing): ReadonlySet<string> => {
  const verdicts = new Set(all<HTMLInputElement>('.verdicts input:checked', section).map(({ value }) => value));
  const words = wordsOf(section.querySelector<HTMLInputElement>('.find')?.value ?? '');
  const kept = [...ways].filter(([, way]) => {
    const summary = way.querySelector('summary');
    return verdicts.has(way.dataset['verdict'] ?? '') && summary !== null && holdsAll(summary, words);
  });
  return new Set(kept.map(([id]) => id));
};

/** Hides ways in of the list, and dims the drawing; says how many are left. */
const applyTools = (drawing: Drawing): void => {
  const { section, ways } = drawing;
  const kept = keptBy(drawing);
  const isWhole = kept.size === ways.size;
  for (const [id, way] of ways) way.hidden = !kept.has(id);
  light(drawing, (edge) => isWhole || waysOf(edge).some((id) => kept.has(id)));
  const output = section.querySelector('.count');
  if (output !== null) output.textContent = isWhole ? '' : `${kept.size} of ${ways.size} ways in`;
  const empty = section.closest('.plan')?.querySelector<HTMLElement>('.ways')?.previousElementSibling;
  if (empty instanceof HTMLElement && empty.classList.contains('empty')) empty.hidden = kept.size > 0;
};

const choose = (drawing: Drawing, from: SVGElement, ids: readonly string[]): void => {
  const chosen = new Set(ids);
  const ways = ids.flatMap((id) => drawing.ways.get(id) ?? []);
  const title = from.querySelector('title')?.textContent?.split('\n')[0] ?? 'Ways in';
  openPanel({ title, ways }, from, () => applyTools(drawing));
  light(drawing, (edge) => waysOf(edge).some((id) => chosen.has(id)));
};

const startEdge = (drawing: Drawing, edge: SVGElement): void => {
  edge.addEventListener('click', (event) => {
    if (waysOf(edge).length === 0) return;
    event.preventDefault();
    choose(drawing, edge, waysOf(edge));
  });
};

/** What is written in the box, what it is called in full, and what it opens. */
const nameOf = (node: SVGElement, count: number): string => {
  const written = all('text', node).map(({ textContent }) => textContent);
  const [title = ''] = node.querySelector('title')?.textContent?.split('\n') ?? [];
  return `${written.join(' ')}: ${title}, ${count === 1 ? '1 way' : `${count} ways`} in`;
};

/** A box shows the ways in that lead to it, from it or through it. */
const startNode = (drawing: Drawing, node: SVGElement): void => {
  const id = node.getAttribute('data-node');
  const own = drawing.edges.filter(
    (edge) =>
      edge.ownerSVGElement === node.ownerSVGElement &&
      (edge.getAttribute('data-from') === id || edge.getAttribute('data-to') === id),
  );
  const ids = [...new Set(own.flatMap(waysOf))];
  if (ids.length === 0) return;
  node.classList.add('active');
  node.setAttribute('role', 'button');
  node.setAttribute('tabindex', '0');
  node.setAttribute('aria-label', nameOf(node, ids.length));
  node.addEventListener('click', () => choose(drawing, node, ids));
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose(drawing, node, ids);
  });
};

const steps = [0.5, 0.6, 0.75, 0.9, 1, 1.25, 1.5, 2];

/** The next larger or smaller step; none at the end of them. */
const nextStep = (scale: number, direction: number): number | undefined =>
  direction > 0 ? steps.find((step) => step > scale + 0.01) : steps.findLast((step) => step < scale - 0.01);

const widthOf = (picture: SVGSVGElement): number => Number(picture.dataset['width']);

const startZoom = (section: HTMLElement): void => {
  const pictures = all<SVGSVGElement>('svg.drawing', section);
  const fit = (): void => {
    for (const picture of pictures) {
      picture.classList.remove('zoomed');
      picture.style.width = '';
    }
  };
  const zoom = (direction: number): void => {
    const shown = pictures.find((picture) => picture.getBoundingClientRect().width > 0);
    if (shown === undefined) return;
    const next = nextStep(shown.getBoundingClientRect().width / widthOf(shown), direction);
    if (next === undefined) return;
    for (const picture of pictures) {
      picture.classList.add('zoomed');
      picture.style.width = `${widthOf(picture) * next}px`;
    }
  };
  const act = (direction: number): void => (direction === 0 ? fit() : zoom(direction));
  for (const button of all<HTMLButtonElement>('[data-zoom]', section))
    button.addEventListener('click', () => act(Number(button.dataset['zoom'])));
};

/** A drawing that is wider or higher than its frame begins where something breaks. */
const showBreak = (frame: HTMLElement): void => {
  const line = frame.querySelector('.edge.barred') ?? frame.querySelector('.edge.unreachable');
  if (line === null) return;
  const [outer, inner] = [frame.getBoundingClientRect(), line.getBoundingClientRect()];
  if (inner.right > outer.right || inner.left < outer.left)
    frame.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  if (inner.bottom > outer.bottom || inner.top < outer.top)
    frame.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
};

const startFrames = (section: HTMLElement): void => {
  const frames = all<HTMLElement>('.picture', section);
  const show = (): void => frames.forEach(showBreak);
  for (const choice of all<HTMLInputElement>('.show-folded, .show-whole', section))
    choice.addEventListener('change', show);
  show();
};

export const startDrawings = (): void => {
  for (const section of all<HTMLElement>('.drawings')) {
    const plan = section.closest('.plan');
    if (plan === null) continue;
    const drawing: Drawing = {
      section,
      ways: waysIn(plan),
      edges: all<SVGElement>('.edge[data-from]', section),
      nodes: all<SVGElement>('.node', section),
    };
    for (const edge of drawing.edges) startEdge(drawing, edge);
    for (const node of drawing.nodes) startNode(drawing, node);
    for (const input of all<HTMLInputElement>('.find, .verdicts input', section))
      input.addEventListener('input', () => applyTools(drawing));
    startZoom(section);
    startFrames(section);
  }
};
