// Figures of the lesson on process rewards: what answers came to over whole runs and several seeds.

import type { AnswerSummary, SeedSummary } from '../formats/lessonFile';
import { formatShare } from '../viz/format';
import type { Figure } from './lessonFigures';
import { votesOf, type LessonScene } from './lessonScene';

/** A run has collapsed where it ends below this share of the accuracy it began with. */
const COLLAPSED = 0.5;
/** Lines an answer, more or less, that count as a change. */
const FEW_LINES = 0.5;

const seedsOf = ({ material }: LessonScene, run: string): readonly SeedSummary[] => material.seeds.get(run) ?? [];

function endOf({ updates, startAccuracy }: SeedSummary): number {
  return updates.findLast(({ accuracy }) => accuracy !== null)?.accuracy ?? startAccuracy;
}

const endsOf = (scene: LessonScene, run: string): string => listed(seedsOf(scene, run).map((seed) => formatShare(endOf(seed))));

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** In more than half of its seeds. */
function hasCollapsed(scene: LessonScene, run: string): boolean {
  const seeds = seedsOf(scene, run);
  return seeds.filter((seed) => endOf(seed) < COLLAPSED * seed.startAccuracy).length > seeds.length / 2;
}

function collapsed(scene: LessonScene): string {
  const [sum, min] = [hasCollapsed(scene, 'sum'), hasCollapsed(scene, 'min')];
  return sum && min ? 'both' : sum ? 'sum' : min ? 'min' : 'neither';
}

function stepsAt(scene: LessonScene, run: string, at: 0 | -1): number {
  return seedsOf(scene, run)[0]?.updates.at(at)?.steps ?? Number.NaN;
}

function silentEffect(scene: LessonScene): string {
  const change = stepsAt(scene, 'silent', -1) - stepsAt(scene, 'silent', 0);
  return Math.abs(change) < FEW_LINES ? 'right' : change > 0 ? 'more' : 'fewer';
}

/** Of the run on screen, at the update on screen. */
function here(scene: LessonScene): AnswerSummary | undefined {
  const number = scene.run.updates[scene.position]?.line.update;
  const name = [...scene.material.runs].find(([, run]) => run === scene.run)?.[0];
  return name === undefined ? undefined : seedsOf(scene, name)[0]?.updates.find(({ update }) => update === number);
}

/** Points of an answer's lines, as the votes gave them: from −1 to 1 a line. */
function pointsOf(scene: LessonScene, answer: number): number {
  return votesOf(scene.update, answer).reduce((sum, { flags, valid }) => sum + (valid === 0 ? 0 : 1 - (2 * flags) / valid), 0);
}

function meanPoints(scene: LessonScene): number {
  const answers = [...scene.update.sample.lengths_N.keys()];
  return answers.reduce((sum, answer) => sum + pointsOf(scene, answer), 0) / answers.length;
}

export const PROCESS_FIGURES: Readonly<Record<string, Figure>> = {
  runUpdates: (scene) => seedsOf(scene, 'sum')[0]?.updates.length ?? Number.NaN,
  startAccuracy: ({ run }) => run.header.startAccuracy ?? Number.NaN,
  collapsed,
  silentEffect,
  sumEnds: (scene) => endsOf(scene, 'sum'),
  minEnds: (scene) => endsOf(scene, 'min'),
  silentUpdates: (scene) => seedsOf(scene, 'silent')[0]?.updates.length ?? Number.NaN,
  checkedEnds: (scene) => endsOf(scene, 'checked'),
  silentEnds: (scene) => endsOf(scene, 'silent'),
  sumStepsAtStart: (scene) => stepsAt(scene, 'sum', 0),
  sumStepsAtEnd: (scene) => stepsAt(scene, 'sum', -1),
  stepsHere: (scene) => here(scene)?.steps ?? Number.NaN,
  rightStepsHere: (scene) => here(scene)?.rightSteps ?? Number.NaN,
  rewardHere: (scene) => here(scene)?.reward ?? Number.NaN,
  points: (scene) => pointsOf(scene, scene.answer),
  pointsHere: meanPoints,
  pointsAtStart: (scene) => {
    const first = scene.run.updates[0];
    return first === undefined ? Number.NaN : meanPoints({ ...scene, update: first });
  },
};
