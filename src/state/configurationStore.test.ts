import { beforeEach, expect, it } from 'vitest';
import { acceptCatalogue, boundsText, choosePreset, chooseMethod, createConfigurationStore, differences, editOption, parseOption, valueOf, type ConfigurationStore } from './configurationStore';
import { CATALOGUE, CONFIGURATION } from './testing';

let store: ConfigurationStore;
const seed = CATALOGUE.settings[0]!;
const weight = CATALOGUE.methods[1]!.parameters[0]!;
const std = CATALOGUE.methods[0]!.parameters[0]!;

beforeEach(() => {
  store = createConfigurationStore();
  acceptCatalogue(store, CATALOGUE);
});

it('starts with the recipe of the run on screen', () => {
  const opening = { ...CONFIGURATION, method: 'capo' };
  acceptCatalogue(store, { ...CATALOGUE, opening });
  expect(store.getState()).toMatchObject({ configuration: opening, own: opening });
});

it('takes another preset whole', () => {
  editOption(store, 'seed', seed, 'x');
  choosePreset(store, 'other');
  expect(store.getState()).toMatchObject({ configuration: { preset: 'other', seed: 9 }, errors: {}, drafts: {} });
  choosePreset(store, 'unknown');
  expect(store.getState().configuration?.preset).toBe('other');
});

it('gives another method its own defaults', () => {
  editOption(store, 'methodParameters.std', std, 'none');
  chooseMethod(store, 'capo');
  expect(store.getState().configuration).toMatchObject({ method: 'capo', methodParameters: { W: 2 } });
  expect(store.getState().drafts).toEqual({});
});

it('edits deep values and leaves the preset alone', () => {
  chooseMethod(store, 'capo');
  editOption(store, 'methodParameters.W', weight, '2.5');
  editOption(store, 'optimizer.learningRate', { name: 'optimizer.learningRate', label: 'Rate', default: 1, minimum: 0 }, '1e-4');
  const { configuration } = store.getState();
  expect(configuration?.methodParameters).toEqual({ W: 2.5 });
  expect(configuration?.optimizer).toEqual({ ...CONFIGURATION.optimizer, learningRate: 1e-4 });
  expect(CONFIGURATION.optimizer.learningRate).toBe(1e-3);
});

it.each([['', 'number'], ['abc', 'number'], ['1.5', 'whole'], ['-1', 'from 0 to 100'], ['101', 'from 0 to 100'], ['1e999', 'number'], ['NaN', 'number']])('refuses the seed "%s"', (text, word) => {
  editOption(store, 'seed', seed, text);
  expect(store.getState().errors['seed']).toContain(word);
  expect(store.getState().drafts['seed']).toBe(text);
  expect(store.getState().configuration?.seed).toBe(1);
  editOption(store, 'seed', seed, ' 5 ');
  expect(store.getState().errors).toEqual({});
  expect(store.getState().configuration?.seed).toBe(5);
});

it('takes only listed choices', () => {
  expect(parseOption(std, 'none')).toBe('none');
  expect(parseOption(std, 'toString')).toEqual({ message: 'Spread must be one of group, none.' });
});

it('understands a comma and a true minus', () => {
  const any = { name: 'x', label: 'X', default: 0 };
  expect([parseOption(any, '0,5'), parseOption(any, '−2')]).toEqual([0.5, -2]);
  expect(parseOption({ ...any, isInteger: true }, '1,000')).toEqual({ message: 'X must be a whole number.' });
});

it('reads by path without following what is inherited', () => {
  expect(valueOf(CONFIGURATION, 'loss.clipLow')).toBe(0.2);
  for (const path of ['toString', '__proto__.toString', 'loss', 'loss.nothing', 'seed.length', '']) expect(valueOf(CONFIGURATION, path)).toBeUndefined();
});

it('names what differs', () => {
  expect(differences(CONFIGURATION, { ...CONFIGURATION, seed: 2, methodParameters: { W: 1 } })).toEqual(['seed', 'methodParameters.W']);
  expect(differences(CONFIGURATION, CONFIGURATION)).toEqual([]);
});

it('says bounds in words', () => {
  expect([{ minimum: 0, maximum: 1 }, { minimum: 0 }, { maximum: 1 }, {}].map((bounds) => boundsText({ name: 'x', label: 'X', default: 0, ...bounds }))).toEqual(['from 0 to 1', 'at least 0', 'at most 1', 'any number']);
});
