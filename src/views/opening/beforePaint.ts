// A script of one line that the build writes into the page's head: it runs before anything is painted, and takes the opening out of the
// first paint where the page will not show it, by the rules of src/state/openingStore.ts, and paints the theme that a person chose. The
// page's policy allows it by its hash.

import { HIDDEN, OPEN, OPENING_KEY } from '../../state/openingStore';
import { THEME_KEY } from '../../state/themeStore';

/** On the page itself; see opening.css. */
const CLASS = 'noOpening';

export function beforePaint(): string {
  const [key, hidden, open] = [OPENING_KEY, HIDDEN, OPEN].map((text) => JSON.stringify(text));
  return '{const root=document.documentElement,read=(key)=>{try{return localStorage.getItem(key)}catch{return null}},'
    + `theme=read(${JSON.stringify(THEME_KEY)});if(theme==="light"||theme==="dark")root.dataset.theme=theme;`
    + `if(read(${key})===${hidden}||location.hash.length>1&&history.state?.[${key}]!==${open})root.classList.add(${JSON.stringify(CLASS)})}`;
}
