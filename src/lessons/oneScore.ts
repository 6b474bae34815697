// Lesson 1: one score for the whole answer. Everyone shares the blame, the innocent too.

import type { Lesson } from './lesson';

export const oneScore: Lesson = {
  id: 'one-score',
  title: 'One score for all',
  summary: 'The answer was wrong, so every token of it is blamed alike.',
  recordings: ['lesson-credit'],
  live: { run: 'one-score', watch: 'Step from phase to phase and look at any wrong answer: its tokens all have the same credit.' },
  steps: [
    {
      text: 'A small model was given the problem {prompt} and wrote {groupSize} answers to it, one token at a time. Each row is one answer; results are modulo 10.',
      patch: { run: 'one-score', update: 'first', phase: 'sample', problem: 'story', answer: 'brokenOnce', token: 'none', channel: 'advantage', view: 'answers' },
      lights: ['problem', 'answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'A checker reads the last line of each and nothing else. {rightCount} of the {groupSize} are right (✓). That one bit an answer is all the model is ever told.',
      patch: { phase: 'score' },
      lights: ['answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'Answer {answerNumber} is wrong, and yet most of it is right.',
      patch: {},
      lights: ['answers'],
      prediction: {
        kind: 'token', target: 'breaker', wholeStep: true,
        question: 'Which token of answer {answerNumber} deserves the blame? Click it.',
        right: 'Yes.', wrong: 'Not there.',
        reveals: { token: 'breaker' },
      },
      completion: { kind: 'predicted' },
    },
    {
      text: 'It happened in line {brokenLine}, where it wrote {brokenText}. The lines after it only carried the mistake on: {rightLines} of its {lines} lines are right in themselves.',
      patch: { token: 'breaker' },
      lights: ['answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'Now the credit. The answer scored {reward}, the whole batch {batchMean} on average, so each of its {length} tokens gets {credit:signed}. The {innocent} tokens outside line {brokenLine} get exactly what the mistake gets.',
      patch: { phase: 'credit' },
      lights: ['answers', 'credit'],
      completion: { kind: 'read' },
    },
    {
      text: 'And after the update? The mistake, ‘{tokenText}’, changed by {change:signed} in log-probability. But only {fallen} of the {length} blamed tokens became less likely, and {innocentFallen} of these are innocent: other answers, right ones, praise the same tokens. Over many answers the injustice averages out. It only takes many.',
      patch: { phase: 'update', channel: 'change' },
      lights: ['answers', 'likely'],
      completion: { kind: 'read' },
    },
  ],
};
