// The script before the first paint and the page must never disagree on the opening or the theme: they would flash, or come late.

import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createOpeningStore, HIDDEN, OPEN, OPENING_KEY, welcome } from '../../state/openingStore';
import { THEME_KEY } from '../../state/themeStore';
import { beforePaint } from './beforePaint';

const storages = { none: null, empty: () => null, hidden: () => HIDDEN, nonsense: () => '{}', refusing: () => { throw new Error('no storage'); } };
const states = { none: null, text: 'open', open: { [OPENING_KEY]: OPEN }, hidden: { [OPENING_KEY]: HIDDEN }, another: { [OPENING_KEY]: 1 } };
const cases = Object.entries(storages).flatMap(([kept, getItem]) => Object.entries(states).flatMap(([kind, state]) => ['', '#', '#at=1', '#lesson=one-score'].map((hash) => ({ kept, getItem, kind, state, hash }))));

test('the opening is painted exactly when the page shows it', () => {
  const [painted, shown] = [new Map<string, boolean>(), new Map<string, boolean>()];
  for (const { kept, getItem, kind, state, hash } of cases) {
    const name = `storage ${kept}, history ${kind}, address ${hash}`;
    const opening = createOpeningStore();
    const storage = getItem === null ? null : { getItem, setItem: () => {} };
    welcome(opening, { storage, history: { state: structuredClone(state), replaceState: () => {} }, hash });
    const classes: string[] = [];
    // where the browser gives no storage its mere name throws
    const page = { location: { hash }, history: { state }, document: { documentElement: { classList: { add: (name: string) => classes.push(name) } } }, get localStorage() { if (storage === null) throw new Error('refused'); return storage; } };
    runInNewContext(beforePaint(), page);
    painted.set(name, !classes.includes('noOpening'));
    shown.set(name, opening.getState().isOpen);
  }
  expect(painted).toEqual(shown);
  expect(new Set(shown.values()).size).toBe(2);
});

test('the first paint has the theme that was chosen, and no other', () => {
  const painted = ['light', 'dark', 'system', 'Dark', null].map((kept) => {
    const dataset: Record<string, string> = {};
    const document = { documentElement: { dataset, classList: { add: () => {} } } };
    runInNewContext(beforePaint(), { location: { hash: '' }, history: { state: null }, localStorage: { getItem: (key: string) => (key === THEME_KEY ? kept : null) }, document });
    return dataset['theme'];
  });
  expect(painted).toEqual(['light', 'dark', undefined, undefined, undefined]);
});
