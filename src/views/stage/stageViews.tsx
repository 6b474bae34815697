// The views that may stand on the stage, each with its tab. A new one: its id in src/state/stageStore.ts, its line here,
// and a key in src/views/app/commands.ts.

import { lazy, type ComponentType } from 'react';
import type { StageView } from '../../state/stageStore';
import type { PanelContents } from '../app/PanelMenu';
import { useAnswersContents } from '../export/useAnswersContents';
import { useCompareContents } from '../export/useCompareContents';
import { useTableContents } from '../export/useTableContents';
import { useValueContents } from '../export/useValueContents';
import { Answers } from './Answers';

// the first screen does not wait for the others
const TableView = lazy(async () => ({ default: (await import('../table/TableView')).TableView }));
const ValueView = lazy(async () => ({ default: (await import('../value/ValueView')).ValueView }));
const GradientView = lazy(async () => ({ default: (await import('../gradient/GradientView')).GradientView }));
const TimelineView = lazy(async () => ({ default: (await import('../timeline/TimelineView')).TimelineView }));
const CompareView = lazy(async () => ({ default: (await import('../compare/CompareView')).CompareView }));

export interface StageViewEntry {
  readonly label: string;
  readonly hint?: string;
  /** takes the room of the inspector and the curves too */
  readonly isWide: boolean;
  readonly View: ComponentType;
  /** what its menu gives away; without it, the tables that stand in it */
  useContents?(): PanelContents;
}

const VIEWS: Readonly<Record<StageView, StageViewEntry>> = {
  answers: { label: 'Answers', isWide: false, View: Answers, useContents: useAnswersContents },
  table: { label: 'Table', hint: 'Every answer of the update, to sort, filter and search', isWide: false, View: TableView, useContents: useTableContents },
  value: { label: 'Value', hint: 'What the value model expected, what came, and where it was surprised', isWide: false, View: ValueView, useContents: useValueContents },
  gradient: { label: 'Gradient', hint: 'What the loss hangs on, by token and by layer', isWide: false, View: GradientView },
  timeline: { label: 'Time', hint: 'Where the time of an update goes, by phase and worker', isWide: false, View: TimelineView },
  compare: { label: 'Compare methods', hint: 'Several methods on the same answers, and what each token really deserved', isWide: true, View: CompareView, useContents: useCompareContents },
};

export function stageView(view: StageView): StageViewEntry {
  return VIEWS[view];
}
