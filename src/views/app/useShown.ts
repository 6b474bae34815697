// What the stage and the inspector both need to know about the update on screen. Derived, never stored.

import { useMemo } from 'react';
import type { CreditRow, RunNames } from '../../lab/record';
import { shownRun, shownUpdate, type Selection } from '../../state/runStore';
import { isOf, withWhatIf } from '../../state/whatIf';
import type { Channel, PartialUpdate } from '../../viz/channel';
import { channelsOf, findChannel } from '../../viz/channel';
import type { Place } from '../../viz/creditGeometry';
import { answersOf } from '../../viz/phaseSentence';
import { linesWithTdError } from '../../viz/tdErrorLine';
import { useRun, useSession, useWhatIf } from './SessionContext';

export interface Shown {
  readonly update: PartialUpdate;
  /** the update as it was, where `update` is what would follow from the reader’s changes */
  readonly before?: PartialUpdate;
  readonly names: RunNames;
  readonly problem: number;
  /** answers of the problem, as indices into the batch */
  readonly group: readonly number[];
  readonly channels: readonly Channel[];
  readonly channel: Channel;
}

/** Undefined while there is nothing to show. */
export function useShown(): Shown | undefined {
  const recorded = useRun(shownUpdate);
  const { run } = useSession();
  const result = useWhatIf((state) => (isOf(state, run.getState()) ? state.result : null));
  const update = useMemo(() => (recorded === undefined || result === null ? recorded : withWhatIf(recorded, result)), [recorded, result]);
  const names = useRun((state) => shownRun(state)?.names);
  const wanted = useRun((state) => state.problem);
  const channelId = useRun((state) => state.channel);
  // another channel leaves these as they are, and with them what is made of each of their tokens
  const answers = useMemo(() => {
    if (update === undefined) return undefined;
    const problem = Math.min(wanted, update.sample.problems_P.length - 1);
    return { problem, group: answersOf(update, problem), channels: channelsOf(update) };
  }, [update, wanted]);
  return useMemo(() => {
    if (update === undefined || names === undefined || answers === undefined) return undefined;
    return { update, ...(update !== recorded && { before: recorded }), names, ...answers, channel: findChannel(answers.channels, channelId) };
  }, [update, recorded, names, answers, channelId]);
}

/** Where the selection points in this update; undefined when its answer is shorter here, or the group smaller. */
export function selectedPlace(shown: Pick<Shown, 'update' | 'group'>, selection: Selection | null): Place | undefined {
  const answer = selection === null ? undefined : shown.group[selection.answer];
  if (selection === null || answer === undefined || selection.token >= shown.update.sample.lengths_N[answer]!) return undefined;
  return { answer, token: selection.token };
}

/** A line of the credit program by its id, or the TD error. */
export function rowOfLine(update: PartialUpdate, id: string | undefined): CreditRow | undefined {
  return id === undefined ? undefined : linesWithTdError(update).find((row) => row.id === id);
}

export function tokenText(shown: Pick<Shown, 'update' | 'names'>, { answer, token }: Place): string {
  const id = shown.update.sample.tokens_NT[answer * shown.update.sample.width + token];
  return id === undefined ? '' : shown.names.alphabet[id] ?? `<${id}>`;
}
