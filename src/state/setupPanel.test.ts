import { expect, it } from 'vitest';
import { createSetupPanelStore, putDown, rememberFold, toggleFold, toggleSheet } from './setupPanel';

function memory(start: string | null) {
  let kept = start;
  return { getItem: () => kept, setItem: (_: string, value: string) => { kept = value; } };
}

function opened(storage: Parameters<typeof rememberFold>[1]) {
  const panel = createSetupPanelStore();
  rememberFold(panel, storage);
  return panel;
}

it('is open at first, and stays as it was left', () => {
  const storage = memory(null);
  const first = opened(storage);
  expect(first.getState().isFolded).toBe(false);
  toggleFold(first);
  expect(opened(storage).getState().isFolded).toBe(true);
  toggleFold(first);
  expect(opened(storage).getState().isFolded).toBe(false);
});

it('is open where the browser keeps nothing or something else, and folds all the same', () => {
  const refusing = { getItem: (): string => { throw new Error('no storage'); }, setItem: () => { throw new Error('no storage'); } };
  for (const storage of [null, refusing, memory('true'), memory('{"__proto__":1}')]) {
    const panel = opened(storage);
    expect(panel.getState().isFolded).toBe(false);
    toggleFold(panel);
    expect(panel.getState().isFolded).toBe(true);
  }
});

it('is a sheet that is down on every load, whatever was kept, and leaves the fold as it was', () => {
  const storage = memory('folded');
  const panel = opened(storage);
  expect(putDown(panel)).toBe(false);
  toggleSheet(panel);
  expect(panel.getState()).toEqual({ isFolded: true, isUp: true });
  expect(opened(storage).getState()).toEqual({ isFolded: true, isUp: false });
  expect(putDown(panel)).toBe(true);
  expect(panel.getState()).toEqual({ isFolded: true, isUp: false });
  toggleSheet(panel);
  toggleSheet(panel);
  expect(panel.getState().isUp).toBe(false);
});
