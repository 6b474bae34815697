// What stands in place of the top bar where the page is embedded in slides: a small transport and the way to the whole page.

import { writeLinkOf } from '../../state/link/sessionLink';
import { useConfiguration, useLink, useRun, useSession } from '../app/SessionContext';
import { Transport } from './Transport';

export function EmbedBar() {
  const session = useSession();
  const classroom = useLink((state) => state.classroom);
  // the link says where the reader is
  useRun((state) => state);
  useConfiguration((state) => state);
  const hash = writeLinkOf(session, { classroom: { ...classroom, isEmbedded: false } }) ?? '';
  return (
    <header className="topBar isSmall">
      <h1 className="spoken">Creditscope</h1>
      <Transport />
      <a className="openWhole" href={`${location.pathname}${location.search}#${hash}`} target="_blank" rel="noreferrer">Open in Creditscope</a>
    </header>
  );
}
