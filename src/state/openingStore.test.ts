import { expect, test } from 'vitest';
import { createOpeningStore, welcome } from './openingStore';

function memory(start: string | null = null) {
  let kept = start;
  return { getItem: () => kept, setItem: (_: string, value: string) => { kept = value; } };
}
const refusing = { getItem: (): string => { throw new Error('no storage'); }, setItem: () => { throw new Error('no storage'); } };

function opened(storage: Parameters<typeof welcome>[1], hash = '') {
  const opening = createOpeningStore();
  welcome(opening, storage, hash);
  return opening;
}

test('a newcomer gets it until it is hidden; then not with the next visit either', () => {
  const storage = memory();
  const first = opened(storage);
  expect(first.getState().isOpen).toBe(true);
  expect(opened(storage).getState().isOpen).toBe(true);
  first.setState({ isOpen: false });
  expect(opened(storage).getState().isOpen).toBe(false);
});

test('a link to a place goes there, and a bare # is none', () => {
  expect(opened(memory(), '#at=1.2.3').getState().isOpen).toBe(false);
  expect(opened(memory(), '#').getState().isOpen).toBe(true);
});

test('without storage, and with nonsense in it, it is there', () => {
  const without = opened(refusing);
  expect(without.getState().isOpen).toBe(true);
  without.setState({ isOpen: false });
  expect(without.getState().isOpen).toBe(false);
  expect(opened(null).getState().isOpen).toBe(true);
  expect(opened(memory('{"__proto__":1}')).getState().isOpen).toBe(true);
});
