// Opens the page: a session around the training worker, the recorded run, React.

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followAddress, windowAddress } from './state/link/address';
import { rememberKeys } from './state/keyStore';
import { createOfflineDesk } from './state/offline';
import { openSession } from './state/openSession';
import { welcome } from './state/openingStore';
import { showRecordedRun } from './state/recordedRun';
import { rememberTheme } from './state/themeStore';
import { rememberFold } from './state/setupPanel';
import { App } from './views/app/App';
import { OfflineContext } from './views/app/OfflineContext';
import { SessionContext } from './views/app/SessionContext';
import './views/styles/theme.css';
import './views/styles/layout.css';
import './views/styles/controls.css';
import './views/styles/share.css';
import './views/styles/opening.css';
import './views/styles/stage.css';
import './views/styles/inspector.css';
import './views/styles/curves.css';
import './views/styles/critique.css';
import './views/styles/compare.css';
import './views/styles/realAnswers.css';
import './views/styles/files.css';
import './views/styles/table.css';
import './views/styles/minimap.css';
import './views/styles/gradient.css';
import './views/styles/value.css';
import './views/styles/timeline.css';
import './views/styles/stepping.css';
import './views/styles/lessons.css';
import './views/styles/classroom.css';
import './views/styles/setup.css';
import './views/styles/sheets.css';
import './views/styles/maximised.css';

const session = openSession();
welcome(session.opening, { storage: browserStorage(), history, hash: location.hash });
session.lessons.remember(browserStorage());
rememberKeys(session.keys, browserStorage());
rememberTheme(session.theme, document.documentElement, browserStorage());
rememberFold(session.setupPanel, browserStorage());
followAddress(session, windowAddress());
const offline = createOfflineDesk(import.meta.env.DEV ? null : './sw.js', import.meta.url);
void showRecordedRun(session, './runs/default.json');

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <SessionContext value={session}>
      <OfflineContext value={offline}>
        <App />
      </OfflineContext>
    </SessionContext>
  </StrictMode>,
);

/** Null where the browser refuses it: its mere name throws there. */
function browserStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
