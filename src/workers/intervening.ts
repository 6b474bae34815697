// What a person changes of the live run on its way, and what the page hears of it.

import type { Run } from '../lab/run';
import type { CommandBody, EventBody } from './protocol';
import { sentence } from './sentence';

type BodyOf<Kind extends CommandBody['kind']> = Extract<CommandBody, { readonly kind: Kind }>;

/** Heard at once, also while phases run: it holds from the next update on. */
export function changeSettings(run: Run, { settings }: BodyOf<'changeSettings'>, post: (event: EventBody) => void): void {
  try {
    run.changeSettings(settings);
    post({ kind: 'intervened', header: run.header });
  } catch (error) {
    post({ kind: 'error', message: sentence(error) });
  }
}

export async function applyEdits(run: Run, { edits }: BodyOf<'applyEdits'>, post: (event: EventBody) => void): Promise<void> {
  const { update, phase, record } = await run.applyEdits(edits);
  post({ kind: 'intervened', header: run.header });
  post({ kind: 'phase', update, phase, record });
}
