// How a teacher's link wants the page: controls locked or hidden, present mode for a projector, embed mode for slides, a lesson.

import { ALL_CONTROLS, findControl, type ControlId } from './controls';
import { quoted, type LinkFields } from './fields';
import { KEYS } from './keys';

export type ControlState = 'show' | 'lock' | 'hide';

export interface Classroom {
  /** controls that are not shown as usual */
  readonly controls: Readonly<Partial<Record<ControlId, Exclude<ControlState, 'show'>>>>;
  readonly isPresenting: boolean;
  readonly isEmbedded: boolean;
  /** opened with the page; whoever has the lessons knows whether there is such a one */
  readonly lesson: string | undefined;
}

export const FREE: Classroom = { controls: {}, isPresenting: false, isEmbedded: false, lesson: undefined };

const LESSON = /^[\w-]{1,40}$/;
/** of the names in a list; no name has it in it */
const BETWEEN = '.';

export function writeClassroom({ controls, isPresenting, isEmbedded, lesson }: Classroom): [string, string][] {
  const list = (state: ControlState): string => ALL_CONTROLS.filter(({ id }) => Object.hasOwn(controls, id) && controls[id] === state).map(({ id }) => id).join(BETWEEN);
  return ([
    [KEYS.lock, list('lock')], [KEYS.hide, list('hide')], [KEYS.present, isPresenting ? '1' : ''], [KEYS.embed, isEmbedded ? '1' : ''], [KEYS.lesson, lesson ?? ''],
  ] as [string, string][]).filter(([, value]) => value !== '');
}

export function readClassroom(fields: LinkFields): Classroom {
  const controls: Partial<Record<ControlId, 'lock' | 'hide'>> = {};
  for (const [key, state] of [[KEYS.lock, 'lock'], [KEYS.hide, 'hide']] as const) {
    for (const name of (fields.take(key) ?? '').split(BETWEEN).filter((one) => one !== '')) {
      const found = findControl(name);
      if (found === undefined) fields.ignore(`${key}: the page has no control ${quoted(name)}.`);
      else if (state === 'lock' && !found.canLock) fields.ignore(`${key}: ${found.label} cannot be locked, only hidden.`);
      else controls[found.id] = state;
    }
  }
  const isOn = (key: string): boolean => {
    const value = fields.take(key);
    if (value !== undefined && value !== '1' && value !== '0') fields.ignore(`${key} = ${quoted(value)} is neither 0 nor 1.`);
    return value === '1';
  };
  const lesson = fields.take(KEYS.lesson);
  const isLesson = lesson !== undefined && LESSON.test(lesson);
  if (lesson !== undefined && !isLesson) fields.ignore(`lesson = ${quoted(lesson)} is no name of a lesson.`);
  return { controls, isPresenting: isOn(KEYS.present), isEmbedded: isOn(KEYS.embed), lesson: isLesson ? lesson : undefined };
}
