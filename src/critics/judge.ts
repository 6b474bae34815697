// What every judge of steps is: it is given problems with their answers in numbered steps, reads each answer k times, and
// names the wrong steps. What it said is kept beside how it was read; a critique that failed is missing, not "no errors".

export interface JudgeCase {
  readonly problem: string;
  /** what makes a step right, where the problem does not say it */
  readonly rules?: string;
  /** text of each step, in order; steps are numbered from 0 */
  readonly steps_K: readonly string[];
  /** the right final answer, for a judge that is shown it */
  readonly reference?: string;
}

/**
 * How a critique was read: `read`, its list was found; `no-list`, it has none; `cut-off`, it ended before it was done;
 * `failed`, the judge gave no answer; `lost`, the exact checker's dial lost it. All but the first are missing critiques.
 */
export type ParseVerdict = 'read' | 'no-list' | 'cut-off' | 'failed' | 'lost';

export interface Critique {
  /** indices of the steps called wrong, ascending, each once; null = missing */
  readonly flags: readonly number[] | null;
  /** the judge's own words, or why there are none; empty for a judge that does not write */
  readonly text: string;
  readonly verdict: ParseVerdict;
  /** indices it named that are no step of the answer: dropped */
  readonly outOfRange: number;
}

export interface JudgeProgress {
  readonly done: number;
  readonly total: number;
  /** missing among those done */
  readonly missing: number;
  /** while a judge's model is still on its way: nothing is judged yet */
  readonly loading?: ModelLoading;
}

/** `file` is the one under way; sizes in bytes, of all files together. */
export interface ModelLoading {
  readonly file: string;
  readonly loaded: number;
  readonly total: number;
}

export interface JudgeWatch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: JudgeProgress) => void;
}

export interface Judge {
  /** `critiques` of each case, in their order. Rejects with JudgeStopped when it was cancelled or cannot work at all. */
  critique(cases: readonly JudgeCase[], critiques: number, watch?: JudgeWatch): Critique[][] | Promise<Critique[][]>;
  /** who judged, once it has; undefined for a judge that does not write */
  describe?(): JudgeDescription;
}

export interface JudgeDescription {
  readonly model: string;
  /** built-in, folder, or the host that it is on or came from */
  readonly where: string;
  /** what ran it, for a model that ran here: the processor (wasm), fp32 */
  readonly runsOn?: string;
  /** templates of what it was asked */
  readonly system: string;
  readonly user: string;
}

/** A person is asked before anything of this happens. */
export type JudgeQuestion = LeavingRequests | ComingFiles;

/** What would leave this machine. */
export interface LeavingRequests {
  readonly kind: 'send';
  readonly host: string;
  readonly requests: number;
  readonly bytes: number;
  /** the first request's body as it would be sent; the key travels in a header and is in none */
  readonly example: string;
}

/** What a model's host would be asked for: first only which files the model has and their sizes, then the files. */
export interface ComingFiles {
  readonly kind: 'fetch';
  readonly host: string;
  readonly model: string;
  /** null: the host was not asked yet */
  readonly files: readonly ComingFile[] | null;
}

export interface ComingFile {
  readonly name: string;
  readonly bytes: number;
}

/** The judge gave no critiques, and asking again may help: nothing was changed. */
export class JudgeStopped extends Error {
  constructor(message: string, readonly asks?: JudgeQuestion) {
    super(message);
    this.name = 'JudgeStopped';
  }
}
