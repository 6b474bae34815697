// Where setup and inspector are sheets at the lower edge instead of columns beside the stage. The styles (sheets.css) ask the same.

import { useMedia } from './useMedia';

const SHEETS = '(max-width: 859px)';

export function hasSheets(): boolean {
  return matchMedia(SHEETS).matches;
}

export function useHasSheets(): boolean {
  return useMedia(SHEETS);
}
