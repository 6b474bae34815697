import { expect, it } from 'vitest';
import { createKeyStore, rememberKeys } from './keyStore';

const KEY = 'creditscope.characterKeys';

it('keeps the choice for the next visit', () => {
  const held = new Map<string, string>();
  const storage = { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value) };
  const visit = (): ReturnType<typeof createKeyStore> => {
    const keys = createKeyStore();
    rememberKeys(keys, storage);
    return keys;
  };
  const first = visit();
  first.setState({ isListOpen: true });
  expect(held.size).toBe(0);
  first.setState({ hasCharacterKeys: false });
  const second = visit();
  expect(second.getState()).toEqual({ isListOpen: false, hasCharacterKeys: false });
  second.setState({ hasCharacterKeys: true });
  expect(visit().getState().hasCharacterKeys).toBe(true);
});

it.each(['', 'OFF', '<img>', '{"off":true}', '0'])('takes the stored text %j for no choice', (text) => {
  const keys = createKeyStore();
  rememberKeys(keys, { getItem: (key) => (key === KEY ? text : null), setItem: () => undefined });
  expect(keys.getState().hasCharacterKeys).toBe(true);
});

it('works with a storage that refuses, and with none', () => {
  const refuse = (): never => { throw new Error('no storage here'); };
  for (const storage of [null, { getItem: refuse, setItem: refuse }]) {
    const keys = createKeyStore();
    rememberKeys(keys, storage);
    keys.setState({ hasCharacterKeys: false });
    expect(keys.getState().hasCharacterKeys).toBe(false);
  }
});
