// A benchmark's results as Markdown, for a terminal and for the README.

import type { BenchResults, EngineSteps, GrowthRow, StepComparison } from './results';
import { describeShape } from './trainingShape';

export function reportOf(results: BenchResults): string {
  const { adapter, where, steps, paced, processor, rollouts, credit, matmul, growth, profiles } = results;
  const lines = [`Adapter: ${adapter}${results.isSoftwareAdapter ? ' (software)' : ''}. ${where}.`];
  for (const one of steps) lines.push('', ...stepLines(one));
  if (paced !== undefined) {
    lines.push('', `Paced as in the page (${paced.paceMs} ms a submit, awaited): ${ms(paced.medianMs)} a step in ${paced.counts.submits} submits, ${paced.counts.dispatches} dispatches.`);
  }
  for (const one of processor) lines.push(`On the processor, wasm SIMD, ${one.threads === 1 ? 'one thread' : `${one.threads} threads`}: ${ms(one.medianMs)} a step, ${one.gigaflops.toFixed(1)} GFLOP/s.`);
  if (rollouts.length > 0) {
    lines.push('', ...table(['rollout', 'answers', 'tokens an answer', 'time', 'tokens/s'], rollouts.map((one) => [
      describeShape(one.shape), String(one.answers), String(one.answerLength), ms(one.ms), one.tokensPerSecond.toFixed(0),
    ])));
  }
  for (const one of credit) {
    lines.push('', `Credit on ${one.on}: ${one.methods} methods on ${one.answers} answers of ${one.tokens} tokens in ${ms(one.creditMs)}, ${(100 * one.creditMs / one.updateMs).toFixed(1)} % of an update of as many (${ms(one.updateMs)}). Monte-Carlo truth draws ${one.truthTokensPerSecond.toFixed(0)} tokens/s, plain rollouts ${one.rolloutTokensPerSecond.toFixed(0)}.`);
  }
  if (matmul !== undefined) {
    lines.push(
      '', `Best matmul rate: ${matmul.best.gigaflops.toFixed(1)} GFLOP/s (${matmul.best.kernel} ${matmul.best.variant} at ${matmul.best.size}).`,
      ...matmul.steps.map(({ shape, gigaflops, share }) => `The step of ${describeShape(shape)} reaches ${gigaflops.toFixed(1)} GFLOP/s, ${(100 * share).toFixed(0)} % of it.`),
      '', ...matmulTable(matmul.rates),
    );
  }
  if (growth.length > 0) lines.push('', ...growthLines(growth));
  for (const profile of profiles) {
    lines.push('', `Time by kernel: ${profile.of}`, '', ...table(['kernel and variant', 'calls', 'time', 'share'], profile.kernels.map((one) => [
      one.kernel, String(one.calls), `${one.ms.toFixed(1)} ms`, `${(100 * one.share).toFixed(1)} %`,
    ])));
  }
  return lines.join('\n');
}

function stepLines({ shape, operations, ours, jaxJs, timesAsFast, largestLossDifference }: StepComparison): string[] {
  const engines: [string, EngineSteps][] = [['Creditscope', ours], ...(jaxJs === undefined ? [] : [['jax-js', jaxJs] as [string, EngineSteps]])];
  const rows = engines.map(([name, one]) => [
    name, ms(one.medianMs), one.stepMs.map((each) => each.toFixed(0)).join(' '), (operations / one.medianMs / 1e6).toFixed(2), seconds(one.startUpMs),
    `${one.step?.dispatches ?? '-'} / ${one.step?.submits ?? '-'}`, `${(one.heldBytes / 2 ** 20).toFixed(1)} MiB`, one.losses.map((loss) => loss.toFixed(4)).join(' '),
  ]);
  const lines = [
    `Training step, ${describeShape(shape)}, ${(operations / 1e9).toFixed(2)} GFLOP of matrix products:`, '',
    ...table(['engine', 'median', 'five steps, ms', 'GFLOP/s', 'start to first update', 'dispatches / submits', 'GPU memory', 'losses'], rows),
  ];
  if (timesAsFast !== undefined) lines.push('', `${timesAsFast.toFixed(2)} times as fast as jax-js on the same adapter; losses differ by at most ${largestLossDifference!.toExponential(1)}.`);
  return lines;
}

function matmulTable(rates: NonNullable<BenchResults['matmul']>['rates']): string[] {
  const sizes = [...new Set(rates.map(({ size }) => size))];
  const names = [...new Set(rates.map(({ kernel, variant }) => `${kernel} ${variant}`))];
  const rows = names.map((name) => [name, ...sizes.map((size) => {
    const rate = rates.find((one) => `${one.kernel} ${one.variant}` === name && one.size === size);
    return rate === undefined ? '-' : rate.gigaflops.toFixed(2);
  })]);
  return table(['GFLOP/s at rows x in x out', ...sizes], rows);
}

function growthLines(growth: readonly GrowthRow[]): string[] {
  return table(['', 'value', 'training step', 'rollout', 'rollout tokens/s'], growth.map((one) => [
    one.axis, String(one.value), ms(one.stepMs), ms(one.rolloutMs), (one.rolloutTokens / (one.rolloutMs / 1000)).toFixed(0),
  ]));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]!.length), 3));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)];
}

const ms = (value: number): string => (value < 10 ? `${value.toFixed(1)} ms` : `${value.toFixed(0)} ms`);
const seconds = (value: number): string => `${(value / 1000).toFixed(2)} s`;
