// Policy gradients problem by problem: of any credit on the batch's answers, and the true one from many answers more.
//   g_p = sum over the answers to problem p and their tokens of credit * grad log-prob
// The true gradient of the chance of a right answer has outcome - mean of the others' outcomes as every token's credit (the others:
// leave-one-out keeps it unbiased); an answer that was cut off counts 0, as in the truth. Signs are those of a loss.

import { streamKey } from '../../random/threefry';
import { STOP_TOKEN, type Task } from '../../tasks/task';
import type { SamplingConfiguration } from '../configuration';
import { continuedOutcome } from '../continuer';
import type { AnswerBatch, PolicyModel } from '../policyModel';
import type { SampleRecord } from '../record';
import { answerBatch, forEachToken, gatherRows } from '../rows';
import { encode } from '../tokens';
import type { ProblemGradients } from './gradientCosine';

export async function creditGradients(task: Task, model: PolicyModel, sample: SampleRecord, temperature: number, credit_NT: Float32Array): Promise<ProblemGradients> {
  const gradients: Float32Array[] = [];
  for (const problem of sample.problems_P.keys()) {
    const rows = [...sample.problem_N.keys()].filter((n) => sample.problem_N[n] === problem);
    gradients.push(await gradientOf(model, answerBatch(task, sample, rows), temperature, gatherRows(credit_NT, sample.width, rows)));
  }
  return gradients;
}

export interface TrueGradients {
  /** from all answers, from the first half and from the second */
  readonly whole: ProblemGradients;
  readonly halves: readonly [ProblemGradients, ProblemGradients];
  readonly answers: number;
}

/** `answersPerProblem`: even. */
export async function trueGradients(
  task: Task, model: PolicyModel, sample: SampleRecord, sampling: SamplingConfiguration, seed: number, answersPerProblem: number, onProgress?: (problem: number) => Promise<void>,
): Promise<TrueGradients> {
  const halves: [Float32Array[], Float32Array[]] = [[], []];
  const half = answersPerProblem / 2;
  for (const [p, problem] of sample.problems_P.entries()) {
    const prompt = encode(task.alphabet, problem.prompt);
    const drawn = await model.sample([prompt], answersPerProblem, {
      ...sampling, isGreedy: false, stopToken: STOP_TOKEN, key: streamKey(seed, 'trueGradient', p), rowOffset: 0,
    });
    const outcome_N = Float64Array.from({ length: answersPerProblem }, (_, n) => continuedOutcome(task, problem, [], sample.width, drawn, n));
    for (const [part, list] of halves.entries()) {
      const from = part * half;
      const total = outcome_N.subarray(from, from + half).reduce((sum, one) => sum + one, 0);
      const lengths_N = drawn.lengths_N.subarray(from, from + half);
      const credit_NT = new Float32Array(half * sample.width);
      forEachToken(lengths_N, sample.width, (i, n) => {
        const own = outcome_N[from + n]!;
        credit_NT[i] = own - (total - own) / (half - 1);
      });
      const batch: AnswerBatch = { prompts_N: Array.from({ length: half }, () => prompt), tokens_NT: drawn.tokens_NT.subarray(from * sample.width, (from + half) * sample.width), lengths_N };
      list.push(await gradientOf(model, batch, sampling.temperature, credit_NT));
    }
    await onProgress?.(p + 1);
  }
  return { whole: halves[0].map((one, p) => one.map((value, i) => value + halves[1][p]![i]!)), halves, answers: answersPerProblem * sample.problems_P.length };
}

async function gradientOf(model: PolicyModel, batch: AnswerBatch, temperature: number, credit_NT: Float32Array): Promise<Float32Array> {
  const weights_NT = new Float32Array(credit_NT.length);
  forEachToken(batch.lengths_N, model.answerLength, (i) => { weights_NT[i] = 1; });
  await model.computeGradients(batch, { oldLogprobs_NT: new Float32Array(credit_NT.length), advantages_NT: credit_NT, weights_NT }, {
    kind: 'reinforce', temperature, clipLow: 0, clipHigh: 0, dualClip: 0, klKind: 'none', klWeight: 0, entropyBonus: 0,
  });
  const tensors = [...(await model.readGradients()).values()];
  const flat = new Float32Array(tensors.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of tensors) {
    flat.set(data, at);
    at += data.length;
  }
  return flat;
}
