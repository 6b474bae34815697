import { expect, it } from 'vitest';
import { createThemeStore, nextTheme, rememberTheme, THEME_KEY } from './themeStore';

it('goes round, stands on the page and is kept for the next visit', () => {
  const held = new Map<string, string>();
  const storage = { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value) };
  const root = { dataset: {} as DOMStringMap };
  const theme = createThemeStore();
  rememberTheme(theme, root, storage);
  const seen = [0, 1, 2].map(() => {
    nextTheme(theme);
    return [theme.getState().choice, root.dataset['theme'], held.get(THEME_KEY)];
  });
  expect(seen).toEqual([['light', 'light', 'light'], ['dark', 'dark', 'dark'], ['system', undefined, 'system']]);
  nextTheme(theme);
  const [later, next] = [createThemeStore(), { dataset: {} as DOMStringMap }];
  rememberTheme(later, next, storage);
  expect([later.getState().choice, next.dataset['theme']]).toEqual(['light', 'light']);
});

it.each(['', 'Dark', '<img>', 'toString', '{}'])('takes the stored text %j for no choice', (text) => {
  const [theme, root] = [createThemeStore(), { dataset: {} as DOMStringMap }];
  rememberTheme(theme, root, { getItem: () => text, setItem: () => undefined });
  expect([theme.getState().choice, root.dataset]).toEqual(['system', {}]);
});

it('works with a storage that refuses, and with none', () => {
  const refuse = (): never => { throw new Error('no storage here'); };
  for (const storage of [null, { getItem: refuse, setItem: refuse }]) {
    const [theme, root] = [createThemeStore(), { dataset: {} as DOMStringMap }];
    rememberTheme(theme, root, storage);
    theme.setState({ choice: 'dark' });
    expect(root.dataset).toEqual({ theme: 'dark' });
  }
});
