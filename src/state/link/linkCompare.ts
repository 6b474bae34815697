// The place in the comparison of methods, in a link: problem, answer and token (each counted from 1; 0 is the one that the comparison
// opens with), on which answers, the methods beside the run's own on those on screen, the method picked, the programs unfolded, the scale,
// the sorting, and what the form would compare.

import type { Comparison } from '../../lab/fidelity/compare';
import { groupOf, openingProblem } from '../../viz/comparedProblem';
import { SCALINGS, type Scaling } from '../../viz/creditScaling';
import { MEASURES } from '../../viz/fidelityMeasures';
import { FORM_METHODS, FORM_SIZE, MOST_BESIDE, OPENING_FORM, OPENING_PLACE, TRUTHS, type CompareForm, type ComparePlace, type CompareSource } from '../compareStore';
import { quoted, type LinkFields } from './fields';
import { KEYS } from './keys';
import { numberText, readLength } from './numbers';

export interface LinkCompare {
  readonly source: CompareSource;
  /** of the answers on screen; null: those that it opens with */
  readonly beside: readonly string[] | null;
  readonly place: ComparePlace;
  readonly scaling: Scaling;
  readonly form: CompareForm;
  /** updates that the policy had behind it, where the comparison was made on the page that the link is from; undefined: the recorded one */
  readonly made: number | undefined;
}

export const OPENING_COMPARE: LinkCompare = { source: 'truth', beside: null, place: OPENING_PLACE, scaling: 'largest', form: OPENING_FORM, made: undefined };

/** Of a method, with its parameters where they are not the usual ones: `tempo`, `capo:W=4`. */
const NAME = /^[\w:=.-]{1,64}$/;
const AT = /^\d{1,7}(?:\.\d{1,7}){0,2}$/;
const SIZE = /^\d{1,7}\.\d{1,7}$/;
const COUNT = /^\d{1,7}$/;
/** Programs unfolded at once are no more than methods compared by a recorded comparison. */
const MOST_UNFOLDED = 24;
/** of names in a list; `+` in an address */
const BETWEEN = ' ';
/** instead of a list that is empty, as an address can hold none */
const NO_METHOD = '-';

export function writeLinkCompare({ source, beside, place, scaling, form, made }: LinkCompare): [string, string][] {
  const at = [place.problem, place.answer, place.token].map((index) => (index === null ? 0 : index + 1));
  const said = at.slice(0, at.findLastIndex((number) => number > 0) + 1);
  const size = [form.problems, form.answers];
  const names = (all: readonly string[] | null): string => (all ?? []).filter((name) => NAME.test(name)).join(BETWEEN);
  return ([
    [KEYS.compareOn, source === OPENING_COMPARE.source ? '' : source],
    [KEYS.compareBeside, beside?.length === 0 ? NO_METHOD : names(beside)],
    [KEYS.compareAt, said.join('.')],
    [KEYS.compareMethod, names(place.method === null ? null : [place.method])],
    [KEYS.compareUnfolded, names(place.unfolded)],
    [KEYS.compareScaling, scaling === OPENING_COMPARE.scaling ? '' : scaling],
    [KEYS.compareLimit, place.lockedLimit === null ? '' : numberText(place.lockedLimit)],
    [KEYS.compareSort, place.sortedBy ?? ''],
    [KEYS.compareTree, names(place.treeMethod === null ? null : [place.treeMethod])],
    [KEYS.compareMade, made === undefined ? '' : String(made)],
    [KEYS.compareWith, names(form.methods)],
    [KEYS.compareSize, size.every(isSize) && size.join('.') !== [OPENING_FORM.problems, OPENING_FORM.answers].join('.') ? size.map(Number).join('.') : ''],
    [KEYS.compareTruth, form.truth === OPENING_FORM.truth ? '' : form.truth],
    [KEYS.compareCosine, form.hasGradient ? '1' : ''],
  ] as [string, string][]).filter(([, value]) => value !== '');
}

/** Undefined where the link says nothing of a comparison. Whether there are such methods and answers is for the comparison to say. */
export function readLinkCompare(fields: LinkFields): LinkCompare | undefined {
  const fits = (pattern: RegExp) => (text: string): string | undefined => (pattern.test(text) ? text : undefined);
  const names = (key: string, most: number, none?: string): readonly string[] | undefined => fields.takeKnown(key, (text) => {
    if (text === none) return [];
    const all = text.split(BETWEEN);
    if (!all.every((name) => NAME.test(name))) return undefined;
    const unique = [...new Set(all)];
    if (unique.length < all.length) fields.ignore(`${key} names a method twice.`);
    if (unique.length > most) fields.ignore(`${key} names ${unique.length} methods; the first ${most} are used.`);
    return unique.slice(0, most);
  });
  const [problem, answer, token] = (fields.takeKnown(KEYS.compareAt, fits(AT)) ?? '').split('.').map((part) => (Number(part) === 0 ? null : Number(part) - 1));
  const limit = fields.take(KEYS.compareLimit);
  const size = fields.takeKnown(KEYS.compareSize, fits(SIZE));
  const made = fields.takeKnown(KEYS.compareMade, fits(COUNT));
  const compare: LinkCompare = {
    source: fields.takeKnown(KEYS.compareOn, (text) => (text === 'screen' ? text : undefined)) ?? OPENING_COMPARE.source,
    beside: names(KEYS.compareBeside, MOST_BESIDE, NO_METHOD) ?? null,
    place: {
      problem: problem ?? null, answer: answer ?? null, token: token ?? null,
      method: fields.takeKnown(KEYS.compareMethod, fits(NAME)) ?? null,
      unfolded: names(KEYS.compareUnfolded, MOST_UNFOLDED) ?? [],
      lockedLimit: limit === undefined ? null : readLength(fields, KEYS.compareLimit, limit) ?? null,
      sortedBy: fields.takeKnown(KEYS.compareSort, (text) => MEASURES.find(({ id }) => id === text)?.id) ?? null,
      treeMethod: fields.takeKnown(KEYS.compareTree, fits(NAME)) ?? null,
    },
    scaling: fields.takeKnown(KEYS.compareScaling, (text) => SCALINGS.find((known) => known === text)) ?? OPENING_COMPARE.scaling,
    form: {
      ...OPENING_FORM,
      methods: names(KEYS.compareWith, FORM_METHODS[1]) ?? null,
      ...(size !== undefined && readSize(fields, size)),
      truth: fields.takeKnown(KEYS.compareTruth, (text) => TRUTHS.find((known) => known === text)) ?? OPENING_FORM.truth,
      hasGradient: fields.takeKnown(KEYS.compareCosine, fits(/^[01]$/)) === '1',
    },
    made: made === undefined ? undefined : Number(made),
  };
  return writeLinkCompare(compare).length === 0 ? undefined : compare;
}

function isSize(text: string): boolean {
  return COUNT.test(text) && Number(text) >= FORM_SIZE[0] && Number(text) <= FORM_SIZE[1];
}

function readSize(fields: LinkFields, text: string): Pick<CompareForm, 'problems' | 'answers'> {
  const [least, most] = FORM_SIZE;
  const [problems, answers] = text.split('.').map((part) => String(Math.max(least, Math.min(most, Number(part))))) as [string, string];
  if (!text.split('.').every(isSize)) fields.ignore(`${KEYS.compareSize} = ${quoted(text)}: problems and answers are from ${least} to ${most}; ${problems} and ${answers} are used.`);
  return { problems, answers };
}

/** The place in a comparison that is there: what it does not have is left to where it opens, and told. */
export function placeInComparison(comparison: Pick<Comparison, 'sample' | 'score' | 'methods'>, wanted: ComparePlace, ignore: (sentence: string) => void): ComparePlace {
  const { sample, methods } = comparison;
  const hasMethod = (name: string): boolean => {
    const isThere = methods.some((method) => method.name === name);
    if (!isThere) ignore(`The comparison has no method ${quoted(name)}.`);
    return isThere;
  };
  const { problem, answer, token, method, unfolded, treeMethod } = wanted;
  const place = {
    ...wanted, problem: null, answer: null, token: null,
    method: method !== null && hasMethod(method) ? method : null,
    unfolded: unfolded.filter((name) => name === method ? methods.some((one) => one.name === name) : hasMethod(name)),
    treeMethod: treeMethod !== null && hasMethod(treeMethod) ? treeMethod : null,
  };
  if (problem !== null && problem >= sample.problems_P.length) {
    ignore(`The comparison has ${sample.problems_P.length} problems; there is no problem ${problem + 1}.`);
    return place;
  }
  const shown = problem ?? openingProblem(comparison);
  const group = groupOf(comparison, shown);
  if (answer !== null && answer >= group.length) {
    ignore(`Problem ${shown + 1} of the comparison has ${group.length} answers; there is no answer ${answer + 1}.`);
    return { ...place, problem };
  }
  const length = answer === null ? sample.width : sample.lengths_N[group[answer]!]!;
  if (token !== null && token >= length) {
    ignore(`${answer === null ? 'An answer' : `Answer ${answer + 1}`} of the comparison has ${length} tokens; there is no token ${token + 1}.`);
    return { ...place, problem, answer };
  }
  return { ...place, problem, answer, token };
}
