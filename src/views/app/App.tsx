// The page: setup, stage, inspector, and the curves below them. Designed at 1280 x 800; stacked on a phone.

import { useEffect } from 'react';
import { Curves } from '../curves/Curves';
import { Inspector } from '../inspector/Inspector';
import { SetupPanel } from '../setup/SetupPanel';
import { Stage } from '../stage/Stage';
import { stageView } from '../stage/stageViews';
import { TopBar } from '../transport/TopBar';
import { handleKey } from './commands';
import { useSession, useStage } from './SessionContext';

export function App() {
  const session = useSession();
  const { isWide } = stageView(useStage((state) => state.view));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => handleKey(session, event);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [session]);
  return (
    <div className="page">
      <TopBar />
      <main className={isWide ? 'work isWide' : 'work'}>
        <SetupPanel />
        <Stage />
        {isWide ? null : <Inspector />}
        {isWide ? null : <Curves />}
      </main>
    </div>
  );
}
