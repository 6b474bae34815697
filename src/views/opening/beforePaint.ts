// A script of one line that the build writes into the page's head: it runs before anything is painted, and takes the opening out of the
// first paint where the page will not show it, by the rules of src/state/openingStore.ts. The page's policy allows it by its hash.

import { HIDDEN, OPEN, OPENING_KEY } from '../../state/openingStore';

/** On the page itself; see opening.css. */
const CLASS = 'noOpening';

export function beforePaint(): string {
  const [key, hidden, open] = [OPENING_KEY, HIDDEN, OPEN].map((text) => JSON.stringify(text));
  return `{let kept=null;try{kept=localStorage.getItem(${key})}catch{}`
    + `if(kept===${hidden}||location.hash.length>1&&history.state?.[${key}]!==${open})document.documentElement.classList.add(${JSON.stringify(CLASS)})}`;
}
