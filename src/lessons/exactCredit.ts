// Lesson 6: when credit can be known exactly, and how near the methods come.

import type { Lesson } from './lesson';

export const exactCredit: Lesson = {
  id: 'exact',
  title: 'When credit can be known exactly',
  summary: 'On a small task every way an answer can go on can be counted. Then blame is a fact.',
  recordings: ['comparison'],
  live: { run: 'compared', watch: 'Open Compare methods at any update: your own policy is measured against its own truth.' },
  steps: [
    {
      text: 'What does a token deserve? By how much it changed the chance that the answer comes right. For a problem as small as {prompt} every way to go on can be counted, so that chance is known before and after each token.',
      patch: { run: 'compared', update: 'first', phase: 'score', problem: 'compared', answer: 'compared', token: 'none', channel: 'reward', view: 'answers' },
      lights: ['problem', 'answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'Answer {answerNumber} is wrong. Before its first token its chance to come right was {chanceAtStart:share}.',
      patch: {},
      lights: ['answers'],
      prediction: {
        kind: 'token', target: 'lowestTruth', wholeStep: false,
        question: 'Which single token of answer {answerNumber} lost it? Click it.',
        right: 'Yes, exactly that one.', wrong: 'Not that one.',
        reveals: { token: 'lowestTruth' },
      },
      completion: { kind: 'predicted' },
    },
    {
      text: 'It was ‘{tokenText}’, token {tokenNumber}. Before it the chance was {chanceBefore:share}, after it {chanceAfter:share}: it deserves {truth:signed}. The other {others} tokens together changed the chance by {truthOfOthers:signed}.',
      patch: { token: 'lowestTruth' },
      lights: ['answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'A method is not told the truth. It has to guess from the answers of the batch and whether they are right, or from what a judge says of their lines.',
      patch: {},
      lights: ['answers'],
      prediction: {
        kind: 'choice', target: '{bestFinder}',
        question: 'Which method gives the lowest credit of a wrong answer to the token that broke it most often?',
        options: [
          { text: 'GRPO: one score for the whole answer', is: 'grpo' },
          { text: 'CAPO: a judge of every line', is: 'capo' },
          { text: 'TEMPO: answers that begin alike, compared where they part', is: 'tempo' },
        ],
        right: 'Yes.', wrong: 'No.',
        reveals: { view: 'compare' },
      },
      completion: { kind: 'predicted' },
    },
    {
      text: 'Here is the truth over the same answer, known to within {truthError:number}, and below it what each method says.',
      patch: { view: 'compare' },
      lights: ['matrix'],
      completion: { kind: 'read' },
    },
    {
      text: 'On these {batchAnswers} answers TEMPO finds the token that broke it in {tempoFinds:share}, CAPO in {capoFinds:share} (it blames the whole line), GRPO in {grpoFinds:share}, no more often than by chance. And yet GRPO’s gradient points {grpoCosine:number} of the way: over a batch, much of what it gets wrong cancels out.',
      patch: {},
      lights: ['fidelity'],
      completion: { kind: 'read' },
    },
    {
      text: 'Two limits. Counting works where a task is small; else the chance is estimated by many continuations, with an error bar. And it is true for this policy only: when the policy learns, so does the truth.',
      patch: {},
      lights: ['fidelity'],
      completion: { kind: 'read' },
    },
  ],
};
