// How a reward model is taught from pairs of answers to one problem: the better one should score higher. What each answer
// adds as the better of its pairs; the loss is the sum over the batch by the number of pairs.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/pair_loss.wgsl?raw';

export const pairLoss = defineKernel({
  name: 'credit/pair_loss',
  bindings: { score: read('f32'), outcome: read('f32'), problem_of_answer: read('u32'), loss: readWrite('f32'), pairs: readWrite('f32') },
  uniforms: { answers: 'u32', beta: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers }) => grid(answers!) }],
  twin({ score, outcome, problem_of_answer, loss, pairs }, { answers, beta }) {
    for (let i = 0; i < answers; i++) {
      loss[i] = pairs[i] = 0;
      for (let j = 0; j < answers; j++) {
        if (problem_of_answer[j] !== problem_of_answer[i] || outcome[i]! <= outcome[j]!) continue;
        const z = beta * (score[i]! - score[j]!);
        loss[i]! += Math.max(-z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
        pairs[i]!++;
      }
    }
  },
});
