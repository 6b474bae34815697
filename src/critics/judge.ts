// What every judge of steps is: it is given problems with their answers in numbered steps, reads each answer k times, and
// names the wrong steps. What it said is kept beside how it was read; a critique that failed is missing, not "no errors".

export interface JudgeCase {
  readonly problem: string;
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
}

export interface JudgeWatch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: JudgeProgress) => void;
}

export interface Judge {
  /** `critiques` of each case, in their order. Rejects with JudgeStopped when it was cancelled or cannot work at all. */
  critique(cases: readonly JudgeCase[], critiques: number, watch?: JudgeWatch): Critique[][] | Promise<Critique[][]>;
}

/** What would leave this machine; a person is asked before anything does. */
export interface LeavingRequests {
  readonly host: string;
  readonly requests: number;
  readonly bytes: number;
  /** the first request's body as it would be sent; the key travels in a header and is in none */
  readonly example: string;
}

/** The judge gave no critiques, and asking again may help: nothing was changed. */
export class JudgeStopped extends Error {
  constructor(message: string, readonly asks?: LeavingRequests) {
    super(message);
    this.name = 'JudgeStopped';
  }
}
