// The same answer under the truth, where there is one, and under each method, a column a token, one scale for all rows. A table for who
// listens to it; the tokens at its head are buttons with one tab stop between them. Pointing at a column or moving along the head shows
// its numbers. Of an answer with very many tokens it holds a stretch; moving on leads into the next one.

import { Fragment, useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { BrokenStepScore } from '../../lab/answers/brokenStep';
import type { SampleRecord } from '../../lab/record';
import type { Truth } from '../../lab/truth/truth';
import { branchAt } from '../../viz/branch';
import { brokenStep } from '../../viz/brokenStep';
import { numbersOf } from '../../viz/creditScaling';
import { MARK_GLYPHS } from '../../viz/critiqueMark';
import { formatNumber, formatShare, formatShort } from '../../viz/format';
import { usePalette, useSession } from '../app/SessionContext';
import { BarCells, columnClass } from './BarCells';
import { FidelityLine } from './FidelityLine';
import { ProgramRows } from './ProgramRows';
import { useCompare } from './useCompare';
import type { Compared, ComparedRow } from './useCompared';

const BAR_HEIGHT = 36;
const DIFFERENCE_HEIGHT = 27;

export function CreditMatrix({ compared }: { readonly compared: Compared }) {
  const session = useSession();
  const palette = usePalette();
  const unfolded = useCompare((state) => state.unfolded);
  const [pointed, setPointed] = useState<number | null>(null);
  const head = useRef<HTMLTableRowElement>(null);
  const { comparison: { sample, score, critique, truth, table, methods }, yardstick, problem, row, answer, length, first, chips, widths, rows, selected, domain } = compared;
  /** columns count from the first of this stretch */
  const column = pointed !== null && pointed < chips.length ? pointed : compared.token - first;
  const token = first + column;
  /** token that is to have the focus when its column is there */
  const wanted = useRef<number | null>(null);
  const { starts, wrong, broken } = useMemo(() => {
    const steps = critique.steps_NK[answer] ?? [];
    const tokens = steps.flatMap(([start, end], step) => (critique.isCorrect_NK[answer]?.[step] === false ? Array.from({ length: end - start }, (_, i) => start + i) : []));
    // where the truth is known, it is the truth that tells what broke an answer
    const one = truth === undefined ? brokenStep({ score, critique }, answer) : undefined;
    return { starts: new Set(steps.map(([start]) => start - first)), wrong: new Set(tokens.map((token) => token - first)), broken: one && { start: one.start - first, end: one.end - first } };
  }, [score, critique, truth, answer, first]);
  const along = useMemo(() => {
    const numbers = (values_NT: ArrayLike<number>): number[] => numbersOf(values_NT, sample, [answer]).slice(first, first + chips.length);
    return { truth: truth && numbers(truth.advantages_NT), rows: rows.map((one) => ({ own: numbers(one.own_NT), scaled: numbers(one.scaled_NT), difference: numbers(one.difference_NT) })) };
  }, [sample, truth, rows, answer, first, chips.length]);

  // the token that it opens at may lie beyond what a small screen shows
  useEffect(() => {
    const button = head.current?.querySelectorAll<HTMLElement>('.matrixToken')[compared.token - first];
    if (wanted.current === compared.token) button?.focus();
    wanted.current = null;
    const box = button?.closest('.matrixScroll');
    const names = head.current?.querySelector('.matrixHead');
    if (button === undefined || box === null || box === undefined || names === null || names === undefined) return;
    const [inside, seen, covered] = [button, box, names].map((one) => one.getBoundingClientRect());
    if (inside!.right > seen!.right || inside!.left < covered!.right) box.scrollLeft += inside!.left - (covered!.right + seen!.right) / 2;
  }, [answer, compared.token, first]);

  const select = (next: number): void => {
    const button = head.current?.querySelectorAll<HTMLButtonElement>('.matrixToken')[next - first];
    wanted.current = button === undefined ? next : null;
    session.compare.setState({ token: next });
    button?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = { ArrowLeft: compared.token - 1, ArrowRight: compared.token + 1, Home: 0, End: length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setPointed(null);
    select(Math.max(0, Math.min(length - 1, next)));
  };
  const onPointerMove = (event: PointerEvent): void => {
    // a column that scrolls or shifts under a mouse at rest was not pointed at
    if (event.pointerType !== 'mouse' || (event.movementX === 0 && event.movementY === 0)) return;
    const under = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]')?.dataset['column'] : undefined;
    setPointed(under === undefined ? null : Number(under));
  };
  const cells = (values: readonly number[], height = BAR_HEIGHT): ReactNode => <BarCells values={values} domain={domain} palette={palette} height={height} starts={starts} />;
  const unfold = (name: string): void => {
    session.compare.setState({ method: name, unfolded: unfolded.includes(name) ? unfolded.filter((one) => one !== name) : [...unfolded, name] });
  };

  return (
    // it scrolls by itself, so the keyboard must be able to reach it
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="matrixScroll" role="region" aria-label="Credit by token" tabIndex={0}>
      <table className="creditMatrix" aria-label={`Answer ${row + 1} to problem ${problem + 1}: credit by ${truth === undefined ? '' : 'the truth and by '}each method, a column a token`}
        style={{ '--tokens': `${widths.reduce((sum, width) => sum + width, 0)}px` } as CSSProperties} onPointerMove={onPointerMove} onPointerLeave={() => setPointed(null)}>
        {/* the column's background, so that pointing at another draws nothing else again */}
        <colgroup><col className="headColumn" />{chips.map((_, t) => <col key={t} className={t === column ? 'isActive' : undefined} style={{ width: widths[t] }} />)}</colgroup>
        <thead>
          <tr ref={head}>
            <th scope="col" className="matrixHead">Token {token + 1} of {length} <span className="matrixBig">{chips[column]?.text ?? ''}</span></th>
            {chips.map((chip, t) => {
              const branch = branchAt({ sample }, { answer, token: first + t });
              const isBroken = broken !== undefined && t >= broken.start && t < broken.end;
              const words = [`token ${first + t + 1}`, chip.spoken, ...(isBroken ? ['in the first wrong step'] : wrong.has(t) ? ['in a wrong step'] : []), ...(branch === undefined ? [] : [`branch, '${branch.right}' is right`])];
              return (
                <th key={t} scope="col" data-column={t} className={isBroken ? `${columnClass(starts, t) ?? ''} isBroken` : columnClass(starts, t)}>
                  {isBroken && t === broken.start ? <span className="markGlyph" aria-hidden="true">{MARK_GLYPHS.wrong}</span> : null}
                  <button type="button" className={chip.isSpecial ? 'matrixToken isSpecial' : 'matrixToken'} tabIndex={first + t === compared.token ? 0 : -1} aria-pressed={first + t === compared.token}
                    aria-label={words.join(', ')} onClick={() => select(first + t)} onFocus={() => session.compare.setState({ token: first + t })} onKeyDown={onKeyDown}>
                    {branch === undefined ? null : <span className="branchMark" />}{chip.text}<span className={wrong.has(t) ? 'mark mark-wrong' : 'mark'} />
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {truth === undefined || along.truth === undefined ? null : (
            <tr className="truthRow">
              <th scope="row" className="matrixHead">
                <span className="headLine"><span className="rowName">Truth</span><output className="rowNumber">{formatNumber(along.truth[column] ?? Number.NaN)}</output></span>
                <span className="rowNote">chance of a right answer {formatShort(valueBefore(truth, sample, answer, token))} → {formatShort(valueBefore(truth, sample, answer, token + 1))}</span>
              </th>
              {cells(along.truth)}
            </tr>
          )}
          {rows.map((one, i) => (
            <Fragment key={one.name}>
              <tr className={one === selected ? 'methodRow isSelected' : 'methodRow'}>
                <th scope="row" className="matrixHead">
                  <span className="headLine">
                    <button type="button" className="rowName" aria-expanded={unfolded.includes(one.name)} title="Open the lines of its program" onClick={() => unfold(one.name)}>{one.title}</button>
                    <span className="rowOwn">{one.factor === 1 ? '' : `${formatShort(one.factor)} × ${formatNumber(along.rows[i]!.own[column] ?? Number.NaN)} =`}</span>
                    <output className="rowNumber">{formatNumber(along.rows[i]!.scaled[column] ?? Number.NaN)}</output>
                  </span>
                  {one.fidelity === undefined || table === undefined ? <BrokenStepNote score={methods.find(({ name }) => name === one.name)?.brokenStep} /> : <FidelityLine row={one.fidelity} coverage={table.coverage} />}
                </th>
                {cells(along.rows[i]!.scaled)}
              </tr>
              {one === selected && one.name !== yardstick.method ? <DifferenceRow row={one} against={yardstick.title} number={along.rows[i]!.difference[column] ?? Number.NaN}>{cells(along.rows[i]!.difference, DIFFERENCE_HEIGHT)}</DifferenceRow> : null}
              {unfolded.includes(one.name) ? <ProgramRows compared={compared} row={one} token={token} starts={starts} /> : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** V before a token; after the last one, what the answer was worth. */
function valueBefore({ values_NT1 }: Truth, { width }: SampleRecord, answer: number, t: number): number {
  return values_NT1[answer * (width + 1) + t]!;
}

function BrokenStepNote({ score }: { readonly score: BrokenStepScore | undefined }) {
  if (score === undefined || score.answers === 0) return null;
  return <span className="rowNote">lowest on the first wrong step: {formatShare(score.found / score.answers)} of {score.answers}</span>;
}

function DifferenceRow({ row, against, number, children }: { readonly row: ComparedRow; readonly against: string; readonly number: number; readonly children: ReactNode }) {
  return (
    <tr className="differenceRow">
      <th scope="row" className="matrixHead">
        <span className="headLine"><span className="rowName">{row.title} − {against}</span><output className="rowNumber">{formatNumber(number)}</output></span>
        <span className="rowNote">{row.bestFactor === 0 ? `no positive scale brings it nearer, so all of ${against === 'truth' ? 'the truth' : against} is missing` : `at its best scale, ${formatShort(row.bestFactor)}`}</span>
      </th>
      {children}
    </tr>
  );
}
