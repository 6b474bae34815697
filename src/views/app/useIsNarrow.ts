// A phone held upright: what is set once folds into a menu there, so that the answers begin on the first screen. The styles ask the same.

import { useMedia } from './useMedia';

export function useIsNarrow(): boolean {
  return useMedia('(max-width: 519px)');
}
