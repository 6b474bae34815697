// What a language model is asked: a system text and a user text with places for the problem, the steps and, where it is
// shown, the reference answer. Steps get markers <step 0>, <step 1> ... of ours; the wording is ours too, because the
// paper's is not public. Problem and steps are data: what looks like a place or a marker in them stays plain text.

import type { JudgeCase } from './judge';

export interface JudgePrompts {
  readonly system: string;
  /** with {problem}, {rules}, {steps} and {reference} */
  readonly user: string;
}

export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

export const DEFAULT_PROMPTS: JudgePrompts = {
  system: 'You check solutions step by step. Judge each step by itself: a step is wrong if what it states is false, or if it copies something wrongly '
    + 'from the problem or from an earlier step. A step that correctly goes on from an earlier mistake is right. Write at most one short sentence for each '
    + 'step. Then end with one line that lists the numbers of all wrong steps, such as "Wrong steps: [1, 3]", or "Wrong steps: []" if there is none.',
  user: 'Problem:\n{problem}\n\n{rules}{reference}Solution in numbered steps:\n{steps}\n\nCheck every step, then give the list of wrong steps.',
};

/** More than any prompt needs: refused before it is sent k times. */
const LONGEST_TEMPLATE = 20_000;

/** Why these prompts cannot be used, as a sentence. */
export function promptProblem({ system, user }: JudgePrompts): string | undefined {
  if (!user.includes('{steps}')) return 'The prompt must say {steps} where the numbered steps are to stand.';
  if (system.length + user.length > LONGEST_TEMPLATE) return `The prompts are longer than ${LONGEST_TEMPLATE} characters.`;
  return undefined;
}

/** `reference` of the case is shown where it is there. */
export function judgeMessages({ system, user }: JudgePrompts, { problem, rules, steps_K, reference }: JudgeCase): ChatMessage[] {
  const places = {
    problem: plain(problem.trim()),
    steps: steps_K.map((text, step) => `<step ${step}> ${plain(text.trim()) || '(the solution ends here)'}`).join('\n'),
    rules: rules === undefined ? '' : `Rules: ${plain(rules)}\n\n`,
    reference: reference === undefined ? '' : `Right final answer: ${plain(reference)}\n\n`,
  };
  // in one pass, so that a place named in the problem is not filled in turn
  const content = user.replace(/\{(problem|rules|steps|reference)\}/g, (_, name: keyof typeof places) => places[name]);
  return [...(system.trim() === '' ? [] : [{ role: 'system' as const, content: system }]), { role: 'user', content }];
}

/** A marker in the text itself must not pass for one of ours. */
const plain = (text: string): string => text.replace(/<(?=\s*\/?\s*step\b)/gi, '‹');
