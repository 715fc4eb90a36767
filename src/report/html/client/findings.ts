import { all, holdsAll, wordsOf } from './elements.ts';

const startFilter = (tools: HTMLElement): void => {
  const section = tools.closest('section');
  if (section === null) return;
  const findings = all<HTMLElement>('.finding', section);
  const selects = all<HTMLSelectElement>('select[data-filter]', tools);
  const search = tools.querySelector<HTMLInputElement>('.search');
  const output = tools.querySelector('.count');
  const empty = section.querySelector<HTMLElement>('.empty');
  const apply = (): void => {
    const words = wordsOf(search?.value ?? '');
    const wanted = selects.filter(({ value }) => value !== '');
    const kept = findings.filter(
      (finding) =>
        wanted.every(({ value, dataset }) => finding.dataset[dataset['filter'] ?? ''] === value) &&
        holdsAll(finding, words),
    );
    const shown = new Set(kept);
    for (const finding of findings) finding.hidden = !shown.has(finding);
    if (output !== null)
      output.textContent = kept.length === findings.length ? '' : `${kept.length} of ${findings.length} findings`;
    if (empty !== null) empty.hidden = kept.length > 0;
  };
  tools.addEventListener('input', apply);
  tools.querySelector('.reset')?.addEventListener('click', () => {
    if (search !== null) search.value = '';
    for (const select of selects) select.value = '';
    apply();
  });
};

export const startFindings = (): void => {
  for (const tools of all<HTMLElement>('.tools.filter')) startFilter(tools);
};
