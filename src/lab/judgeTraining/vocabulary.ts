// The tokens of the judge that ships: padding, stop, the characters of all tasks, then words of several characters, of which always
// the longest that fits is taken. tokenizer.json holds the same as added tokens.

import { BUILT_IN_END, MOST_STEPS } from '../../critics/builtInJudge';
import { FIRST_CHARACTER_TOKEN, PADDING_TOKEN } from '../../tasks/task';
import { judgedTasks } from './judgedTasks';

const steps = (text: (step: number) => string): string[] => Array.from({ length: MOST_STEPS }, (_, step) => text(step));

export const CHARACTERS: readonly string[] = [...new Set(judgedTasks().flatMap(({ task }) => task.alphabet.slice(FIRST_CHARACTER_TOKEN)))];

/** A number in the rules is written in digits. */
const RULES: readonly string[] = [...new Set(judgedTasks().flatMap(({ task }) => `Rules: ${task.rules}\n\n`.split(/(?<=modulo )\d+/)))];

export const WORDS: readonly string[] = [
  ...RULES, ...steps((k) => `\n<step ${k}> `), '(the solution ends here)', BUILT_IN_END,
  ...steps((k) => `${k === 0 ? '' : '\n'}step ${k}: `), ' right', ' wrong', '\nWrong steps: ', '[]', ...steps((k) => `[${k}`), ...steps((k) => `, ${k}`), ']',
  'nothing to go on', 'the end',
  'have ', ' do ', ' keep ', ' get ', ' hit', ' miss', ' lost', ' not at hand', ' unreadable', ' untrue', 'none', 'big',
  ' kept', ...[...'abcd<>.?#'].map((sign) => ` ${sign}`),
];

export const VOCABULARY_SIZE = FIRST_CHARACTER_TOKEN + CHARACTERS.length + WORDS.length;

const IDS = new Map([...CHARACTERS, ...WORDS].map((text, i) => [text, FIRST_CHARACTER_TOKEN + i]));
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const PIECES = new RegExp(`${WORDS.toSorted((a, b) => b.length - a.length).map(escaped).join('|')}|[^]`, 'gu');

/** What is in no token becomes padding, as with transformers.js. */
export const encodeText = (text: string): number[] => (text.match(PIECES) ?? []).map((piece) => IDS.get(piece) ?? PADDING_TOKEN);
