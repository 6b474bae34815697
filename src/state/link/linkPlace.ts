// Where in a run a link points: update, answer and token (each counted from 1, as the page says them; the answer is that of the
// batch, so it tells the problem too), the phase, the channel, the scale of its colours, the tokens kept for comparison, the view, and what the
// table and the comparison show.

import type { Phase } from '../../lab/record';
import { PHASES } from '../../viz/phases';
import { MOST_PINS } from '../place';
import { SCOPES, type Scope } from '../runStore';
import { STAGE_VIEWS, type StageView, type TableChoice } from '../stageStore';
import { quoted, type LinkFields } from './fields';
import { KEYS } from './keys';
import { readLinkCompare, writeLinkCompare, type LinkCompare } from './linkCompare';
import { readLinkTable, writeLinkTable } from './linkTable';
import { numberText, readLength, readNumber } from './numbers';

/** A token of the batch; both numbers from 1. */
export interface LinkToken { readonly answer: number; readonly token: number }

export interface LinkPlace {
  readonly update?: number;
  readonly answer?: number;
  readonly token?: number;
  /** the other end of a span of tokens */
  readonly until?: number;
  readonly phase?: Phase;
  readonly channel?: string;
  readonly view?: StageView;
  readonly pins?: readonly LinkToken[];
  readonly scope?: Scope;
  readonly isRoot?: true;
  /** a scale that stays as it is */
  readonly scale?: { readonly center: number; readonly limit: number };
  readonly table?: TableChoice;
  readonly compare?: LinkCompare;
}

/** Channels of credit lines are `row:` and a name that the method's file gives. */
const CHANNEL = /^[\w:.-]{1,64}$/;
const AT = /^\d{1,7}(?:\.\d{1,7}){0,3}$/;
const PIN = /^\d{1,7}\.\d{1,7}$/;
/** of tokens in a list, and of the two numbers of a scale; `+` in an address */
const BETWEEN = ' ';

export function writeLinkPlace({ update, answer, token, until, phase, channel, view, pins = [], scope, isRoot, scale, table, compare }: LinkPlace): [string, string][] {
  const at = [update, answer, token, until];
  const known = at.slice(0, [...at, undefined].indexOf(undefined));
  return [
    ...(known.length > 0 ? [[KEYS.at, known.join('.')] as [string, string]] : []),
    ...(phase !== undefined && phase !== 'update' ? [[KEYS.phase, phase] as [string, string]] : []),
    ...(channel !== undefined && CHANNEL.test(channel) ? [[KEYS.channel, channel] as [string, string]] : []),
    ...(scope !== undefined ? [[KEYS.scope, scope] as [string, string]] : []),
    ...(isRoot === true ? [[KEYS.root, '1'] as [string, string]] : []),
    ...(scale !== undefined ? [[KEYS.scale, [scale.limit, ...(scale.center === 0 ? [] : [scale.center])].map(numberText).join(BETWEEN)] as [string, string]] : []),
    ...(pins.length > 0 ? [[KEYS.pins, pins.map((pin) => `${pin.answer}.${pin.token}`).join(BETWEEN)] as [string, string]] : []),
    ...(view !== undefined ? [[KEYS.view, view] as [string, string]] : []),
    ...(table === undefined ? [] : writeLinkTable(table)),
    ...(compare === undefined ? [] : writeLinkCompare(compare)),
  ];
}

export function readLinkPlace(fields: LinkFields): LinkPlace {
  const at = fields.takeKnown(KEYS.at, (text) => (AT.test(text) ? text : undefined));
  const [update, answer, token, until] = (at ?? '').split('.').flatMap((part) => (part === '' ? [] : [fromOne(part)]));
  const phase = fields.takeKnown(KEYS.phase, (text) => PHASES.find((known) => known === text));
  const channel = fields.takeKnown(KEYS.channel, (text) => (CHANNEL.test(text) ? text : undefined));
  const scope = fields.takeKnown(KEYS.scope, (text) => SCOPES.find((known) => known === text));
  const root = fields.takeKnown(KEYS.root, (text) => (text === '0' || text === '1' ? text : undefined));
  const scale = readScale(fields);
  const pins = readPins(fields);
  const view = fields.takeKnown(KEYS.view, (text) => STAGE_VIEWS.find((known) => known === text));
  const [table, compare] = [readLinkTable(fields), readLinkCompare(fields)];
  return {
    ...(update !== undefined && { update }), ...(answer !== undefined && { answer }), ...(token !== undefined && { token }), ...(until !== undefined && { until }),
    ...(phase !== undefined && { phase }), ...(channel !== undefined && { channel }), ...(view !== undefined && { view }),
    ...(scope !== undefined && { scope }), ...(root === '1' && { isRoot: true }), ...(scale !== undefined && { scale }), ...(pins.length > 0 && { pins }), ...(table !== undefined && { table }), ...(compare !== undefined && { compare }),
  };
}

const fromOne = (text: string): number => Math.max(1, Number(text));

/** How far a full colour is from the centre and, where that is not zero, the centre. */
function readScale(fields: LinkFields): LinkPlace['scale'] {
  const [size, middle = '0', ...more] = fields.take(KEYS.scale)?.split(BETWEEN) ?? [];
  if (size === undefined) return undefined;
  if (more.length > 0) fields.ignore(`${KEYS.scale} has two numbers at most.`);
  const [limit, center] = [readLength(fields, KEYS.scale, size), readNumber(fields, KEYS.scale, middle)];
  return limit === undefined || center === undefined ? undefined : { center, limit };
}

/** Each once, and no more than the page keeps. */
function readPins(fields: LinkFields): readonly LinkToken[] {
  const pins = new Map<string, LinkToken>();
  for (const text of fields.take(KEYS.pins)?.split(BETWEEN) ?? []) {
    const [answer, token] = PIN.test(text) ? text.split('.').map(fromOne) : [];
    if (answer === undefined || token === undefined) fields.ignore(`${KEYS.pins}: ${quoted(text)} is no token.`);
    else if (pins.has(`${answer}.${token}`)) fields.ignore(`${KEYS.pins}: ${quoted(text)} stands there twice.`);
    else if (pins.size === MOST_PINS) fields.ignore(`${KEYS.pins}: ${quoted(text)} was left out; ${MOST_PINS} tokens are kept at most.`);
    else pins.set(`${answer}.${token}`, { answer, token });
  }
  return [...pins.values()];
}
