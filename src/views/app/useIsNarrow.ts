// A phone held upright: what is set once folds into a menu there, so that the answers begin on the first screen. The styles ask the same.

import { useSyncExternalStore } from 'react';

const NARROW = '(max-width: 519px)';

export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches, () => false);
}

function subscribe(onChange: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
