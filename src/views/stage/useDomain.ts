// The scale of the channel: symmetric, 98th percentile over the scope the reader picked, or the one that was locked.

import { useMemo } from 'react';
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
  const locked = useRun((state) => (state.locked?.channel === channel.id ? state.locked : null));
  return useMemo(() => {
    const valuesOf = (answers: Iterable<number>): number[] => {
      const values: number[] = [];
      for (const answer of answers) {
        for (let token = 0; token < update.sample.lengths_N[answer]!; token++) values.push(channel.valueAt(update, { answer, token }));
      }
      return values;
    };
    const shownValues = valuesOf(group).filter((value) => !Number.isNaN(value));
    const domain = locked ?? symmetricDomain(scope === 'update' ? valuesOf(Array(update.sample.answers).keys()) : shownValues, channel.center);
    return {
      domain,
      stats: {
        count: shownValues.length,
        beyond: shownValues.filter((value) => isBeyond(domain, value)).length,
        isNegative: shownValues.some((value) => value < channel.center) && !shownValues.some((value) => value > channel.center),
        isAllZero: shownValues.length > 0 && shownValues.every((value) => value === channel.center),
      },
    };
  }, [update, group, channel, scope, locked]);
}
