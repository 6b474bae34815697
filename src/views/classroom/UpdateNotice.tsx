// A new version of the page is there. It takes over when it is asked to, or when no page of the old one is open any more.

import { useOffline, useOfflineDesk } from '../app/OfflineContext';

export function UpdateNotice() {
  const desk = useOfflineDesk();
  const update = useOffline((all) => all.update);
  if (update === 'none') return null;
  return (
    <p className="notice" role="status">
      A new version of this page is ready. {update === 'ready'
        ? <button type="button" onClick={desk.takeOver}>Load it now</button>
        : 'Another tab still works with the old one: close that tab, then load it here.'}
      {update === 'others' ? <button type="button" onClick={desk.takeOver}>Try again</button> : null}
    </p>
  );
}
