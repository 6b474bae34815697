// What a lesson is: data. Steps say where the page goes, what is lit, what is read and what is asked; they name figures and places,
// and src/state/lessonFigures.ts and lessonPlaces.ts work these out from the records, so that no text holds a number of its own.
// In a text, {name} is a figure and {name:form} the same written in another form (signed, share, number); see lessonText.ts.

import type { Phase } from '../lab/record';
import type { StageView } from '../state/stageStore';
import type { PanelName } from '../viz/phases';

/** Which problem of the update. */
export type ProblemName = 'first' | 'story' | 'uneven' | 'easiest' | 'hardest' | 'allSame' | 'doubted' | 'surprise' | 'compared';

/** Which answer to it the texts speak of. */
export type AnswerName = 'brokenOnce' | 'firstRight' | 'doubted' | 'deepestDrop' | 'compared' | 'first';

/** Which token of that answer. */
export type TokenName = 'breaker' | 'deepestDrop' | 'lowestTruth' | 'flagged' | 'doubted';

/** Where a step takes the page. What a step leaves out stays as the steps before had it. */
export interface LessonPatch {
  /** a name among the runs of the lesson's recording */
  readonly run?: string;
  /** the first or the last that is kept, or the one with this number or the nearest before it */
  readonly update?: 'first' | 'last' | number;
  readonly phase?: Phase;
  readonly problem?: ProblemName;
  readonly answer?: AnswerName;
  readonly token?: TokenName | 'none';
  readonly channel?: string;
  readonly view?: StageView;
}

/** Parts of the page that a lesson lights: those that phases light, and the compare view's. */
export type LitPanel = PanelName | 'matrix' | 'fidelity';

interface Asked {
  readonly question: string;
  /** read when the guess was right, and when it was not */
  readonly right: string;
  readonly wrong: string;
  /** where the page goes after the guess */
  readonly reveals: LessonPatch;
}

/** A token of the answer spoken of is picked on the stage. */
export interface TokenQuestion extends Asked {
  readonly kind: 'token';
  readonly target: TokenName;
  /** any token of the target's step is right */
  readonly wholeStep: boolean;
}

/** One of a few is picked on the card. Right is every option whose `is`, written out, equals the target written out. */
export interface ChoiceQuestion extends Asked {
  readonly kind: 'choice';
  readonly options: readonly { readonly text: string; readonly is: string }[];
  readonly target: string;
}

export type Prediction = TokenQuestion | ChoiceQuestion;

/** What counts as having done a step; a person may go on without. */
export type Completion = { readonly kind: 'read' } | { readonly kind: 'predicted' } | { readonly kind: 'selected' };

/** Drawn on the card: something of the answers, over all updates, for each seed of some runs. */
export interface SeedChartWish {
  readonly of: 'accuracy' | 'steps';
  readonly runs: readonly { readonly name: string; readonly label: string }[];
}

export interface LessonStep {
  readonly text: string;
  readonly patch: LessonPatch;
  readonly lights: readonly LitPanel[];
  readonly prediction?: Prediction;
  readonly chart?: SeedChartWish;
  readonly completion: Completion;
}

export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** files in public/runs, without their endings */
  readonly recordings: readonly string[];
  readonly steps: readonly LessonStep[];
  /** a run of the recording that can be trained here, with its own recipe, and what to watch for */
  readonly live: { readonly run: string; readonly watch: string };
}
