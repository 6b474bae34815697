// The scale of the channel: symmetric, 98th percentile over the scope the reader picked, or the one that was locked. Never
// over a single token, and never another from phase to phase or update to update while it is locked or taken over the run.

import { useMemo } from 'react';
import { shownRun } from '../../state/runStore';
import { domainOfRun, valuesOfAnswers } from '../../viz/channelValues';
import type { Domain } from '../../viz/scale';
import { isBeyond, symmetricDomain } from '../../viz/scale';
import { useRun } from '../app/SessionContext';
import type { Shown } from '../app/useShown';

export interface ChannelStats {
  /** numbers shown in the group */
  readonly count: number;
  readonly beyond: number;
  readonly isAllZero: boolean;
  /** no number above the centre and some below */
  readonly isNegative: boolean;
}

export function useDomain({ update, group, channel }: Pick<Shown, 'update' | 'group' | 'channel'>): { readonly domain: Domain; readonly stats: ChannelStats } {
  const scope = useRun((state) => state.scope);
  const isRoot = useRun((state) => state.isRoot);
  const locked = useRun((state) => (state.locked?.channel === channel.id ? state.locked : null));
  const updates = useRun((state) => (state.scope === 'run' ? shownRun(state)?.updates : undefined));
  const chosen = useRun((state) => (state.scope === 'rollout' && state.selection !== null ? state.selection.answer : undefined));
  return useMemo(() => {
    const shownValues = valuesOfAnswers(update, channel, group).filter((value) => !Number.isNaN(value));
    const scoped = (): Domain => {
      if (updates !== undefined) return domainOfRun(updates, channel);
      if (scope === 'update') return symmetricDomain(valuesOfAnswers(update, channel, Array(update.sample.answers).keys()), channel.center);
      const answer = chosen === undefined ? undefined : group[chosen];
      return symmetricDomain(answer === undefined ? shownValues : valuesOfAnswers(update, channel, [answer]), channel.center);
    };
    const { center, limit } = locked ?? scoped();
    const domain: Domain = { center, limit, isRoot };
    return {
      domain,
      stats: {
        count: shownValues.length,
        beyond: shownValues.filter((value) => isBeyond(domain, value)).length,
        isNegative: shownValues.some((value) => value < channel.center) && !shownValues.some((value) => value > channel.center),
        isAllZero: shownValues.length > 0 && shownValues.every((value) => value === channel.center),
      },
    };
  }, [update, group, channel, scope, chosen, updates, isRoot, locked]);
}
