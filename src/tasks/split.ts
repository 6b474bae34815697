// Train, validation and test problems never overlap: the split is a function of the problem's text alone.

import { threefry, type Words } from '../random/threefry';
import type { Split } from './task';

const TENTHS_TEST = 1;
const TENTHS_VALIDATION = 1;

/** 8 of 10 problems are for training, one for validation, one for testing. */
export function splitOf(text: string): Split {
  let state: Words = [0x43686169, text.length];
  for (let i = 0; i < text.length; i++) state = threefry(state, [text.charCodeAt(i), i]);
  const tenth = state[0] % 10;
  if (tenth < TENTHS_TEST) return 'test';
  return tenth < TENTHS_TEST + TENTHS_VALIDATION ? 'validation' : 'train';
}
