// A part of the page that takes dropped files for itself: the page leaves what falls there alone.

const MARK = 'data-takes-files';

/** What such an element bears. */
export const TAKES_FILES = { [MARK]: '' } as const;

export function isTakenElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`[${MARK}]`) !== null;
}
