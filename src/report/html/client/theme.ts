const themes = ['', 'light', 'dark'] as const;
const labels = ['Theme: as the system', 'Theme: light', 'Theme: dark'];

/** One button for three themes; the choice holds while the page is open. */
export const startTheme = (): void => {
  const button = document.querySelector<HTMLButtonElement>('button.theme');
  let chosen = 0;
  button?.addEventListener('click', () => {
    chosen = (chosen + 1) % themes.length;
    document.documentElement.dataset['theme'] = themes[chosen] ?? '';
    button.textContent = labels[chosen] ?? '';
  });
};
