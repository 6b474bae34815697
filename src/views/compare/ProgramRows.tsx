// A method's program under its row: each line in the same columns, with its formula and the formula with this token's numbers. Lines
// have units of their own, so each has a scale of its own, over this problem's answers.

import { Fragment, useMemo } from 'react';
import { geometryOf, valueAt } from '../../viz/creditGeometry';
import { largestMagnitude } from '../../viz/creditScaling';
import { formatNumber } from '../../viz/format';
import { substituteFormula, writtenFormula } from '../../viz/substituteFormula';
import { usePalette } from '../app/SessionContext';
import { BarCells } from './BarCells';
import type { Compared, ComparedRow } from './useCompared';

const BAR_HEIGHT = 20;
const PLACES = { token: 'one a token', step: 'one a step', answer: 'one an answer', problem: 'one a problem', scalar: 'one in all' } as const;

interface ProgramRowsProps { readonly compared: Compared; readonly row: ComparedRow; readonly token: number; readonly starts: ReadonlySet<number> }

export function ProgramRows({ compared: { answer, group, first, chips, comparison: { sample } }, row: { title, update }, token, starts }: ProgramRowsProps) {
  const palette = usePalette();
  const geometry = useMemo(() => geometryOf(update), [update]);
  const lines = useMemo(() => (update.credit?.rows ?? []).map((line) => {
    const along = (n: number): number[] => Array.from({ length: sample.lengths_N[n]! }, (_, t) => valueAt(line, geometry, { answer: n, token: t }));
    return { line, values: along(answer).slice(first, first + chips.length), domain: { center: 0, limit: largestMagnitude(group.flatMap(along)) } };
  }), [update, geometry, sample, answer, group, first, chips.length]);
  return lines.map(({ line, values, domain }) => {
    const { segments, result } = substituteFormula(line, update.credit?.rows ?? [], geometry, { answer, token });
    return (
      <Fragment key={line.id}>
        <tr className="lineRow">
          <th scope="row" className="matrixHead">
            <span className="headLine"><span className="lineName"><span className="spoken">{title}, line </span><var>{line.id}</var> {line.label}</span><output className="rowNumber">{formatNumber(result)}</output></span>
            <span className="rowNote">{PLACES[line.shape]}; full bar {formatNumber(domain.limit)}</span>
          </th>
          <BarCells values={values} domain={domain} palette={palette} height={BAR_HEIGHT} starts={starts} />
        </tr>
        <tr className="formulaRow">
          <td colSpan={chips.length + 1}>
            <div className="formulaText">
              <p className="creditFormula">{writtenFormula(line.formula)}</p>
              {segments.some((segment) => segment.source !== undefined)
                ? <p className="creditNumbers">= {segments.map((segment, index) => (segment.source === undefined ? segment.text : <b key={index} title={segment.source}>{segment.text}</b>))} = {formatNumber(result)}</p> : null}
            </div>
          </td>
        </tr>
      </Fragment>
    );
  });
}
