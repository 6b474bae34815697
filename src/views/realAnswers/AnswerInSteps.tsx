// One real answer, a line a step, its tokens as chips in running text. An ARIA grid (rows are steps) with one tab stop and arrow keys. A long
// answer shows its beginning until all of it is asked for.

import { memo, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { AnswersBatch } from '../../lab/answers/answersBatch';
import { chipText, signedBar } from '../../viz/chipLayout';
import { barColor, fillColor, type Palette } from '../../viz/color';
import { formatNumber, formatSpoken } from '../../viz/format';
import { position, type Domain } from '../../viz/scale';
import { useRun, useSession } from '../app/SessionContext';
import { tokenText, type Shown } from '../app/useShown';
import { VERDICT_SIGNS, verdictOf } from './verdictWords';

const TOKENS_SHOWN = 600;
const BAR_HEIGHT = 8;

interface AnswerInStepsProps {
  readonly shown: Shown;
  readonly answers: AnswersBatch;
  /** in the batch */
  readonly answer: number;
  /** in the group */
  readonly row: number;
  readonly domain: Domain;
  readonly palette: Palette;
}

export const AnswerInSteps = memo(function AnswerInSteps({ shown, answers, answer, row, domain, palette }: AnswerInStepsProps) {
  const session = useSession();
  const [hasAll, setHasAll] = useState(false);
  const selected = useRun((state) => (state.selection?.answer === row ? state.selection.token : -1));
  const grid = useRef<HTMLDivElement>(null);
  const length = shown.update.sample.lengths_N[answer]!;
  const last = hasAll ? length : Math.min(length, TOKENS_SHOWN);
  const steps = linesOf(answers.critique.steps_NK[answer]!, last);
  useEffect(() => {
    if (grid.current?.contains(document.activeElement) === true) grid.current.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [selected]);

  const select = (token: number): void => session.run.setState({ selection: { answer: row, token: Math.max(0, Math.min(last - 1, token)) } });
  const onClick = ({ target }: MouseEvent): void => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-token]') : null;
    if (cell === null) return;
    select(Number(cell.dataset['token']));
    cell.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const from = Math.max(0, selected);
    const line = steps.findIndex(({ start, end }) => from >= start && from < end);
    const [up, down] = [steps[line - 1], steps[line + 1]];
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last - 1, ArrowUp: up?.start, ArrowDown: down?.start, Enter: from }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    select(to);
  };
  const chip = (token: number) => {
    const place = { answer, token };
    const value = shown.channel.valueAt(shown.update, place);
    const at = position(domain, value);
    const bar = signedBar(at, BAR_HEIGHT);
    const text = tokenText(shown, place);
    return (
      <span
        key={token} role="gridcell" className="wordChip" data-token={token} tabIndex={token === Math.max(0, selected) ? 0 : -1} aria-selected={token === selected}
        aria-label={`token ${token + 1}, ${chipText(text).spoken}, ${shown.channel.label.toLowerCase()} ${formatSpoken(value)}`} title={`${shown.channel.label} ${formatNumber(value)}`}
      >
        <span className="wordText" style={{ background: fillColor(palette, shown.channel.kind, at) }}>{text.replace(/\n/g, '⏎')}</span>
        <span className="wordBar">{bar.height === 0 ? null : <i style={{ top: bar.top, height: bar.height, background: barColor(palette, shown.channel.kind, at) }} />}</span>
      </span>
    );
  };
  return (
    <article className="realAnswer" aria-label={`Answer ${row + 1}`}>
      <AnswerHead answers={answers} answer={answer} row={row} outcome={answers.score.outcome_N[answer]!} />
      {length === 0 ? <p className="muted">An empty answer.</p> : (
        <div ref={grid} role="grid" aria-label={`Tokens of answer ${row + 1}`} tabIndex={-1} onClick={onClick} onKeyDown={onKeyDown}>
          {steps.map(({ start, end, step }) => {
            const verdict = step < 0 ? 'unknown' : answers.verdicts_NK[answer]![step]!;
            return (
              <div key={start} role="row" className={`stepLine stepLine-${verdict}`}>
                <span role="rowheader" className="stepVerdict" title={step < 0 ? 'In no step' : verdictOf(answers, answer, step)}>
                  <span aria-hidden="true">{VERDICT_SIGNS[verdict]}</span><span className="spoken">{step < 0 ? 'In no step' : `Step ${step + 1}. ${verdictOf(answers, answer, step)}`}</span>
                </span>
                {Array.from({ length: end - start }, (_, i) => chip(start + i))}
              </div>
            );
          })}
        </div>
      )}
      {last < length ? <button type="button" onClick={() => setHasAll(true)}>Show all {length} tokens</button> : null}
    </article>
  );
});

function AnswerHead({ answers: { sources_N, verified_N, hasOwnTokens_N }, answer, row, outcome }: { readonly answers: AnswersBatch; readonly answer: number; readonly row: number; readonly outcome: number }) {
  const isRight = outcome > 0;
  const verified = verified_N[answer];
  return (
    <header className="realAnswerHead">
      <h3>{row + 1}. {sources_N[answer] ?? 'Answer'}</h3>
      {Number.isNaN(outcome) ? <span className="muted">no reward</span> : <span className={isRight ? 'outcome isRight' : 'outcome'}><span aria-hidden="true">{isRight ? '✓' : '✗'}</span> reward {formatNumber(outcome)}</span>}
      {verified === undefined || verified === isRight ? null : <span className="doubt">by its last number it is {verified ? 'right' : 'wrong'}</span>}
      {hasOwnTokens_N[answer] ? <span className="muted">tokens of the file</span> : null}
    </header>
  );
}

interface Line { readonly start: number; readonly end: number; readonly step: number }

/** The steps, and between them what is in none; up to a token. */
function linesOf(steps: readonly (readonly [number, number])[], last: number): Line[] {
  const lines: Line[] = [];
  let reached = 0;
  steps.forEach(([start, end], step) => {
    if (start > reached) lines.push({ start: reached, end: start, step: -1 });
    if (end > start) lines.push({ start, end, step });
    reached = Math.max(reached, end);
  });
  if (reached < last) lines.push({ start: reached, end: last, step: -1 });
  return lines.filter(({ start }) => start < last).map((line) => ({ ...line, end: Math.min(line.end, last) }));
}
