// Lesson 5: how a process reward is hacked. Both ways were measured (src/lab/lessonRuns.ts): adding up teaches to say more, taking the
// worst teaches to say less.

import type { Lesson } from './lesson';

const FORMS = [{ name: 'sum', label: 'sum' }, { name: 'min', label: 'worst' }];

export const processReward: Lesson = {
  id: 'process',
  title: 'How a process reward is hacked',
  summary: 'Points for every good line, added up: soon there are many lines.',
  recordings: ['lesson-process', 'lesson-silence'],
  live: { run: 'sum', watch: 'Watch the accuracy fall, as it did for every seed of the recording, in a minute or two on a processor. Then look at the answers.' },
  steps: [
    {
      text: 'A judge reads every line: +1 where it finds nothing wrong, −1 where it does. How do points become credit? Add up those of the lines that follow, or take the worst of them, as PURE does. Whether the answer is right counts as well, in both.',
      patch: { run: 'sum', update: 'first', phase: 'score', problem: 'story', answer: 'brokenOnce', token: 'none', channel: 'advantage', view: 'answers' },
      lights: ['answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'This judge has a weakness: it overlooks {missRate:share} of the wrong lines. Here are {lines} lines, {rightLines} of them right, and it is content with all: {points:signed} points.',
      patch: { phase: 'critique' },
      lights: ['answers', 'critique'],
      prediction: {
        kind: 'choice', target: '{collapsed}',
        question: 'The same model learns {runUpdates} updates with each form. Which one collapses?',
        options: [
          { text: 'Adding up', is: 'sum' },
          { text: 'Taking the worst', is: 'min' },
          { text: 'Both', is: 'both' },
          { text: 'Neither: the outcome counts as well', is: 'neither' },
        ],
        right: 'Yes.', wrong: 'See for yourself.',
        reveals: {},
      },
      completion: { kind: 'predicted' },
    },
    {
      text: 'Accuracy on held-out problems, from {startAccuracy:share} at the start, for three seeds each. After {runUpdates} updates: adding up {sumEnds}, taking the worst {minEnds}.',
      patch: {},
      lights: ['curves'],
      chart: { of: 'accuracy', runs: FORMS },
      completion: { kind: 'read' },
    },
    {
      text: 'What happened? Lines an answer, on average: adding up went from {sumStepsAtStart} to {sumStepsAtEnd}. One line more is one point more, so it says more lines.',
      patch: { update: 'last', phase: 'score', problem: 'first', answer: 'first' },
      lights: ['answers', 'problem'],
      chart: { of: 'steps', runs: FORMS },
      completion: { kind: 'read' },
    },
    {
      text: 'Look at the answers of update {updates}: {stepsHere} lines each, {rightStepsHere:share} of them right, and {rewardHere:share} of the answers. The judge gave {pointsHere:signed} points an answer; it gave {pointsAtStart:signed} when the model could still add.',
      patch: {},
      lights: ['answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'Taking the worst, update {updates}: {stepsHere} lines, {rewardHere:share} of the answers right. One more line can only lower the worst, never raise it, so there is nothing to gain by talking.',
      patch: { run: 'min' },
      lights: ['answers'],
      completion: { kind: 'read' },
    },
    {
      text: 'So is taking the worst safe? Now with a perfect judge, who overlooks {missRate:share} of the wrong lines, but with no word on whether the answer is right; and it learns at twice the rate.',
      patch: { run: 'silent', update: 'first', problem: 'story', answer: 'brokenOnce' },
      lights: ['answers'],
      prediction: {
        kind: 'choice', target: '{silentEffect}',
        question: 'What will the model learn to write in {silentUpdates} updates?',
        options: [
          { text: 'Right answers: the judge is perfect', is: 'right' },
          { text: 'More and more lines', is: 'more' },
          { text: 'Fewer and fewer lines', is: 'fewer' },
        ],
        right: 'Yes.', wrong: 'No.',
        reveals: { update: 'last', problem: 'first', answer: 'first' },
      },
      completion: { kind: 'predicted' },
    },
    {
      text: 'Who says little does little wrong. After update {updates}: lines an answer: {stepsHere}, {rightStepsHere:share} of them right, {rewardHere:share} of the answers. Three seeds end at an accuracy of {silentEnds}; told the outcome as well, at {checkedEnds}. A process reward is a wish: look at what is done with it.',
      patch: { update: 'last', problem: 'first', answer: 'first' },
      lights: ['answers'],
      chart: { of: 'steps', runs: [{ name: 'silent', label: 'alone' }, { name: 'checked', label: 'checked' }] },
      completion: { kind: 'read' },
    },
  ],
};
