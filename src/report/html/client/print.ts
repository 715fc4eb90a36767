import { all } from './elements.ts';

/** On paper nothing can be unfolded: what is broken and what was found is printed whole. */
export const startPrint = (): void => {
  let opened: readonly HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = all<HTMLDetailsElement>('.way.unreachable, .finding').filter(({ open }) => !open);
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
};
