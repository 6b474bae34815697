// A made-up run for tests and development: chain problems, answers that grow better, CAPO's lines worked out by hand
// arithmetic below. Seeded, so always the same. It was never trained and is never shipped as a run.

import type { CreditRow, RunRecord, UpdateRecord } from '../../lab/record';

const ALPHABET = ['<pad>', '<stop>', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '-', '*', '=', '\n'];
const W = 2;
const P = 1;

/** An answer to `steps` steps has 6 · steps + 2 tokens; `group` answers a problem. */
export function exampleRun(updates = 12, problems = 3, { group = 8, steps = 3 } = {}): RunRecord {
  return {
    header: {
      format: 'creditscope-run/2', executor: 'cpu', adapter: 'example', kernelChoice: {},
      configuration: {
        preset: 'default', task: 'chain', taskOptions: {}, policy: 'chain', method: 'capo', methodParameters: { W, P, rule: 'strict_majority' }, seed: 1,
        problemsPerUpdate: problems, answersPerProblem: group, microbatchAnswers: 0,
        sampling: { temperature: 1, topK: 0, topP: 1, minP: 0 },
        loss: { clipLow: 0.2, clipHigh: 0.2, dualClip: 0, aggregation: 'token-mean', klKind: 'none', klWeight: 0, entropyBonus: 0, epochs: 1, minibatches: 1 },
        optimizer: { learningRate: 1e-3, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0, maximumGradientNorm: 1, schedule: 'constant', warmupUpdates: 0, scheduleUpdates: 60 },
        critic: { critiques: 4, falsePositive: 0, falseNegative: 0, missing: 0 }, testEvery: 5, testProblems: 256,
      },
    },
    names: {
      alphabet: ALPHABET, taskTitle: 'Chain arithmetic', methodTitle: 'CAPO',
      methodExplanation: 'A critic reads the answer several times and its votes flag wrong steps; the tokens of a flagged step lose a penalty from the reward of the answer.',
      paper: { title: 'CAPO: Towards Enhancing LLM Reasoning through Generative Credit Assignment', url: 'https://arxiv.org/abs/2508.02298' },
    },
    updates: Array.from({ length: updates }, (_, update) => exampleUpdate(update, updates, problems, group, steps)),
  };
}

function exampleUpdate(update: number, updates: number, problems: number, group: number, stepsOfAnswer: number): UpdateRecord {
  const random = uniform(1000 + update);
  const answers = problems * group;
  const width = 6 * (stepsOfAnswer + 1);
  const tokens_NT = new Uint32Array(answers * width);
  const lengths_N = new Uint32Array(answers);
  const outcome_N = new Float32Array(answers);
  const steps_NK: [number, number][][] = [];
  const isCorrect_NK: boolean[][] = [];
  const problems_P = Array.from({ length: problems }, () => {
    const digits = Array.from({ length: stepsOfAnswer + 1 }, () => Math.floor(random() * 10));
    const answer = digits.reduce((sum, digit, step) => (signOf(step) === '-' ? sum - digit : sum + digit));
    return { prompt: `${digits.map((digit, step) => (step === 0 ? '' : signOf(step)) + String(digit)).join('')}\n`, answer: String(modulo(answer)), digits };
  });
  for (let answer = 0; answer < answers; answer++) {
    const { digits, answer: right } = problems_P[Math.floor(answer / group)]!;
    const errorShare = 0.3 * (1 - update / updates);
    let text = '';
    let value = digits[0]!;
    const steps: [number, number][] = [];
    const verdicts: boolean[] = [];
    for (let step = 1; step <= stepsOfAnswer; step++) {
      const exact = modulo(signOf(step) === '-' ? value - digits[step]! : value + digits[step]!);
      const isCorrect = random() >= errorShare;
      const written = isCorrect ? exact : modulo(exact + 1 + Math.floor(random() * 9));
      const start = text.length;
      text += `${value}${signOf(step)}${digits[step]}=${written}\n`;
      steps.push([start, text.length]);
      verdicts.push(isCorrect);
      value = written;
    }
    steps.push([text.length, text.length + 2]);
    verdicts.push(true);
    text += `${value}`;
    [...text].forEach((character, token) => { tokens_NT[answer * width + token] = ALPHABET.indexOf(character); });
    tokens_NT[answer * width + text.length] = 1;
    lengths_N[answer] = text.length + 1;
    outcome_N[answer] = String(value) === right ? 1 : 0;
    steps_NK.push(steps);
    isCorrect_NK.push(verdicts);
  }
  const perToken = (make: (answer: number, token: number) => number): Float32Array => Float32Array.from({ length: answers * width }, (_, index) => {
    const answer = Math.floor(index / width);
    return index % width < lengths_N[answer]! ? make(answer, index % width) : 0;
  });
  const stepAt = (answer: number, token: number): number => steps_NK[answer]!.findIndex(([start, end]) => token >= start && token < end);
  const critiques_Nk = isCorrect_NK.map((verdicts) => Array.from({ length: 4 }, (_, critique) =>
    (critique === 3 && random() < 0.1 ? null : verdicts.flatMap((isCorrect, step) => ((isCorrect ? random() < 0.04 : random() < 0.9) ? [step] : [])))));
  const votes = (answer: number, step: number): number => critiques_Nk[answer]!.filter((critique) => critique?.includes(step)).length;
  const valid = (answer: number): number => critiques_Nk[answer]!.filter((critique) => critique !== null).length;
  const flag = (answer: number, step: number): number => (votes(answer, step) > valid(answer) / 2 ? 1 : 0);
  const reward_NT = perToken((answer, token) => W * outcome_N[answer]! - P * flag(answer, stepAt(answer, token)));
  const moments = problems_P.map((_, problem) => {
    const values = [...reward_NT].filter((_value, index) => Math.floor(index / width / group) === problem && index % width < lengths_N[Math.floor(index / width)]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, std: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) };
  });
  const groupOf = (answer: number): { mean: number; std: number } => moments[Math.floor(answer / group)]!;
  const advantages_NT = perToken((answer, token) => (reward_NT[answer * width + token]! - groupOf(answer).mean) / (groupOf(answer).std + 1e-6));
  const oldLogprobs_NT = perToken(() => -0.02 - 1.6 * random() ** 4);
  const steps = (make: (answer: number, step: number) => number): Float32Array =>
    Float32Array.from(steps_NK.flatMap((spans, answer) => spans.map((_, step) => make(answer, step))));
  const row = (id: string, label: string, shape: CreditRow['shape'], formula: string, values: Float32Array, inputs: readonly string[] = [], parameters = {}): CreditRow =>
    ({ id, label, shape, formula, inputs: Object.fromEntries(inputs.map((name) => [name, name])), parameters, values });
  const top = { count: 3, ids: new Uint32Array(answers * width * 3), probabilities: new Float32Array(answers * width * 3) };
  const topAfter = { count: 3, ids: new Uint32Array(answers * width * 3), probabilities: new Float32Array(answers * width * 3) };
  for (let index = 0; index < answers * width; index++) {
    const probability = Math.exp(oldLogprobs_NT[index]!);
    const changed = Math.min(0.99, probability * Math.exp(0.06 * advantages_NT[index]!));
    top.ids.set([tokens_NT[index]!, 2 + (index % 9), 1], index * 3);
    top.probabilities.set([probability, (1 - probability) * 0.7, (1 - probability) * 0.2], index * 3);
    topAfter.ids.set([tokens_NT[index]!, 2 + (index % 9), 1], index * 3);
    topAfter.probabilities.set([changed, (1 - changed) * 0.7, (1 - changed) * 0.2], index * 3);
  }
  const reward = outcome_N.reduce((sum, value) => sum + value, 0) / answers;
  return {
    line: {
      update, reward, accuracy: update % 5 === 0 ? Math.min(1, reward + 0.03) : null, entropy: 0.5 - 0.03 * update, kl: 0.001 * update, clipShare: 0.01, gradNorm: 0.8, gradNormByLayer: [0.4, 0.5, 0.4, 0.25, 0.1].map((norm) => norm * (1 + 0.02 * update)),
      noSignalShare: 0, samplerGap: 1e-6, explainedVariance: null, seconds: { sample: 0.1, score: 0.1, critique: 0, credit: 0, gradient: 0.2, update: 0.1, test: 0 },
    },
    sample: { problems_P, answers, width, problem_N: Uint32Array.from({ length: answers }, (_, answer) => Math.floor(answer / group)), tokens_NT, lengths_N, finished_N: new Uint8Array(answers).fill(1), samplerLogprobs_NT: oldLogprobs_NT },
    score: { outcome_N, oldLogprobs_NT, entropy_NT: perToken(() => random() ** 3), samplerGap: 1e-6 },
    critique: { steps_NK, critiques_Nk, isCorrect_NK, canReachAnswer_NK: isCorrect_NK },
    credit: {
      method: 'capo', advantages_NT,
      rows: [
        row('correct', 'Answer is right', 'answer', '1 where the verifier accepts the answer', outcome_N),
        row('votes', 'Votes against the step', 'step', 'number of valid critiques that call the step wrong', steps(votes)),
        row('critics', 'Valid critiques', 'answer', 'number of critiques of the answer that could be read', Float32Array.from(steps_NK.map((_, answer) => valid(answer)))),
        row('flag', 'Step is called wrong', 'step', '{votes} > {critics} / 2', steps(flag), ['votes', 'critics']),
        row('R', 'Reward of the token', 'token', '{W} × {correct} − {P} × {flag}', reward_NT, ['correct', 'flag'], { W, P }),
        row('mean', 'Mean over the problem’s tokens', 'problem', 'mean of R over all tokens of the problem’s answers', Float32Array.from(moments, ({ mean }) => mean), ['R']),
        row('std', 'Spread over the problem’s tokens', 'problem', 'standard deviation of R over all tokens of the problem’s answers', Float32Array.from(moments, ({ std }) => std), ['R']),
        row('A', 'Advantage of the token', 'token', '({R} − {mean}) / ({std} + {epsilon})', advantages_NT, ['R', 'mean', 'std'], { epsilon: 1e-6 }),
      ],
    },
    gradient: {
      loss: -0.01, policyLoss: -0.01, kl: 0.001 * update, clipShare: 0.01, gradientNorm: 0.8, ratio_NT: perToken(() => 0.9 + 0.2 * random()),
      isClipped_NT: Uint8Array.from({ length: answers * width }, (_, index) => (index % 97 === 0 ? 1 : 0)), coefficient_NT: perToken((answer, token) => -advantages_NT[answer * width + token]! / 500), firstRatioError: 1e-7,
    },
    after: { watchedAnswers: answers, logprobs_WT: perToken((answer, token) => oldLogprobs_NT[answer * width + token]! + 0.06 * advantages_NT[answer * width + token]!), topBefore: top, topAfter },
  };
}

/** before the operand of a step */
function signOf(step: number): string {
  return step % 3 === 2 ? '-' : '+';
}

function modulo(value: number): number {
  return ((value % 10) + 10) % 10;
}

/** A linear congruential generator (Numerical Recipes' constants), in [0, 1). */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
