// The views that may stand on the stage, each with its tab. A new one: its id in src/state/stageStore.ts, its line here,
// and a key in src/views/app/commands.ts.

import type { ComponentType } from 'react';
import type { StageView } from '../../state/stageStore';
import { findCommand } from '../app/commands';
import { CompareView } from '../compare/CompareView';
import { TableView } from '../table/TableView';
import { Answers } from './Answers';

export interface StageViewEntry {
  readonly label: string;
  readonly hint?: string;
  /** takes the room of the inspector and the curves too */
  readonly isWide: boolean;
  readonly View: ComponentType;
}

const VIEWS: Readonly<Record<StageView, StageViewEntry>> = {
  answers: { label: 'Answers', isWide: false, View: Answers },
  table: { label: 'Table', hint: `Every answer of the update, to sort, filter and search (${findCommand('table').keys.join(', ')})`, isWide: false, View: TableView },
  compare: { label: 'Compare methods', hint: `Several methods on the same answers, and what each token really deserved (${findCommand('compare').keys.join(', ')})`, isWide: true, View: CompareView },
};

export function stageView(view: StageView): StageViewEntry {
  return VIEWS[view];
}
