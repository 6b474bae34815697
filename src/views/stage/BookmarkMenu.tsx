// The most surprising tokens, of this update or of the whole run, and the reader's own bookmarks: a list, and buttons through it.

import { useId } from 'react';
import { placeHere } from '../../state/bookmarks';
import { isSamePlace, type BookmarkPlace } from '../../state/bookmarkStore';
import { formatSigned } from '../../viz/format';
import { Icon } from '../app/Icon';
import { Menu } from '../app/Menu';
import { useBookmarks, useRun, useSession } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';

export function BookmarkMenu() {
  const { bookmarks } = useSession();
  const { hintOf } = useKeyWords();
  return (
    <div className="bookmarks" role="group" aria-label="Bookmarks">
      <button type="button" className="iconButton" aria-label="Bookmark before" title={hintOf('bookmarkBefore')} onClick={() => bookmarks.go(-1)}><Icon name="left" /></button>
      <Menu label={<><Icon name="bookmark" /><span className="bookmarkWord">Bookmarks</span></>} hint="The most surprising tokens, and your own bookmarks" opensLeft>{() => <BookmarkList />}</Menu>
      <button type="button" className="iconButton" aria-label="Bookmark after" title={hintOf('bookmark')} onClick={() => bookmarks.go(1)}><Icon name="right" /></button>
    </div>
  );
}

function BookmarkList() {
  const session = useSession();
  const { bookmarks } = session;
  const { hintOf } = useKeyWords();
  const name = useId();
  const state = useRun((run) => run);
  const over = useBookmarks((one) => one.over);
  const own = useBookmarks((one) => one[state.source]);
  const here = placeHere(state);
  const surprises = bookmarks.stops().filter(({ surprise }) => surprise !== undefined);
  const isHere = (one: BookmarkPlace): boolean => here !== undefined && isSamePlace(one, here);
  const go = (one: BookmarkPlace) => () => session.showPlace(one);
  return (
    <>
      <fieldset className="bookmarkScope">
        <legend>Surprises</legend>
        {(['update', 'run'] as const).map((one) => (
          <label key={one}><input type="radio" name={name} checked={over === one} onChange={() => bookmarks.store.setState({ over: one })} />{one === 'update' ? 'in this update' : 'in the whole run'}</label>
        ))}
      </fieldset>
      <ul className="bookmarkList" aria-label="Surprises">
        {surprises.length === 0 ? <li className="muted">None: no credit is given here.</li> : surprises.map((one) => (
          <li key={`${one.surprise!.kind} ${wordsOf(one)}`}>
            <button type="button" aria-pressed={isHere(one)} onClick={go(one)}>
              <b>Surprising {one.surprise!.kind}</b> {formatSigned(one.surprise!.advantage)} <span className="muted">{wordsOf(one)}</span>
            </button>
          </li>
        ))}
      </ul>
      <h3>Your bookmarks</h3>
      <ul className="bookmarkList" aria-label="Your bookmarks">
        {own.length === 0 ? <li className="muted">None yet.</li> : own.map((one) => (
          <li key={wordsOf(one)}>
            <button type="button" aria-pressed={isHere(one)} onClick={go(one)}>{capital(wordsOf(one))}</button>
            <button type="button" className="link" aria-label={`Remove bookmark at ${wordsOf(one)}`} onClick={() => bookmarks.remove(one)}>Remove</button>
          </li>
        ))}
      </ul>
      <button type="button" disabled={here === undefined || own.some(isHere)} title={hintOf('keepBookmark')} onClick={() => bookmarks.toggle()}>Bookmark the selected token</button>
    </>
  );
}

function wordsOf({ update, problem, answer, token }: BookmarkPlace): string {
  return `update ${update}, problem ${problem + 1}, answer ${answer + 1}, token ${token + 1}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
