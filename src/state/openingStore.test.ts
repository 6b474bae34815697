import { expect, test } from 'vitest';
import { createOpeningStore, welcome, type Visit } from './openingStore';

function memory(start: string | null = null) {
  let kept = start;
  return { getItem: () => kept, setItem: (_: string, value: string) => { kept = value; } };
}
const refusing = { getItem: (): string => { throw new Error('no storage'); }, setItem: () => { throw new Error('no storage'); } };

/** A tab's entry: what is kept with it stays over a reload. */
function entry(start: unknown = null): Visit['history'] & { state: unknown } {
  const kept = { state: start, replaceState: (next: unknown) => { kept.state = next; } };
  return kept;
}

function opened(storage: Visit['storage'], { hash = '', history = entry() } = {}) {
  const opening = createOpeningStore();
  welcome(opening, { storage, history, hash });
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
  expect(opened(memory(), { hash: '#at=1.2.3' }).getState().isOpen).toBe(false);
  expect(opened(memory(), { hash: '#' }).getState().isOpen).toBe(true);
});

test('a reload with the place that the page itself wrote is as it was before: the question still open, or hidden', () => {
  const [storage, history, hash] = [memory(), entry({ other: 1 }), '#at=1.2.3'];
  const first = opened(storage, { history });
  expect(opened(storage, { history, hash }).getState().isOpen).toBe(true);
  // the same address as a link, in a tab of its own
  expect(opened(storage, { hash }).getState().isOpen).toBe(false);
  first.setState({ isOpen: false });
  expect(opened(storage, { history, hash }).getState().isOpen).toBe(false);
  expect(history.state).toMatchObject({ other: 1 });
});

test('hidden and the browser refusing to keep that: a reload of the place leaves it hidden all the same', () => {
  const [history, hash] = [entry(), '#at=1.2.3'];
  opened(refusing, { history }).setState({ isOpen: false });
  expect(opened(refusing, { history, hash }).getState().isOpen).toBe(false);
});

test('who came by a link gets it by asking, and then keeps it over a reload', () => {
  const [storage, history, hash] = [memory(), entry(), '#at=1.2.3'];
  opened(storage, { history, hash }).setState({ isOpen: true });
  expect(opened(storage, { history, hash }).getState().isOpen).toBe(true);
});

test('without storage, and with nonsense in it or in the history, it is there', () => {
  const without = opened(refusing);
  expect(without.getState().isOpen).toBe(true);
  without.setState({ isOpen: false });
  expect(without.getState().isOpen).toBe(false);
  expect(opened(null).getState().isOpen).toBe(true);
  expect(opened(memory('{"__proto__":1}'), { history: entry('nonsense') }).getState().isOpen).toBe(true);
});
