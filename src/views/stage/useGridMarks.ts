// Marks on the chips that are no selection: the span around it, pinned tokens, and the tokens that a number of the inspector comes from.
// Set on the elements themselves, also on those that have just come into sight: a changed mark draws no row again.

import { useLayoutEffect, useMemo, type RefObject } from 'react';
import { geometryOf } from '../../viz/creditGeometry';
import { readTerm, rowOfTerm } from '../../viz/neighbourTerm';
import { termTokens } from '../../viz/termTokens';
import { useRun } from '../app/SessionContext';
import { rowOfLine, selectedPlace, type Shown } from '../app/useShown';

export function useGridMarks(grid: RefObject<HTMLElement | null>, shown: Shown): void {
  const selection = useRun((state) => state.selection);
  const pins = useRun((state) => state.pins);
  const term = useRun((state) => state.term);
  const marks = useMemo(() => {
    const { update, group } = shown;
    const { width } = update.sample;
    const place = selectedPlace(shown, selection);
    const span = place === undefined || selection?.until === undefined ? undefined : [Math.min(selection.token, selection.until), Math.max(selection.token, selection.until)] as const;
    const line = rowOfLine(update, term?.line);
    const named = term === null ? undefined : readTerm(term.name);
    const input = line === undefined || named === undefined ? undefined : rowOfTerm(line, named, update.credit?.rows ?? []);
    const sources = place === undefined || line === undefined || input === undefined ? [] : termTokens(line, input, geometryOf(update), place, named);
    const rowOf = new Map(group.map((answer, row) => [answer, row]));
    const isSource = new Set(sources.map(({ answer, token }) => (rowOf.get(answer) ?? group.length) * width + token));
    const isPinned = new Set(pins.map(({ answer, token }) => answer * width + token));
    return {
      span: (row: number, token: number) => span !== undefined && row === selection?.answer && token >= span[0] && token <= span[1],
      pinned: (row: number, token: number) => isPinned.has(row * width + token),
      source: (row: number, token: number) => isSource.has(row * width + token),
    };
  }, [shown, selection, pins, term]);
  useLayoutEffect(() => {
    for (const cell of grid.current?.querySelectorAll<HTMLElement>('[role=gridcell]') ?? []) {
      const [row, token] = [Number(cell.dataset['row']), Number(cell.dataset['token'])];
      for (const [name, isOn] of Object.entries(marks)) mark(cell, name, isOn(row, token));
    }
  });
}

function mark(cell: HTMLElement, name: string, isOn: boolean): void {
  if (isOn) cell.dataset[name] = '';
  else if (name in cell.dataset) delete cell.dataset[name];
}
