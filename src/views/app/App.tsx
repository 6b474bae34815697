// The page: setup, stage, inspector, and the curves below them. Designed at 1280 x 800; stacked on a phone.

import { useEffect } from 'react';
import { useCompare } from '../compare/useCompare';
import { Curves } from '../curves/Curves';
import { Inspector } from '../inspector/Inspector';
import { SetupPanel } from '../setup/SetupPanel';
import { Stage } from '../stage/Stage';
import { TopBar } from '../transport/TopBar';
import { handleKey } from './commands';
import { useSession } from './SessionContext';

export function App() {
  const session = useSession();
  const isComparing = useCompare((state) => state.isOpen);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => handleKey(session, event);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [session]);
  return (
    <div className="page">
      <TopBar />
      <main className={isComparing ? 'work isComparing' : 'work'}>
        <SetupPanel />
        <Stage />
        {isComparing ? null : <Inspector />}
        {isComparing ? null : <Curves />}
      </main>
    </div>
  );
}
