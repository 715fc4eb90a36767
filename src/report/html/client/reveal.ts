import { all } from './elements.ts';

/** Takes every filter of a plan back. */
const resetFilters = (plan: Element): void => {
  for (const input of all<HTMLInputElement>('.verdicts input', plan)) input.checked = true;
  for (const select of all<HTMLSelectElement>('select[data-filter]', plan)) select.value = '';
  for (const input of all<HTMLInputElement>('.find, .search', plan)) {
    input.value = '';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
};

/** Nothing that an address names stays hidden: not by a filter, not by the choice of a plan, not in what is folded. */
const uncover = (target: Element): void => {
  const plan = target.closest<HTMLElement>('.plan');
  if (plan?.hidden === true) choosePlan(plan.id);
  if (plan !== null && target.closest('.way[hidden], .finding[hidden]') !== null) resetFilters(plan);
  for (let parent = target.parentElement; parent !== null; parent = parent.parentElement) {
    if (parent instanceof HTMLDetailsElement) parent.open = true;
  }
};

const choosePlan = (id: string): void => {
  const switcher = document.querySelector<HTMLSelectElement>('.switcher');
  if (switcher === null) return;
  switcher.value = id;
  switcher.dispatchEvent(new Event('input'));
};

/** Shows what the address of the page names. */
const revealHash = (): void => {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id === '' ? null : document.getElementById(id);
  if (target === null) return;
  uncover(target);
  for (const marked of all('.target')) marked.classList.remove('target');
  const item = target.closest<HTMLElement>('.way, .finding') ?? target;
  item.classList.add('target');
  item.scrollIntoView({ block: 'start' });
  (item.querySelector('summary') ?? target).focus({ preventScroll: true });
};

export const startReveal = (): void => {
  addEventListener('hashchange', revealHash);
  // The address does not change where it is the same: what was folded again opens all the same.
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link !== null && link.getAttribute('href') === location.hash) revealHash();
  });
  const switcher = document.querySelector<HTMLSelectElement>('.switcher');
  switcher?.addEventListener('input', () => {
    for (const plan of all<HTMLElement>('.plan')) plan.hidden = switcher.value !== '' && plan.id !== switcher.value;
  });
  // The browser goes to the place by itself once all is there, and takes the focus with it.
  addEventListener('load', () => setTimeout(revealHash));
};
