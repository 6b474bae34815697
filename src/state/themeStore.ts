// Light, dark, or as the system asks: what a person chose. The styles read it from the page's root (theme.css), what is painted number by
// number from the store (usePalette), and the script before the first paint from the browser's storage (beforePaint.ts).

import { createStore, type StoreApi } from 'zustand/vanilla';
import { keepText, readText, type TextStorage } from './keptText';

const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];

export interface ThemeState {
  readonly choice: ThemeChoice;
}
export type ThemeStore = StoreApi<ThemeState>;

export const THEME_KEY = 'creditscope.theme';

export function createThemeStore(): ThemeStore {
  return createStore<ThemeState>(() => ({ choice: 'system' }));
}

export function nextTheme(theme: ThemeStore): void {
  const { choice } = theme.getState();
  theme.setState({ choice: THEMES[(THEMES.indexOf(choice) + 1) % THEMES.length]! });
}

/** Takes the choice of an earlier visit, puts this one's on the page's root, and keeps it. `storage`: null where the browser refuses it. */
export function rememberTheme(theme: ThemeStore, root: Pick<HTMLElement, 'dataset'>, storage: TextStorage): void {
  const kept = readText(storage, THEME_KEY);
  const chosen = THEMES.find((one) => one === kept);
  if (chosen !== undefined) theme.setState({ choice: chosen });
  paint(root, theme.getState().choice);
  theme.subscribe(({ choice }) => {
    paint(root, choice);
    keepText(storage, THEME_KEY, choice);
  });
}

function paint(root: Pick<HTMLElement, 'dataset'>, choice: ThemeChoice): void {
  if (choice === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = choice;
}
