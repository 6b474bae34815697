// Lesson 4: a judge for every step, and why it votes.

import type { Lesson } from './lesson';

export const stepJudge: Lesson = {
  id: 'judge',
  title: 'A judge for every step',
  summary: 'A judge reads every line. It errs, so it reads four times and votes.',
  recordings: ['lesson-credit'],
  live: { run: 'judge', watch: 'Under Judge in the setup are the dials of its mistakes: turn them up and see when learning stops.' },
  steps: [
    {
      text: 'The answer of lesson 1 again. This time a judge reads every line and says whether it is right. It has read each answer {critiques} times.',
      patch: { run: 'judge', update: 'first', phase: 'score', problem: 'story', answer: 'brokenOnce', token: 'none', channel: 'advantage', view: 'answers' },
      lights: ['answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'The judge is not perfect: it overlooks {missRate:share} of the wrong lines, and calls {accuseRate:share} of the right ones wrong. Its mistakes are drawn anew in every reading.',
      patch: {},
      lights: ['answers'],
      prediction: {
        kind: 'token', target: 'flagged', wholeStep: true,
        question: 'Which line of answer {answerNumber} will most of the {critiques} readings call wrong? Click a token in it.',
        right: 'Yes.', wrong: 'No.',
        reveals: { phase: 'critique', token: 'flagged' },
      },
      completion: { kind: 'predicted' },
    },
    {
      text: 'Line {flaggedLine}, {flaggedText}, was called wrong in {flaggedVotes} of {critiques} readings. The wavy line marks it. Open “Critique” below the answers to see every vote.',
      patch: { phase: 'critique', token: 'flagged' },
      lights: ['answers', 'critique', 'votes'],
      completion: { kind: 'read' },
    },
    {
      text: 'Why vote? Here is a right line, {doubtedText} in answer {answerNumber}, which {doubtedVotes} of the {critiques} readings accused. A single reading might have punished it; most of them do not.',
      patch: { problem: 'doubted', answer: 'doubted', token: 'doubted' },
      lights: ['answers', 'votes'],
      completion: { kind: 'read' },
    },
    {
      text: 'Over this batch of {batchAnswers} answers:',
      patch: {},
      lights: ['critique'],
      prediction: {
        kind: 'choice', target: '{voteEffect}',
        question: 'Of the lines that one reading calls wrong, {onePrecision:share} are wrong. What if more than half of {critiques} readings must agree?',
        options: [
          { text: 'A larger share of the flags is right', is: 'more' },
          { text: 'About the same share', is: 'same' },
          { text: 'A smaller share of the flags is right', is: 'less' },
        ],
        right: 'Yes.', wrong: 'No.',
        reveals: {},
      },
      completion: { kind: 'predicted' },
    },
    {
      text: 'More than half of {critiques} must agree: then {votePrecision:share} of the flags are right instead of {onePrecision:share}, and {voteRecall:share} of the wrong lines are found instead of {oneRecall:share}. Independent mistakes seldom fall on the same line.',
      patch: {},
      lights: ['critique'],
      completion: { kind: 'read' },
    },
    {
      text: 'Now the credit of the first answer. Its flagged line gets {credit:signed} a token, its other lines {otherCredit:signed}. In lesson 1 all of them got {sharedCredit:signed}.',
      patch: { phase: 'credit', problem: 'story', answer: 'brokenOnce', token: 'flagged' },
      lights: ['answers', 'credit'],
      completion: { kind: 'read' },
    },
  ],
};
