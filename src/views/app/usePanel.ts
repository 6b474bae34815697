// Marks a part of the page that phases concern, and lights it while the reader goes phase by phase.

import { PHASE_VIEWS, type PanelName } from '../../viz/phases';
import { useRun } from './SessionContext';

export function usePanel(name: PanelName, className: string): { readonly 'data-panel': PanelName; readonly className: string } {
  const isLit = useRun((state) => state.isByPhase && PHASE_VIEWS[state.phase].lights.includes(name));
  return { 'data-panel': name, className: isLit ? `${className} isLit` : className };
}
