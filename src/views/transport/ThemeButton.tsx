// As the system asks, light, dark: one button through the three.

import { useStore } from 'zustand';
import { findCommand } from '../app/commands';
import { Icon } from '../app/Icon';
import { useSession } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';

const WORDS = { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' } as const;

export function ThemeButton() {
  const session = useSession();
  const { hintOf } = useKeyWords();
  const choice = useStore(session.theme, (state) => state.choice);
  return (
    <button type="button" className="iconButton quiet" title={hintOf('theme', WORDS[choice])} onClick={() => findCommand('theme').perform(session)}>
      <Icon name={`${choice}Theme`} /><span className="spoken">{WORDS[choice]}</span>
    </button>
  );
}
