// While a file is dragged over the page: what may be dropped here.

import { useEffect, useState } from 'react';
import { isTakenElsewhere } from '../share/takesFiles';

export function DropHint() {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener('dragover', (event) => { if (event.dataTransfer?.types.includes('Files') === true) setIsOver(!isTakenElsewhere(event.target)); }, { signal });
    // to nowhere: out of the window
    document.addEventListener('dragleave', (event) => { if (event.relatedTarget === null) setIsOver(false); }, { signal });
    for (const end of ['drop', 'dragend'] as const) document.addEventListener(end, () => setIsOver(false), { signal });
    return () => listening.abort();
  }, []);
  if (!isOver) return null;
  return <div className="dropHint" role="status"><p>Drop a run file, a picture of a panel, or a file of answers</p></div>;
}
