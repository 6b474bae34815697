// Answers for the judge's lessons: right ones, ones with wrong steps carried on, some of these spoilt by hand as a policy spoils them
// (a character lost, doubled or changed, a line missing, repeated or out of place, no end), and ones that shipped policies wrote.

import type { RandomStream } from '../../random/threefry';
import { FIRST_CHARACTER_TOKEN, STOP_TOKEN, type Problem, type Task } from '../../tasks/task';
import { encode } from '../tokens';

export interface GivenAnswer {
  readonly problem: Problem;
  /** with the stop token, where the answer ended */
  readonly tokens: readonly number[];
}

/** High: where most steps are right, copying them is learned and the sums are not. */
const ERROR_PROBABILITIES = [0.4, 0.9];
const SHARE_WRITTEN = 0.2;
const SHARE_RIGHT = 0.05;
const SHARE_SPOILT = 0.25;
const MOST_CHANGES = 2;
const SHARE_UNFINISHED = 0.05;

/** `written`: answers of policies to training problems; may be empty. */
export function drawAnswer(task: Task, written: readonly GivenAnswer[], random: RandomStream): GivenAnswer {
  const kind = random.uniform();
  if (kind < SHARE_WRITTEN && written.length > 0) return written[random.below(written.length)]!;
  const problem = task.problem('train', random);
  if (kind < SHARE_WRITTEN + SHARE_RIGHT) return ended(task, problem, task.solution(problem));
  let text = task.corruptedSolution(problem, ERROR_PROBABILITIES[random.below(ERROR_PROBABILITIES.length)]!, random);
  if (random.uniform() >= SHARE_SPOILT / (1 - SHARE_WRITTEN - SHARE_RIGHT)) return ended(task, problem, text);
  for (let changes = 1 + random.below(MOST_CHANGES); changes > 0; changes--) text = spoilt(task, text, random);
  const answer = ended(task, problem, text);
  return random.uniform() < SHARE_UNFINISHED ? { problem, tokens: answer.tokens.slice(0, -1) } : answer;
}

const ended = (task: Task, problem: Problem, text: string): GivenAnswer => ({ problem, tokens: [...encode(task.alphabet, text), STOP_TOKEN] });

function spoilt(task: Task, text: string, random: RandomStream): string {
  const characters = task.alphabet.slice(FIRST_CHARACTER_TOKEN);
  const at = random.below(text.length + 1);
  const any = characters[random.below(characters.length)]!;
  const lines = text.split('\n');
  const line = random.below(lines.length);
  switch (random.below(task.name === 'bifurcation' ? 4 : 13)) {
    case 0: return text.slice(0, at) + any + text.slice(at + 1);
    case 1: return text.slice(0, at) + any + text.slice(at);
    case 2: return text.slice(0, at) + text.slice(at + 1);
    case 3: return text.slice(0, at);
    case 4: return lines.toSpliced(line, 1).join('\n');
    case 5: return lines.toSpliced(line, 0, lines[random.below(lines.length)]!).join('\n');
    case 6: return lines.slice(0, line).join('\n') + (line > 0 && random.below(2) === 0 ? '\n' : '');
    case 7: return lines.toSpliced(lines.length, 0, ...lines.slice(line)).join('\n');
    case 8: return `${text}\n`;
    case 9: case 10: case 11: return misstated(lines, line, random).join('\n');
    default: {
      const digits = [...text.matchAll(/\d/g)].map(({ index }) => index);
      if (digits.length === 0) return text;
      const digit = digits[random.below(digits.length)]!;
      return text.slice(0, digit) + random.below(10) + text.slice(digit + 1);
    }
  }
}

/** A line with another result, which the next line starts from. */
function misstated(lines: readonly string[], line: number, random: RandomStream): readonly string[] {
  const [, before, result] = /^(.*=)(-?\d+)$/.exec(lines[line]!) ?? [];
  if (before === undefined || result === undefined) return lines;
  const at = random.below(result.length);
  const digit = String(random.below(10));
  const other = [result.slice(0, at) + digit + result.slice(at + 1), result.slice(0, at) + digit + result.slice(at), result.length > 1 ? result.slice(0, at) + result.slice(at + 1) : digit, String(random.below(100))][random.below(4)]!;
  const next = lines[line + 1];
  return lines.with(line, before + other).map((text, i) => (i === line + 1 && next!.startsWith(result) ? other + next!.slice(result.length) : text));
}
