// Brings its own inputs: a row is the candidates of one shared prefix, so rows are problems here and candidates answers of a token.

import { FormatError } from '../../../../formats/formatError';
import { NotKnown } from '../../family';
import type { Fields } from '../../fields';
import type { CreditBatch } from '../creditBatch';
import type { CreditMethodReader } from '../creditCase';

export const slate: CreditMethodReader = {
  fixtureMethod: 'slate',
  read: (params, inputs) => {
    const batch = readSiblings(inputs);
    const { problems, answers } = batch.shape;
    const inRows = (row: string) => ({
      row, read: (values: Float32Array) => Array.from({ length: problems }, (_, p) => [...values.subarray((p * answers) / problems, ((p + 1) * answers) / problems)]),
    });
    return {
      method: 'slate',
      parameters: { budget: params.number('budget'), eta: params.number('eta'), epsilon: params.number('eps') },
      rows: { rewards: inRows('R'), advantages: inRows('A'), selection_probs: inRows('chosen') },
      batch,
    };
  },
};

function readSiblings(inputs: Fields): CreditBatch {
  const think = inputs.tensor('r_think', 2);
  const [problems, candidates] = think.shape as [number, number];
  const kinds = inputs.raw('kind');
  if (!Array.isArray(kinds) || kinds.length !== problems) throw new FormatError('inputs.kind', `must be a list of ${problems}`);
  const unknown: unknown = kinds.find((kind) => kind !== 'search' && kind !== 'answer');
  if (unknown !== undefined) throw new NotKnown(`kind ${String(unknown)}`);
  const stepNumber = inputs.shaped('step_number', [problems]).data;
  const answers = problems * candidates;
  const problem_N = Array.from({ length: answers }, (_, n) => Math.floor(n / candidates));
  return {
    shape: { answers, width: 1, problems, maximumSteps: 1, critiques: 0 },
    signals: {
      problem_N, mask_NT: problem_N.map(() => 1),
      values: {
        thinkScore: think.data, actionScore: inputs.shaped('r_action', think.shape).data,
        isFinal: problem_N.map((p) => Number(kinds[p] === 'answer')), stepNumber: problem_N.map((p) => stepNumber[p]!),
      },
    },
    stepCount_N: problem_N.map(() => 0),
  };
}
