// The rules of task bifurcation as a machine with two states: what each position of an answer asks for, and what a token
// does to the state. Verifier, checker and exact values all read these; the definition in words is in bifurcation.ts.

import { STOP_TOKEN, type Problem } from './task';

const LETTERS = 'abcd';
export const FILLERS: readonly string[] = [...LETTERS];
export const DIRECTIONS = ['<', '>'] as const;
export const REPAIR = '!';
export const DIGITS: readonly string[] = [...'0123456789'];
/** in prompts only: what they stand for in an answer is free, a repair, luck */
export const MARK = { free: '.', repair: '?', luck: '#', end: ':' } as const;

export const ALPHABET: readonly string[] = ['<pad>', '<stop>', ...FILLERS, ...DIRECTIONS, REPAIR, ...Object.values(MARK), ...DIGITS];

export type Role = 'branch' | 'routine' | 'repair' | 'luck' | 'free';

export interface Course {
  readonly roles_T: readonly Role[];
  /** the one right character at branch and routine positions, REPAIR at repair positions, the winning digits at luck, else '' */
  readonly right_T: readonly string[];
  /** one past the last branch or routine position: from here on the good state cannot be lost, nor an answer end too early */
  readonly safeFrom: number;
  /** one past the last position that can restore the good state */
  readonly hopelessFrom: number;
}

/** All of an answer so far that its outcome depends on. */
export interface State {
  readonly position: number;
  readonly isGood: boolean;
}

export const START: State = { position: 0, isGood: true };

export function courseOf({ prompt, answer }: Problem): Course {
  const marks = [...prompt.slice(0, -1)];
  const roles_T = marks.map(roleOf);
  const winners = DIGITS.filter((digit) => answer.includes(digit)).join('');
  const right_T = roles_T.map((role, t) => (role === 'luck' ? winners : role === 'repair' ? REPAIR : role === 'free' ? '' : marks[t]!));
  return {
    roles_T,
    right_T,
    safeFrom: 1 + roles_T.findLastIndex((role) => role === 'branch' || role === 'routine'),
    hopelessFrom: 1 + roles_T.findLastIndex((role) => role === 'repair' || (role === 'luck' && winners !== '')),
  };
}

function roleOf(mark: string): Role {
  if (mark === DIRECTIONS[0] || mark === DIRECTIONS[1]) return 'branch';
  if (mark === MARK.repair) return 'repair';
  if (mark === MARK.luck) return 'luck';
  return LETTERS.includes(mark) ? 'routine' : 'free';
}

/** The state after one more character, which may be any character. */
export function advance({ roles_T, right_T }: Course, { position, isGood }: State, character: string): State {
  const role = roles_T[position];
  if (role === undefined) return { position, isGood };
  const isRight = right_T[position]!.includes(character);
  const next = position + 1;
  if (role === 'branch' || role === 'routine') return { position: next, isGood: isGood && isRight };
  if (role === 'repair' || role === 'luck') return { position: next, isGood: isGood || isRight };
  return { position: next, isGood };
}

/** The outcome of an answer that ends in this state. */
export function outcomeOf({ safeFrom }: Course, { position, isGood }: State): 0 | 1 {
  return isGood && position >= safeFrom ? 1 : 0;
}

/** The outcome, where every continuation has the same one; else undefined. */
export function decidedOutcome({ safeFrom, hopelessFrom }: Course, { position, isGood }: State): 0 | 1 | undefined {
  if (isGood) return position >= safeFrom ? 1 : undefined;
  return position >= hopelessFrom ? 0 : undefined;
}

/** A token is wrong in itself where it is not the one right character, or passes over a repair that is needed. Luck is nobody's fault. */
export function isRightInItself({ roles_T, right_T }: Course, { position, isGood }: State, character: string): boolean {
  const role = roles_T[position];
  if (role === 'branch' || role === 'routine' || (role === 'repair' && !isGood)) return right_T[position]!.includes(character);
  return true;
}

/** The state after a token, or the outcome where the token ends the answer. Padding counts as a character that is right nowhere. */
export function advanceByToken(course: Course, state: State, token: number): State | 0 | 1 {
  return token === STOP_TOKEN ? outcomeOf(course, state) : advance(course, state, ALPHABET[token] ?? '\uFFFD');
}
