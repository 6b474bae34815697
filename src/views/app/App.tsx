// The page: setup, stage, inspector, and the curves below them. Designed at 1280 x 800; on a phone stacked, setup and inspector as sheets.

import { useEffect } from 'react';
import { createHiddenTab } from '../../state/hiddenTab';
import { Curves } from '../curves/Curves';
import { Inspector } from '../inspector/Inspector';
import { LessonRail } from '../lessons/LessonRail';
import { DropHint } from '../files/DropHint';
import { SetupPanel } from '../setup/SetupPanel';
import { Stage } from '../stage/Stage';
import { stageView } from '../stage/stageViews';
import { useFileDrop } from '../share/useFileDrop';
import { CommandList } from '../transport/CommandList';
import { TopBar } from '../transport/TopBar';
import { EmbedBar } from '../transport/EmbedBar';
import { Control } from './Control';
import { handleKey } from './commands';
import { useLink, useSession, useStage } from './SessionContext';

export function App() {
  const session = useSession();
  const { isWide } = stageView(useStage((state) => state.view));
  const { isPresenting, isEmbedded } = useLink((state) => state.classroom);
  useFileDrop(session);
  useEffect(() => {
    const tab = createHiddenTab(session.run, session.training);
    const onChange = (): void => { if (document.hidden) tab.hide(); else tab.show(); };
    document.addEventListener('visibilitychange', onChange);
    return () => {
      document.removeEventListener('visibilitychange', onChange);
      tab.dispose();
    };
  }, [session]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => handleKey(session, event);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [session]);
  return (
    <div className={isPresenting ? 'page isPresenting' : 'page'}>
      <DropHint />
      <CommandList />
      {isEmbedded ? <EmbedBar /> : <TopBar />}
      <main className={isWide ? 'work isWide' : 'work'}>
        <LessonRail />
        {isPresenting ? null : <Control id="setup"><SetupPanel /></Control>}
        <Stage />
        {isWide ? null : <Control id="inspector"><Inspector /></Control>}
        {isWide ? null : <Control id="curves"><Curves /></Control>}
      </main>
    </div>
  );
}
