// Where in a run a link points: update, answer and token (each counted from 1, as the page says them; the answer is that of the
// batch, so it tells the problem too), the phase, the channel and the view.

import type { Phase } from '../../lab/record';
import { PHASES } from '../../viz/phases';
import { STAGE_VIEWS, type StageView } from '../stageStore';
import { quoted, type LinkFields } from './fields';
import { KEYS } from './keys';

export interface LinkPlace {
  readonly update?: number;
  readonly answer?: number;
  readonly token?: number;
  readonly phase?: Phase;
  readonly channel?: string;
  readonly view?: StageView;
}

/** Channels of credit lines are `row:` and a name that the method's file gives. */
const CHANNEL = /^[\w:.-]{1,64}$/;
const AT = /^\d{1,7}(?:\.\d{1,7}){0,2}$/;

export function writeLinkPlace({ update, answer, token, phase, channel, view }: LinkPlace): [string, string][] {
  const at = [update, answer, token];
  const known = at.slice(0, [...at, undefined].indexOf(undefined));
  return [
    ...(known.length > 0 ? [[KEYS.at, known.join('.')] as [string, string]] : []),
    ...(phase !== undefined && phase !== 'update' ? [[KEYS.phase, phase] as [string, string]] : []),
    ...(channel !== undefined && CHANNEL.test(channel) ? [[KEYS.channel, channel] as [string, string]] : []),
    ...(view !== undefined ? [[KEYS.view, view] as [string, string]] : []),
  ];
}

export function readLinkPlace(fields: LinkFields): LinkPlace {
  const one = <Value extends string>(key: string, isKnown: (text: string) => Value | undefined): Value | undefined => {
    const text = fields.take(key);
    const value = text === undefined ? undefined : isKnown(text);
    if (text !== undefined && value === undefined) fields.ignore(`${key} = ${quoted(text)} is not known here.`);
    return value;
  };
  const at = one(KEYS.at, (text) => (AT.test(text) ? text : undefined));
  const [update, answer, token] = (at ?? '').split('.').flatMap((part) => (part === '' ? [] : [Math.max(1, Number(part))]));
  const phase = one(KEYS.phase, (text) => PHASES.find((known) => known === text));
  const channel = one(KEYS.channel, (text) => (CHANNEL.test(text) ? text : undefined));
  const view = one(KEYS.view, (text) => STAGE_VIEWS.find((known) => known === text));
  return {
    ...(update !== undefined && { update }), ...(answer !== undefined && { answer }), ...(token !== undefined && { token }),
    ...(phase !== undefined && { phase }), ...(channel !== undefined && { channel }), ...(view !== undefined && { view }),
  };
}
