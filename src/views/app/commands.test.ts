import { expect, it, vi } from 'vitest';
import { createSession } from '../../state/session';
import { exampleRun } from '../story/exampleRun';
import { COMMANDS, commandHint, commandKeys, findCommand, type Command } from './commands';

const commands: readonly Command[] = COMMANDS;

it('gives no key and no name twice', () => {
  const keys = commands.flatMap((command) => command.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(commands.map((command) => command.id)).size).toBe(commands.length);
  expect(new Set(commands.map((command) => command.label)).size).toBe(commands.length);
});

it('has every key of the specification', () => {
  const keys = new Set(commands.flatMap((command) => command.keys));
  const wanted = [' ', '.', '>', ',', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'n', 'p', '[', ']', 'b', 'c', 't', '?', 'Escape'];
  expect(wanted.filter((key) => !keys.has(key))).toEqual([]);
});

it('names the key in the hint, but none that is switched off', () => {
  expect(commandHint('play', true)).toBe('Play or pause (Space)');
  expect(commandHint('left', true)).toBe('Token to the left (←)');
  expect(commandHint('nextPhase', true)).toBe('Next phase (.)');
  expect(commandHint('nextPhase', false)).toBe('Next phase');
  expect(commandHint('left', false, 'Back a token')).toBe('Back a token (←)');
  expect(commandHint('play', false)).toBe('Play or pause (Space)');
  expect(commandKeys('exportRun', false)).toBe('');
});

it('moves the selection inside the answers only', () => {
  const session = createSession(null);
  const run = exampleRun(1, 1);
  session.showRecorded(run);
  const press = (...ids: Parameters<typeof findCommand>[0][]): unknown => {
    for (const id of ids) findCommand(id).perform(session);
    return session.run.getState().selection;
  };
  expect(press('right')).toEqual({ answer: 0, token: 1 });
  expect(press('left', 'left', 'up')).toEqual({ answer: 0, token: 0 });
  const last = run.updates[0]!.sample.lengths_N[1]! - 1;
  expect(press('down', 'end', 'right')).toEqual({ answer: 1, token: last });
  expect(press('home')).toEqual({ answer: 1, token: 0 });
  for (let i = 0; i < 20; i++) press('down');
  expect(session.run.getState().selection?.answer).toBe(7);
  expect(press('clear')).toBeNull();
});

it('goes round the channels', () => {
  const session = createSession(null);
  session.showRecorded(exampleRun(1, 1));
  const seen = new Set<string>();
  for (let i = 0; i < 15; i++) {
    seen.add(session.run.getState().channel);
    findCommand('nextChannel').perform(session);
  }
  // reward, seven lines before the advantage, the advantage, five of the model
  expect(seen.size).toBe(14);
  const before = session.run.getState().channel;
  findCommand('nextChannel').perform(session);
  findCommand('previousChannel').perform(session);
  expect(session.run.getState().channel).toBe(before);
});

it('does nothing without a run', () => {
  vi.stubGlobal('document', { activeElement: null, querySelector: () => null });
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  const session = createSession(null);
  const before = session.run.getState();
  for (const command of commands) command.perform(session);
  expect(session.run.getState()).toEqual(before);
  vi.unstubAllGlobals();
});
