// Every part of the page that a teacher can lock or hide, by the name it has in a link. Settings of a run go by the keys that they
// have in a link anyway (keys.ts).

import { NAMED_SETTINGS, settingKey } from './keys';

export interface ControlEntry {
  readonly id: string;
  readonly label: string;
  readonly group: 'Top bar' | 'Training' | 'Stage' | 'Setup' | 'Panels';
  /** a panel is read, not operated: it can only be shown or hidden */
  readonly canLock: boolean;
}

const control = (group: ControlEntry['group'], id: string, label: string): ControlEntry => ({ id, label, group, canLock: true });
const panel = (id: string, label: string): ControlEntry => ({ id, label, group: 'Panels', canLock: false });

export const CONTROLS = [
  control('Top bar', 'source', 'Recorded or live'),
  control('Top bar', 'lessons', 'Lessons'),
  control('Top bar', 'realAnswers', 'Real answers'),
  control('Top bar', 'share', 'Share'),
  control('Top bar', 'files', 'Run files'),
  control('Training', 'play', 'Play'),
  control('Training', 'back', 'Back'),
  control('Training', 'nextPhase', 'Next phase'),
  control('Training', 'nextUpdate', 'Next update'),
  control('Training', 'stepMenu', 'Menu of steps'),
  control('Training', 'reset', 'Reset'),
  control('Stage', 'views', 'Views on the stage'),
  control('Stage', 'runs', 'Kept runs'),
  control('Stage', 'phases', 'Phases'),
  control('Stage', 'problem', 'Problem'),
  control('Stage', 'channel', 'Channel and scale'),
  control('Stage', 'bookmarks', 'Bookmarks'),
  control('Stage', 'whatIf', 'What if'),
  control('Stage', 'slider', 'Slider over updates'),
  control('Setup', 'preset', 'Preset'),
  control('Setup', 'method', 'Method'),
  control('Setup', 'parameters', 'Parameters of the method'),
  control('Setup', 'advanced', 'Task, loss and optimiser, all of it'),
  panel('setup', 'Setup'),
  panel('inspector', 'Token'),
  panel('curves', 'Run and its curves'),
  panel('minimap', 'Minimap'),
  panel('critique', 'Critiques'),
] as const satisfies readonly ControlEntry[];

/** A part of the page, or the key of a setting. */
export type ControlId = string;

/** Settings one by one: the label that people read is the catalogue's. */
export const SETTING_CONTROLS: readonly ControlEntry[] = NAMED_SETTINGS.map((path) => ({ id: settingKey(path), label: path, group: 'Setup', canLock: true }));
export const ALL_CONTROLS: readonly ControlEntry[] = [...CONTROLS, ...SETTING_CONTROLS];

export function findControl(id: string): ControlEntry | undefined {
  return ALL_CONTROLS.find((one) => one.id === id);
}
