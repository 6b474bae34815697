// The opening above the answers, with its buttons at work.

import { useStore } from 'zustand';
import { LESSONS } from '../../lessons';
import { useSession } from '../app/SessionContext';
import { Opening } from './Opening';

export function OpeningPanel() {
  const session = useSession();
  const isOpen = useStore(session.opening, (state) => state.isOpen);
  if (!isOpen) return null;
  const close = (): void => session.opening.setState({ isOpen: false });
  const actions = {
    onPlay: () => {
      close();
      session.togglePlay();
    },
    onStep: () => {
      close();
      session.show(session.run.getState().position, 'sample');
    },
    onLesson: () => {
      close();
      void session.lessons.open(LESSONS[0]!.id);
    },
    onClose: close,
  };
  return <Opening actions={actions} />;
}
