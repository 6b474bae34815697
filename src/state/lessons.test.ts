import { describe, expect, it } from 'vitest';
import { LESSONS } from '../lessons';
import type { Lesson, LessonStep } from '../lessons/lesson';
import { FIGURES } from './lessonFigures';
import { rightOptions, sceneNow } from './lessonPlayer';
import type { LessonMaterial, LessonScene } from './lessonScene';
import type { OpenLesson } from './lessonStore';
import { shippedMaterial } from './lessonTesting';
import { placeholdersOf, writeOut } from './lessonText';

const MATERIAL = new Map<Lesson, LessonMaterial>();
for (const lesson of LESSONS) MATERIAL.set(lesson, await shippedMaterial(lesson.recordings));

const everyText = ({ text, prediction }: LessonStep): string[] => [
  text, ...(prediction === undefined ? [] : [prediction.question, prediction.right, prediction.wrong, ...(prediction.kind === 'choice' ? [prediction.target, ...prediction.options.flatMap((one) => [one.text, one.is])] : [])]),
];

it('has six lessons with names of their own', () => {
  expect(LESSONS).toHaveLength(6);
  expect(new Set(LESSONS.map(({ id }) => id)).size).toBe(6);
});

describe.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))('lesson %s', (_, lesson) => {
  const material = MATERIAL.get(lesson)!;
  const opened = (step: number, guesses: OpenLesson['guesses'] = {}): Pick<OpenLesson, 'lesson' | 'step' | 'guesses' | 'material'> => ({ lesson, step, guesses, material });
  const revealed = { kind: 'choice', option: 0, isRight: true } as const;
  const scenes = (step: number): LessonScene[] => [sceneNow(opened(step)), sceneNow(opened(step, { [step]: revealed }))].flatMap((scene) => scene ?? []);

  it('asks for a prediction before its last step', () => {
    expect(lesson.steps.slice(0, -1).some(({ prediction }) => prediction !== undefined)).toBe(true);
    for (const { completion, prediction } of lesson.steps) expect(completion.kind === 'predicted').toBe(prediction !== undefined);
  });

  it('holds no number of its own, and every figure of every text can be worked out from what ships', () => {
    for (const [step, one] of lesson.steps.entries()) {
      expect(scenes(step)).toHaveLength(2);
      for (const text of everyText(one)) {
        // "lesson 1" names a lesson, "modulo 10" the task, ±1 the points a line can get
        expect(text.replaceAll(/\{[^}]*\}|lesson \d|modulo 10|[+−]1/g, '')).not.toMatch(/\d/);
        for (const { name } of placeholdersOf(text)) {
          expect(Object.keys(FIGURES), `${name} in “${text}”`).toContain(name);
          const value = FIGURES[name]!(scenes(step).at(-1)!);
          expect(typeof value === 'string' ? value !== '' : Number.isFinite(value), `${name} = ${value} in step ${step + 1}: “${text}”`).toBe(true);
        }
        expect(writeOut(text, scenes(step)[0]!)).not.toMatch(/[{}]/);
      }
    }
  });

  it('has exactly one right option where it offers some', () => {
    const right = lesson.steps.flatMap(({ prediction }, step) => (prediction?.kind === 'choice' ? [rightOptions(opened(step))!.filter(Boolean).length] : []));
    expect(right).toEqual(right.map(() => 1));
  });

  it('can be trained with the recipe of its recording', () => {
    expect(material.runs.get(lesson.live.run)?.header.configuration.preset).toMatch(/^(?:small|default)$/);
  });
});
