// Every command of the page, once: buttons, keys, tooltips and the list of keys are all made from this table.
// Keys marked `grid` work only while a token has the focus, where arrows have a meaning.

import type { Session } from '../../state/session';
import { shownUpdate } from '../../state/runStore';
import { putDown, toggleFold, toggleSheet } from '../../state/setupPanel';
import { toggleView } from '../../state/stageStore';
import { nextTheme } from '../../state/themeStore';
import { channelsOf, findChannel } from '../../viz/channel';
import { answersOf } from '../../viz/phaseSentence';
import { shareDialog } from '../share/shareDialog';
import { endMaximised, toggleMaximised } from './maximised';
import { hasSheets } from './sheets';
import { isShut } from './shutCommands';

export interface Command {
  readonly id: string;
  readonly label: string;
  /** values of KeyboardEvent.key */
  readonly keys: readonly string[];
  readonly where: 'page' | 'grid';
  perform(session: Session): void;
}

export const COMMANDS = [
  { id: 'play', label: 'Play or pause', keys: [' '], where: 'page', perform: (session) => session.togglePlay() },
  { id: 'nextPhase', label: 'Next phase', keys: ['.'], where: 'page', perform: (session) => session.nextPhase() },
  { id: 'nextUpdate', label: 'Next update', keys: ['>'], where: 'page', perform: (session) => session.nextUpdate() },
  { id: 'back', label: 'Back', keys: [','], where: 'page', perform: (session) => session.back() },
  { id: 'previousChannel', label: 'Channel before', keys: ['['], where: 'page', perform: (session) => stepChannel(session, -1) },
  { id: 'nextChannel', label: 'Channel after', keys: [']'], where: 'page', perform: (session) => stepChannel(session, 1) },
  { id: 'compare', label: 'Compare methods, or back to the answers', keys: ['c'], where: 'page', perform: ({ stage }) => toggleView(stage, 'compare') },
  { id: 'table', label: 'Table of the answers, or back to the answers', keys: ['t'], where: 'page', perform: ({ stage }) => toggleView(stage, 'table') },
  { id: 'bookmark', label: 'Next surprise or bookmark', keys: ['b'], where: 'page', perform: ({ bookmarks }) => bookmarks.go(1) },
  { id: 'bookmarkBefore', label: 'Surprise or bookmark before', keys: ['B'], where: 'page', perform: ({ bookmarks }) => bookmarks.go(-1) },
  { id: 'keepBookmark', label: 'Bookmark the selected token, or drop its bookmark', keys: ['m'], where: 'page', perform: ({ bookmarks }) => bookmarks.toggle() },
  { id: 'nextAnswer', label: 'Next answer', keys: ['n'], where: 'page', perform: (session) => moveSelection(session, 1, 0) },
  { id: 'answerBefore', label: 'Answer before', keys: ['p'], where: 'page', perform: (session) => moveSelection(session, -1, 0) },
  { id: 'lessons', label: 'Lessons', keys: ['l'], where: 'page', perform: ({ lessons }) => lessons.showList(true) },
  { id: 'value', label: 'Values, or back to the answers', keys: ['v'], where: 'page', perform: ({ stage }) => toggleView(stage, 'value') },
  { id: 'gradient', label: 'Gradient, or back to the answers', keys: ['g'], where: 'page', perform: ({ stage }) => toggleView(stage, 'gradient') },
  { id: 'exportRun', label: 'Export the run on screen as a file', keys: ['e'], where: 'page', perform: ({ runFiles }) => void runFiles.exportRun(true) },
  { id: 'importRun', label: 'Import a run file', keys: ['o'], where: 'page', perform: ({ runFiles }) => runFiles.choose() },
  { id: 'timeline', label: 'Where the time goes, or back to the answers', keys: ['w'], where: 'page', perform: ({ stage }) => toggleView(stage, 'timeline') },
  { id: 'setup', label: 'Setup: open it, or put it away', keys: ['s'], where: 'page', perform: toggleSetup },
  { id: 'theme', label: 'Theme: as the system, light, dark', keys: ['d'], where: 'page', perform: ({ theme }) => nextTheme(theme) },
  { id: 'share', label: 'Share: copy a link to this exact view', keys: ['u'], where: 'page', perform: () => shareDialog.setState({ isOpen: true }) },
  { id: 'keys', label: 'Commands and their keys', keys: ['?'], where: 'page', perform: ({ keys }) => keys.setState({ isListOpen: true }) },
  { id: 'maximise', label: 'Maximise the panel with the focus, or back to its size', keys: ['x'], where: 'page', perform: () => toggleMaximised() },
  { id: 'clear', label: 'Clear the selection, or leave a maximised panel or the setup’s sheet', keys: ['Escape'], where: 'page', perform: (session) => { if (!endMaximised() && !putDown(session.setupPanel)) session.clear(); } },
  { id: 'pin', label: 'Pin the selected token for comparison, or let it go', keys: ['i'], where: 'page', perform: (session) => { const { selection } = session.run.getState(); if (selection !== null) session.togglePin(selection); } },
  { id: 'goBack', label: 'Go back to where the run was well, and halve the learning rate', keys: ['z'], where: 'page', perform: ({ goBack }) => goBack.halve() },
  { id: 'left', label: 'Token to the left', keys: ['ArrowLeft'], where: 'grid', perform: (session) => moveSelection(session, 0, -1) },
  { id: 'right', label: 'Token to the right', keys: ['ArrowRight'], where: 'grid', perform: (session) => moveSelection(session, 0, 1) },
  { id: 'up', label: 'Answer above', keys: ['ArrowUp'], where: 'grid', perform: (session) => moveSelection(session, -1, 0) },
  { id: 'down', label: 'Answer below', keys: ['ArrowDown'], where: 'grid', perform: (session) => moveSelection(session, 1, 0) },
  { id: 'home', label: 'First token of the answer', keys: ['Home'], where: 'grid', perform: (session) => moveSelection(session, 0, -Infinity) },
  { id: 'end', label: 'Last token of the answer', keys: ['End'], where: 'grid', perform: (session) => moveSelection(session, 0, Infinity) },
] as const satisfies readonly Command[];

export type CommandId = (typeof COMMANDS)[number]['id'];

export function findCommand(id: CommandId): Command {
  return COMMANDS.find((command) => command.id === id)!;
}

/** The tooltip of a command's button: "Next phase (.)". `words` in place of its label. */
export function commandHint(id: CommandId, hasCharacterKeys: boolean, words = findCommand(id).label): string {
  const keys = commandKeys(id, hasCharacterKeys);
  return keys === '' ? words : `${words} (${keys})`;
}

/** Those that work: keys of one character only while they are not switched off. */
export function commandKeys(id: CommandId, hasCharacterKeys: boolean): string {
  return findCommand(id).keys.filter((key) => hasCharacterKeys || !isCharacter(key)).map(keyName).join(' or ');
}

export function keyName(key: string): string {
  if (key === ' ') return 'Space';
  return key.startsWith('Arrow') ? { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' }[key] ?? key : key;
}

/** Of one character, as letters and signs are: these can be switched off. Space presses things everywhere, and stays. */
export function isCharacter(key: string): boolean {
  return key.length === 1 && key !== ' ';
}

/** Runs the command of a key. Keys typed into a field or while a dialog is open, and Space on something that Space presses, are left alone. */
export function handleKey(session: Session, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const isIn = (selector: string): boolean => event.target instanceof Element && event.target.closest(selector) !== null;
  if (isIn('input:not([type=range]), textarea, select, [contenteditable]')) return;
  // a press beside its fields takes the focus out of a dialog
  if (document.querySelector('dialog[open]') !== null) return;
  if (isCharacter(event.key) && !session.keys.getState().hasCharacterKeys) return;
  if (event.key === ' ' && isIn('button, a, summary, input')) return;
  const command = (COMMANDS as readonly Command[]).find(({ keys, where }) => keys.includes(event.key) && (where === 'page' || isIn('[role=grid]')));
  if (command === undefined || isShut(session, command.id)) return;
  event.preventDefault();
  command.perform(session);
}

/** A lesson's card stands in its place. */
function toggleSetup({ lessons, setupPanel }: Session): void {
  if (lessons.store.getState().open !== null) return;
  endMaximised();
  if (hasSheets()) toggleSheet(setupPanel);
  else toggleFold(setupPanel);
}

function stepChannel(session: Session, by: number): void {
  const state = session.run.getState();
  const update = shownUpdate(state);
  if (update === undefined) return;
  const channels = channelsOf(update);
  const index = channels.indexOf(findChannel(channels, state.channel));
  session.run.setState({ channel: channels[(index + by + channels.length) % channels.length]!.id, locked: null });
}

function moveSelection(session: Session, answers: number, tokens: number): void {
  const state = session.run.getState();
  const update = shownUpdate(state);
  if (update === undefined) return;
  const group = answersOf(update, Math.min(state.problem, update.sample.problems_P.length - 1));
  const from = state.selection ?? { answer: 0, token: 0 };
  const answer = clamp(from.answer + answers, group.length - 1);
  const length = update.sample.lengths_N[group[answer] ?? 0] ?? 1;
  session.run.setState({ selection: { answer, token: clamp(from.token + tokens, length - 1) } });
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(last, value));
}
