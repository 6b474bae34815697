// A lesson's text with its figures written out, in the page's own number format. {name} is short (0.5, 3), {name:form} another form.

import { formatNumber, formatShare, formatShort, formatSigned, NO_NUMBER } from '../viz/format';
import { FIGURES } from './lessonFigures';
import type { LessonScene } from './lessonScene';

const FORMS: Readonly<Record<string, (value: number) => string>> = { short: formatShort, number: formatNumber, signed: formatSigned, share: formatShare };
const PLACEHOLDER = /\{(\w+)(?::(\w+))?\}/g;

export interface Placeholder { readonly name: string; readonly form: string }

export function placeholdersOf(text: string): Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name, form]) => ({ name: name!, form: form ?? 'short' }));
}

/** A figure or form that nobody knows is written as it stands, so that it is seen. */
export function writeOut(text: string, scene: LessonScene): string {
  return text.replaceAll(PLACEHOLDER, (whole, name: string, form: string = 'short') => {
    if (!Object.hasOwn(FIGURES, name) || !Object.hasOwn(FORMS, form)) return whole;
    const value = FIGURES[name]!(scene);
    return typeof value === 'string' ? value : Number.isNaN(value) ? NO_NUMBER : FORMS[form]!(value);
  });
}
