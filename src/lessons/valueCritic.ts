// Lesson 3: a value model that says, before every token, how likely the answer still is to come right.

import type { Lesson } from './lesson';

export const valueCritic: Lesson = {
  id: 'value',
  title: 'A value critic',
  summary: 'A second model guesses, token by token, how this will end. Where its guess falls, the blame lands.',
  recordings: ['lesson-value'],
  live: { run: 'value', watch: 'Watch “explained variance” under More curves: it says how much of the outcome the value model foresees.' },
  steps: [
    {
      text: 'Beside the model that answers, a second one learns to guess. Before every token it says how much reward it still expects. Here both have had {updates} updates.',
      patch: { run: 'value', update: 'last', phase: 'score', problem: 'surprise', answer: 'deepestDrop', token: 'none', channel: 'advantage', view: 'answers' },
      lights: ['answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'Answer {answerNumber} is wrong. The value model has read it from left to right and never sees the outcome.',
      patch: {},
      lights: ['answers'],
      prediction: {
        kind: 'token', target: 'deepestDrop', wholeStep: true,
        question: 'After which token of answer {answerNumber} does its guess fall the most? Click it.',
        right: 'Yes, in that line.', wrong: 'No, elsewhere.',
        reveals: { phase: 'credit', token: 'deepestDrop' },
      },
      completion: { kind: 'predicted' },
    },
    {
      text: 'At ‘{tokenText}’ in line {tokenLine} the guess falls from {valueBefore:number} to {valueAfter:number}. The checker says: {dropVerdict}.',
      patch: { phase: 'credit', token: 'deepestDrop' },
      lights: ['answers', 'credit'],
      completion: { kind: 'read' },
    },
    {
      text: 'Credit is surprise: what is expected after a token, less what was expected before it. A fading share of it goes to the tokens before. This token gets {credit:signed}; over the answer credit runs from {lowestCredit:signed} to {highestCredit:signed}. No longer one score for all.',
      patch: {},
      lights: ['answers', 'credit'],
      completion: { kind: 'read' },
    },
    {
      text: 'Blame can land on the wrong digit, too. In {dropsFound} of the {brokenAnswers} wrong answers with one wrong line the deepest fall is in that line. The value model explains {explained:share} of what will happen; it is learning like the other.',
      patch: {},
      lights: ['answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'And the update? ‘{tokenText}’ had a probability of {before:share} here; now it has {after:share}. The next time, the model will write it {afterwards}.',
      patch: { phase: 'update', channel: 'change' },
      lights: ['likely', 'answers'],
      completion: { kind: 'read' },
    },
  ],
};
