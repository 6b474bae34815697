// Sums over a span of one answer's tokens, channel by channel, and what the rewards of a group say together.

import type { Channel, PartialUpdate } from './channel';

export interface SpanSum {
  readonly channel: Channel;
  readonly sum: number;
  readonly mean: number;
  /** tokens that have a number there */
  readonly count: number;
}

/** Tokens [from, to], both inside; channels without a number in them are left out. */
export function spanSums(update: PartialUpdate, channels: readonly Channel[], answer: number, from: number, to: number): SpanSum[] {
  return channels.flatMap((channel) => {
    const values = Array.from({ length: to - from + 1 }, (_, i) => channel.valueAt(update, { answer, token: from + i })).filter((value) => !Number.isNaN(value));
    const sum = values.reduce((total, value) => total + value, 0);
    return values.length === 0 ? [] : [{ channel, sum, mean: sum / values.length, count: values.length }];
  });
}

export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** with one taken off the count; NaN for a single number */
  readonly deviation: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { count, mean, deviation: count < 2 ? Number.NaN : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)) };
}
