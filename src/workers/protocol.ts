// What the page and the policy's worker say to each other. One conversation a worker: the page sends commands, the
// worker answers with events. Every message carries the protocol's version and the id of the run it is about, so a
// late event of an abandoned run is recognised and dropped. Typed arrays of records are transferred, never copied.
// Between own workers nothing is validated again; what comes from outside is validated by whoever reads it.

import type { NoDeviceReason } from '../gpu/device';
import type { RunConfiguration } from '../lab/configuration';
import type { CompareStage, Comparison } from '../lab/fidelity/compare';
import type { CompareWish } from '../lab/fidelity/readCompareWish';
import type { Endpoint, JudgeProgress, JudgeQuestion, ModelSettings } from '../lab/judging';
import type { Phase, RunHeader, RunNames, UpdateLine, UpdateRecord } from '../lab/record';
import type { Edit } from '../lab/whatIf/edits';
import type { Option } from '../tasks/task';
import type { ModelFile } from './criticMessages';
import type { UpdateProfile } from './updateProfile';

export const PROTOCOL_VERSION = 1;

/** Run id of messages that are about no run: the catalogue, the backend before a start. */
export const NO_RUN = '';

export interface PresetEntry {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** another task, offered below those that each teach one thing about credit */
  readonly isFurther?: true;
  readonly configuration: RunConfiguration;
  /** methods that a run of this preset, as it stands, lacks something for, each with a sentence that says what */
  readonly unserved: readonly { readonly name: string; readonly reason: string }[];
}

export interface TaskEntry {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly options: readonly Option[];
}

export interface MethodEntry {
  readonly name: string;
  readonly title: string;
  readonly explanation: string;
  /** how what the paper leaves open is read here */
  readonly ours?: string;
  readonly paper: { readonly title: string; readonly url: string };
  readonly parameters: readonly Option[];
}

/** [least, most] by a number's name. */
type Bounds = Readonly<Record<string, readonly [number, number]>>;

/** Everything the setup panel offers, as data. The first preset is the default. */
export interface Catalogue {
  /** the setup at first: that of the recorded run which the page opens with */
  readonly opening: RunConfiguration;
  readonly presets: readonly PresetEntry[];
  readonly tasks: readonly TaskEntry[];
  readonly methods: readonly MethodEntry[];
  /** a sentence on empty, step-less, identical and lonely answers, true of every method */
  readonly awkwardAnswers: string;
  /** what language models that judge start with, and the bounds of their numbers; absent: no judge but the exact checker can be named */
  readonly judges?: {
    readonly endpoint: { readonly defaults: Omit<Endpoint, 'url' | 'model' | 'key' | 'isAllowed'>; readonly bounds: Bounds };
    readonly models: {
      readonly defaults: Readonly<Record<'builtIn' | 'other', ModelSettings>>;
      readonly bounds: Bounds;
      readonly devices: readonly ModelSettings['device'][];
      readonly weights: readonly ModelSettings['weights'][];
      /** ids on Hugging Face that are known to work */
      readonly known: readonly string[];
    };
  };
  /** the other settings a person may change; `name` is a path into RunConfiguration such as 'optimizer.learningRate' */
  readonly settings: readonly Option[];
  /** names of those that may change while a run goes on */
  readonly liveSettings: readonly string[];
}

/** What a phase of an update has produced so far: the records of that phase and of those before it. */
export type PartialUpdateRecord = Partial<UpdateRecord> & Pick<UpdateRecord, 'sample'>;

/** A run that the browser keeps: whole, open in another tab, or damaged. */
export type SavedRunEntry =
  | { readonly kind: 'whole'; readonly id: string; readonly configuration: RunConfiguration; readonly updates: number; readonly savedAt: number }
  | { readonly kind: 'busy'; readonly id: string }
  | { readonly kind: 'damaged'; readonly id: string; readonly reason: string };

/** Of a long run the browser keeps the records of the latest updates; about 0.2 MB each for 256 answers. */
export const MOST_RECORDS_KEPT = 100;

/** How far the live run is saved, or in a sentence why not. */
export type Kept = { readonly update: number } | { readonly problem: string };

/** Of the live run, each absent where there is none. */
export interface Standing {
  /** name under which the browser keeps it */
  readonly keptAs?: string;
  /** updates that this worker can go back to, oldest first */
  readonly canGoBackTo?: readonly number[];
}

/** Of a run that goes on: the lines of all its updates so far, and the records that were kept of some, oldest first. */
export interface Past {
  readonly lines: readonly UpdateLine[];
  readonly updates: readonly UpdateRecord[];
}

export type Command = { readonly protocol: typeof PROTOCOL_VERSION; readonly run: string } & CommandBody;
export type CommandBody =
  /** builds models and kernels for this configuration (and drops any run before it), then waits: `paused` follows */
  | { readonly kind: 'start'; readonly configuration: RunConfiguration; readonly noGpuBecause?: string }
  /** the same for a run that the browser keeps: goes on from where it was saved */
  | { readonly kind: 'resume'; readonly id: string; readonly isCopy?: true; readonly noGpuBecause?: string }
  /** the same for the state in a run file; `records` are kept with it */
  | { readonly kind: 'resumeFile'; readonly state: Uint8Array; readonly records: readonly UpdateRecord[]; readonly noGpuBecause?: string }
  /** the same for a state that this worker holds of its run, as a run of its own with these settings from the next update on; the page has the records */
  | { readonly kind: 'goBack'; readonly update: number; readonly settings: Readonly<Record<string, number>>; readonly records: readonly UpdateRecord[] }
  /** heard at once, also while it plays; `state` follows */
  | { readonly kind: 'exportState' }
  /** removes a run that the browser keeps; `savedRuns` follows */
  | { readonly kind: 'forget'; readonly id: string }
  /** runs updates until paused or stopped */
  | { readonly kind: 'play' }
  /** after each update that is played it waits so long; heard at once */
  | { readonly kind: 'pace'; readonly pauseMs: number }
  /** at the next border between phases; `paused` follows */
  | { readonly kind: 'pause' }
  | { readonly kind: 'nextPhase' }
  | { readonly kind: 'nextUpdate' }
  /** the same with every kernel call timed; `profile` follows */
  | { readonly kind: 'profileUpdate' }
  /** several methods and the truth on a fresh batch of the run's policy, between two updates; `comparing` and then `compared` or `comparisonEnded` follow */
  | { readonly kind: 'compare'; readonly wish: CompareWish }
  | { readonly kind: 'cancelCompare' }
  /** what a person has said of the language model that judges, from the next batch on; in memory only. `files`: of the folder they opened */
  | { readonly kind: 'nameJudge'; readonly endpoint?: Endpoint; readonly settings?: ModelSettings; readonly files?: readonly ModelFile[] }
  /** breaks off the critiques under way; `judgeStopped` and `paused` follow */
  | { readonly kind: 'cancelJudging' }
  /** other values of settings that may change while a run goes on, from the next update on; heard at once, `intervened` follows */
  | { readonly kind: 'changeSettings'; readonly settings: Readonly<Record<string, number>> }
  /** trains the update under way on credit with these numbers changed, between its credit and its gradient phase; `phase`, `intervened` and `paused` follow */
  | { readonly kind: 'applyEdits'; readonly edits: readonly Edit[] }
  /** abandons the run and frees its memory */
  | { readonly kind: 'reset' }
  /** the worker closes itself */
  | { readonly kind: 'dispose' };

export type TrainingEvent = { readonly protocol: typeof PROTOCOL_VERSION; readonly run: string } & EventBody;
export type EventBody =
  /** sent once, unasked, as soon as the worker lives */
  | { readonly kind: 'catalogue'; readonly catalogue: Catalogue }
  /** where training runs; `reason` says why it is not WebGPU, and `lack` names it where a person could do something about it. Sent once early (before any start) and again if it changes */
  | { readonly kind: 'backend'; readonly backend: 'webgpu' | 'cpu'; readonly adapter: string; readonly threads?: number; readonly reason?: string; readonly lack?: NoDeviceReason }
  | { readonly kind: 'preparing'; readonly done: number; readonly total: number }
  /** sent after the catalogue and whenever it may have changed while there is no run */
  | { readonly kind: 'savedRuns'; readonly runs: readonly SavedRunEntry[] }
  | { readonly kind: 'header'; readonly header: RunHeader; readonly names: RunNames; readonly past?: Past }
  /** after each phase; `record` comes only while stepping by phase, so that playing stays light */
  | { readonly kind: 'phase'; readonly update: number; readonly phase: Phase; readonly record?: PartialUpdateRecord }
  /** complete updates, in order: one, or those of the last tenth of a second */
  | ({ readonly kind: 'updates'; readonly records: readonly UpdateRecord[]; readonly kept?: Kept } & Standing)
  /** the run after an update, as a saved state; null where nothing is committed yet */
  | { readonly kind: 'state'; readonly update: number; readonly bytes: Uint8Array<ArrayBuffer> | null }
  /** where the policy's worker spent an update */
  | { readonly kind: 'profile'; readonly profile: UpdateProfile }
  /** the worker waits for a command; `update` is the number of updates done */
  | ({ readonly kind: 'paused'; readonly update: number; readonly kept?: Kept } & Standing)
  /** a device or a worker was lost: the run is back at its last committed update. Sent when that begins, and again, with the header, when the run can go on */
  | { readonly kind: 'rolledBack'; readonly update: number; readonly message: string; readonly header?: RunHeader }
  /** the run's header, with what a person changed on the way */
  | { readonly kind: 'intervened'; readonly header: RunHeader }
  /** critiques of the phase under way */
  | { readonly kind: 'judging'; readonly progress: JudgeProgress }
  /** the judge gave nothing, and the phase will be asked again; `asks`: what would leave this machine, if a person agrees */
  | { readonly kind: 'judgeStopped'; readonly message: string; readonly asks?: JudgeQuestion }
  /** made by the page's client: the worker is gone, a new one is in its place and knows of no run; `message` is a sentence */
  | { readonly kind: 'crashed'; readonly message: string }
  /** the run is over: nothing more will come of it. `message` is a sentence for a person */
  | { readonly kind: 'stopped'; readonly reason: 'finished' | 'non-finite' | 'device-lost'; readonly update: number; readonly tensor?: string; readonly message: string; readonly canGoBackTo?: readonly number[] }
  | { readonly kind: 'comparing'; readonly stage: CompareStage; readonly done: number; readonly total: number; readonly rollouts: number }
  | { readonly kind: 'compared'; readonly update: number; readonly comparison: Comparison }
  /** cancelled, or it could not be done: a sentence says why */
  | { readonly kind: 'comparisonEnded'; readonly message: string }
  /** a command failed (a bad configuration, a file that is missing or malformed); `message` is a sentence for a person */
  | { readonly kind: 'error'; readonly message: string };

/** The page's end of the conversation; src/workers/client.ts makes one around the worker, tests make one by hand. */
export interface TrainingClient {
  send(run: string, command: CommandBody): void;
  /** returns the way to stop listening */
  subscribe(listener: (event: TrainingEvent) => void): () => void;
  dispose(): void;
}
