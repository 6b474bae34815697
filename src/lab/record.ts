// What one update leaves behind: the typed records that the phases hand to each other and the recorder keeps.
// Views read these and never the engine. Arrays are flat; axes are in the names:
// N answers, T answer tokens (padded), P problems, K steps of an answer (ragged), V vocabulary.

import type { ParseVerdict } from '../critics/judge';
import type { RunConfiguration } from './configuration';
import type { Intervention } from './interventions';
import type { Edit } from './whatIf/edits';

export type Phase = 'sample' | 'score' | 'critique' | 'credit' | 'gradient' | 'update';
export const PHASES: readonly Phase[] = ['sample', 'score', 'critique', 'credit', 'gradient', 'update'];

export interface ProblemRecord {
  readonly prompt: string;
  readonly answer: string;
}

/** A token at which the problem branches; see BranchPoint in src/tasks/task.ts. */
export interface BranchRecord {
  readonly token: number;
  readonly right: string;
  readonly valueRight: number;
  readonly valueWrong: number;
}

export interface SampleRecord {
  readonly problems_P: readonly ProblemRecord[];
  readonly answers: number;
  readonly width: number;
  /** problem of each answer */
  readonly problem_N: Uint32Array;
  readonly tokens_NT: Uint32Array;
  /** tokens of each answer, the stop token included */
  readonly lengths_N: Uint32Array;
  /** 1 where the answer ended with the stop token, 0 where it was cut off */
  readonly finished_N: Uint8Array;
  /** of cached decoding; only to show the largest gap to the training forward */
  readonly samplerLogprobs_NT: Float32Array;
  /** groups that were all right or all wrong and had others drawn in their place, over all rounds; only where there were any */
  readonly redrawn?: number;
  /** of each answer, in order; only for tasks that mark them */
  readonly branches_NK?: readonly (readonly BranchRecord[])[];
}

export interface ScoreRecord {
  /** the verifier's 0/1 */
  readonly outcome_N: Float32Array;
  /** under the sampling weights at the run's temperature, by the training forward */
  readonly oldLogprobs_NT: Float32Array;
  readonly entropy_NT: Float32Array;
  /** under the frozen start of the run; absent without a KL term */
  readonly referenceLogprobs_NT?: Float32Array;
  /** largest |sampler log-prob - training log-prob| over all tokens */
  readonly samplerGap: number;
}

export interface CritiqueRecord {
  /** token offsets [start, end) of each step of each answer */
  readonly steps_NK: readonly (readonly (readonly [number, number])[])[];
  /** flagged step indices of each critique of each answer; null = missing */
  readonly critiques_Nk: readonly (readonly (readonly number[] | null)[])[];
  /** the exact checker's verdicts, noise-free, where the task has one */
  readonly isCorrect_NK: readonly (readonly boolean[])[];
  /** where a verdict is there for some steps only, as for answers made elsewhere; absent: for all */
  readonly isKnown_NK?: readonly (readonly boolean[])[];
  readonly canReachAnswer_NK: readonly (readonly boolean[])[];
  /** only of a judge that writes */
  readonly judge?: JudgeRecord;
}

/** A language model that judged: what it was asked, and what it said. Never its key. */
export interface JudgeRecord {
  readonly model: string;
  /** built-in, folder, or the host that it is on or came from */
  readonly where: string;
  /** what ran it, where that was this machine */
  readonly runsOn?: string;
  /** templates of what it was asked */
  readonly system: string;
  readonly user: string;
  /** of each critique of each answer */
  readonly said_Nk: readonly (readonly SaidRecord[])[];
}

export interface SaidRecord {
  /** its words, or why there are none; of long ones the end */
  readonly text: string;
  readonly verdict: ParseVerdict;
  /** indices it named that are no step of the answer */
  readonly outOfRange: number;
}

/** How many numbers a credit row has: one a token [N,T], a step [N,K flattened], an answer [N], a problem [P], or one. */
export type RowShape = 'token' | 'step' | 'answer' | 'problem' | 'scalar';

/** One line of a credit program: what a person steps through. */
export interface CreditRow {
  readonly id: string;
  readonly label: string;
  readonly shape: RowShape;
  /** with {name} for inputs and parameters, e.g. "({R} − {mean}) / ({std} + {epsilon})" */
  readonly formula: string;
  /** formula name -> id of the row it stands for */
  readonly inputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly values: Float32Array;
}

export interface CreditRecord {
  readonly method: string;
  /** in program order; the last token-shaped row is the advantage */
  readonly rows: readonly CreditRow[];
  readonly advantages_NT: Float32Array;
  /** id of the row that the value model is to learn, where the method has one */
  readonly valueTargets?: string;
  /** id of the row that is 0 for answers that stay out of the loss, where the method has one */
  readonly rowMask?: string;
  /** id of the row that scales the clip range of each token, where the method has one */
  readonly clipRange?: string;
}

/** What the value model learned; it trains beside the policy in the update phase. */
export interface ValueRecord {
  /** clipped regression loss, mean over the mini-batches */
  readonly loss: number;
  readonly clipShare: number;
  readonly gradientNorm: number;
  /** 1 - Var(target - value) / Var(target) of the values before the update; null where targets do not vary */
  readonly explainedVariance: number | null;
}

export interface GradientRecord {
  readonly loss: number;
  readonly policyLoss: number;
  /** estimate against the reference where there is one, else against the old policy */
  readonly kl: number;
  readonly clipShare: number;
  readonly gradientNorm: number;
  /** of the last mini-batch each token was in */
  readonly ratio_NT: Float32Array;
  readonly isClipped_NT: Uint8Array;
  /** d loss / d log-prob */
  readonly coefficient_NT: Float32Array;
  /** largest |ratio - 1| in the first mini-batch */
  readonly firstRatioError: number;
}

export interface TopTokens {
  readonly count: number;
  /** [rows, T, count] */
  readonly ids: Uint32Array;
  readonly probabilities: Float32Array;
}

/** After the optimiser's step, for the answers of the first `watchedAnswers` only. */
export interface AfterRecord {
  readonly watchedAnswers: number;
  readonly logprobs_WT: Float32Array;
  readonly topBefore: TopTokens;
  readonly topAfter: TopTokens;
}

/** The line printed by `npm run lab -- train` for one update. */
export interface UpdateLine {
  readonly update: number;
  readonly reward: number;
  /** sampled accuracy on the fixed held-out problems; null between tests */
  readonly accuracy: number | null;
  readonly entropy: number;
  readonly kl: number;
  readonly clipShare: number;
  readonly gradNorm: number;
  /** of the embedding, of each layer, of the final norm and the head; null in older files */
  readonly gradNormByLayer: readonly number[] | null;
  /** share of groups in which no answer gets any credit */
  readonly noSignalShare: number;
  readonly samplerGap: number;
  /** of the value model; null without one */
  readonly explainedVariance: number | null;
  readonly seconds: Readonly<Record<Phase | 'test', number>>;
}

export interface UpdateRecord {
  readonly line: UpdateLine;
  readonly sample: SampleRecord;
  readonly score: ScoreRecord;
  readonly critique: CritiqueRecord;
  readonly credit: CreditRecord;
  readonly gradient: GradientRecord;
  readonly valueModel?: ValueRecord;
  readonly after?: AfterRecord;
  /** what a person changed before the gradient; `credit` follows from it, `score` and `critique` are as verifier and judge said */
  readonly edited?: readonly Edit[];
}

/** First line of a run: everything needed to run it again. */
export interface RunHeader {
  readonly format: 'creditscope-run/2';
  readonly configuration: RunConfiguration;
  readonly executor: 'webgpu' | 'cpu';
  readonly adapter: string;
  readonly kernelChoice: Readonly<Record<string, string>>;
  /** sampled accuracy on the held-out problems before the first update */
  readonly startAccuracy?: number;
  /** for a run that went on elsewhere: where its first updates were made, oldest first */
  readonly earlier?: readonly RunStretch[];
  /** what a person changed on the way, in the order in which they did */
  readonly interventions?: readonly Intervention[];
}

/** The updates up to `until` were made there. */
export interface RunStretch {
  readonly until: number;
  readonly executor: 'webgpu' | 'cpu';
  readonly adapter: string;
  readonly kernelChoice: Readonly<Record<string, string>>;
}

/** What views need to know of task and method, as data. */
export interface RunNames {
  /** text of each token id; padding and stop have names in angle brackets */
  readonly alphabet: readonly string[];
  readonly taskTitle: string;
  readonly methodTitle: string;
  readonly methodExplanation: string;
  readonly paper: { readonly title: string; readonly url: string };
}

export interface RunRecord {
  readonly header: RunHeader;
  readonly names: RunNames;
  readonly updates: readonly UpdateRecord[];
}
