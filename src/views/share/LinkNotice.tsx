// What has to be said of the link that the page was opened with: what of it was not used, and that its run is not here yet.

import { Control } from '../app/Control';
import { useLink, useSession } from '../app/SessionContext';

const LISTED = 8;

export function LinkNotice() {
  const session = useSession();
  const ignored = useLink((state) => state.ignored);
  const text = useLink((state) => state.text);
  const waiting = useLink((state) => state.waiting);
  const train = (): void => {
    session.link.setState({ waiting: null });
    // a run that is open goes on with another recipe only from its start
    if (session.run.getState().live === null) session.togglePlay();
    else session.restart();
  };
  return (
    <>
      {waiting === null ? null : (
        <p className="notice" role="status">
          {waiting}{' '}
          {session.canTrain() ? <Control id="play"><button type="button" onClick={train}>Play the link’s recipe</button></Control> : null}
          <button type="button" className="link" onClick={() => session.link.setState({ waiting: null })}>Dismiss</button>
        </p>
      )}
      {ignored.length === 0 ? null : (
        <div className="notice" role="status">
          <p>Not all of the link was used:</p>
          <ul className="ignoredList">
            {ignored.slice(0, LISTED).map((sentence, i) => <li key={i}>{sentence}</li>)}
            {ignored.length > LISTED ? <li>And {ignored.length - LISTED} more.</li> : null}
          </ul>
          {text === '' ? null : <details><summary>The link as it came</summary><code className="linkText">{text}</code></details>}
          <button type="button" className="link" onClick={() => session.link.setState({ ignored: [] })}>Dismiss</button>
        </div>
      )}
    </>
  );
}
