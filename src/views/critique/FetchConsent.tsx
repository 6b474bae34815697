// Before a model is fetched from another host: first whether that host may be asked which files it has, then, with their
// sizes, whether they may be fetched.

import { useEffect, useRef } from 'react';
import type { ComingFiles } from '../../lab/judging';
import { formatBytes } from '../../viz/format';

interface FetchConsentProps {
  readonly asks: ComingFiles;
  /** what is wanted of the model: the judge is it, a tokenizer is of it */
  readonly what: string;
  onAllow(): void;
  onRefuse(): void;
}

export function FetchConsent({ asks: { host, model, files }, what, onAllow, onRefuse }: FetchConsentProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const size = files === null ? '' : formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0));
  return (
    <dialog ref={dialog} className="keyHelp consent" aria-labelledby="fetchTitle" onCancel={onRefuse}>
      <h2 id="fetchTitle">{files === null ? `Ask ${host} for ${model}?` : `Fetch ${size} from ${host}?`}</h2>
      {files === null ? (
        <p>{what} <strong>{model}</strong>, which is not on this machine. {host} would be asked which files it has and how large they are: a few kilobytes, and nothing of your run is sent. Nothing has been asked yet.</p>
      ) : (
        <>
          <p><strong>{model}</strong> comes from {host} and its file servers (hf.co). The browser keeps it, so it is fetched once. Nothing of your run is sent there.</p>
          <table className="numbers">
            <thead><tr><th scope="col">File</th><th scope="col">Size</th></tr></thead>
            <tbody>{files.map(({ name, bytes }) => <tr key={name}><th scope="row">{name}</th><td>{formatBytes(bytes)}</td></tr>)}</tbody>
          </table>
        </>
      )}
      <div className="consentButtons">
        <button type="button" onClick={onRefuse}>{files === null ? 'Ask nothing' : 'Fetch nothing'}</button>
        <button type="button" className="primary" onClick={onAllow}>{files === null ? `Ask ${host}` : `Fetch ${size}`}</button>
      </div>
    </dialog>
  );
}
