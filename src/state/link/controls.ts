// Every part of the page that a teacher can lock or hide, by the name it has in a link. Settings of a run are locked and
// hidden by the keys that they have in a link anyway (keys.ts).

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
  control('Top bar', 'answers', 'Real answers'),
  control('Top bar', 'share', 'Share and open'),
  control('Training', 'play', 'Play'),
  control('Training', 'back', 'Back'),
  control('Training', 'nextPhase', 'Next phase'),
  control('Training', 'nextUpdate', 'Next update'),
  control('Training', 'reset', 'Reset'),
  control('Stage', 'views', 'Views on the stage'),
  control('Stage', 'runs', 'Kept runs'),
  control('Stage', 'phases', 'Phases'),
  control('Stage', 'problem', 'Problem'),
  control('Stage', 'channel', 'Channel and scale'),
  control('Stage', 'slider', 'Slider over updates'),
  control('Setup', 'preset', 'Preset'),
  control('Setup', 'method', 'Method'),
  control('Setup', 'parameters', 'Parameters of the method'),
  control('Setup', 'seed', 'Seed'),
  control('Setup', 'judge', 'Judge'),
  control('Setup', 'advanced', 'Task, loss and optimiser'),
  panel('setup', 'Setup'),
  panel('inspector', 'Token'),
  panel('curves', 'Run and its curves'),
  panel('critique', 'Critiques'),
] as const satisfies readonly ControlEntry[];

export type ControlId = (typeof CONTROLS)[number]['id'];

export function findControl(id: string): (ControlEntry & { readonly id: ControlId }) | undefined {
  return CONTROLS.find((one) => one.id === id);
}
