// Lesson 2: a baseline from the other answers to the same problem.

import type { Lesson } from './lesson';

export const compareWithGroup: Lesson = {
  id: 'group',
  title: 'Compare with your group',
  summary: 'A right answer to a hard problem is worth more than one to an easy problem.',
  recordings: ['lesson-credit'],
  live: { run: 'group', watch: 'As the model learns, watch “no signal” under More curves: more and more groups are all right, and teach nothing.' },
  steps: [
    {
      text: 'The same answers as in lesson 1, scored against the whole batch, of which {batchMean:share} is right. So every right answer gets {rightCredit:signed}, whether the problem was hard or easy.',
      patch: { run: 'one-score', update: 'first', phase: 'credit', problem: 'uneven', answer: 'firstRight', token: 'none', channel: 'advantage', view: 'answers' },
      lights: ['answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'A fairer question: how much better is an answer than the others to the same problem? Here {rightCount} of {groupSize} are right, a mean of {groupMean}.',
      patch: { phase: 'score' },
      lights: ['problem', 'answers'],
      prediction: {
        kind: 'choice', target: '{groupRightCredit:signed}',
        question: 'What does a right answer get, if it is compared with its group’s mean?',
        options: [
          { text: '{one:signed}: right is right', is: '{one:signed}' },
          { text: '{groupMean:signed}: the group’s mean', is: '{groupMean:signed}' },
          { text: '{aboveMean:signed}: what it is above the mean', is: '{aboveMean:signed}' },
        ],
        right: 'Yes.', wrong: 'Not quite.',
        reveals: { run: 'group', phase: 'credit' },
      },
      completion: { kind: 'predicted' },
    },
    {
      text: 'A reward of {one} less the mean of {groupMean} is {groupRightCredit:signed}; a wrong answer gets {groupWrongCredit:signed}. Click a token: the panel beside shows this sum with its numbers.',
      patch: { run: 'group', phase: 'credit' },
      lights: ['answers', 'credit'],
      completion: { kind: 'selected' },
    },
    {
      text: 'The hardest problem of this batch: {rightCount} of {groupSize} are right. A success here is a surprise, and gets {rightCredit:signed}. On the easiest one that still has a mistake it gets {easyCredit:signed}.',
      patch: { problem: 'hardest', answer: 'firstRight', token: 'none' },
      lights: ['problem', 'answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'The model learns; this is update {updates}. To this problem all {groupSize} answers scored {reward}.',
      patch: { update: 'last', phase: 'score', problem: 'allSame', answer: 'first' },
      lights: ['problem', 'answers'],
      prediction: {
        kind: 'choice', target: '{credit:signed}',
        question: 'How much credit does each of them get?',
        options: [
          { text: '{one:signed}: all of them are right', is: '{one:signed}' },
          { text: '{zero:signed}: nobody is better than the others', is: '{zero:signed}' },
          { text: '{groupRightCredit:signed}: as in the first group', is: '{groupRightCredit:signed}' },
        ],
        right: 'Yes.', wrong: 'No: compare them with each other.',
        reveals: { phase: 'credit' },
      },
      completion: { kind: 'predicted' },
    },
    {
      text: 'Nobody gets credit, and the group teaches nothing: by now {silentGroups} of the {groups} groups of a batch. That is the price of comparing. And inside an answer it is still one score for all.',
      patch: { phase: 'credit' },
      lights: ['answers'],
      completion: { kind: 'read' },
    },
  ],
};
