// Keys obey a teacher's link as buttons do: a command whose control is locked or hidden does nothing.

import { stateOfControl } from '../../state/link/linkStore';
import { STAGE_VIEWS } from '../../state/stageStore';
import type { Session } from '../../state/session';

/** Commands whose control has another name than they have. */
const CONTROL_OF: Readonly<Record<string, string>> = {
  previousChannel: 'channel', nextChannel: 'channel', bookmark: 'bookmarks', bookmarkBefore: 'bookmarks', keepBookmark: 'bookmarks', exportRun: 'files', importRun: 'files', goBack: 'reset',
  ...Object.fromEntries(STAGE_VIEWS.map((view) => [view, 'views'])),
};

export function isShut({ link }: Pick<Session, 'link'>, command: string): boolean {
  const control = Object.hasOwn(CONTROL_OF, command) ? CONTROL_OF[command]! : command;
  return stateOfControl(link.getState(), control) !== 'show';
}
