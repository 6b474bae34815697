// A model's folder on this machine: chosen or dropped. The page keeps names and sizes; the bytes are read by the critics' worker.

import { useState, type DragEvent } from 'react';
import type { ModelFile } from '../../workers/criticMessages';
import { formatBytes } from '../../viz/format';
import { useSession } from '../app/SessionContext';
import { useJudge } from '../critique/useJudge';
import { TAKES_FILES } from '../share/takesFiles';
import { droppedFiles } from './droppedFiles';
import { useIds } from './SettingFields';

export function ModelFolder() {
  const { judge } = useSession();
  const folder = useJudge((state) => state.folder);
  const idOf = useIds();
  const [isOver, setIsOver] = useState(false);
  const [failure, setFailure] = useState('');
  const open = (files: readonly ModelFile[]): void => {
    setFailure('');
    if (files.length > 0) judge.openFolder({ name: files[0]!.path.split('/')[0]!, files });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    void droppedFiles(event.dataTransfer).then(open, (error: unknown) => setFailure(`What was dropped cannot be read: ${error instanceof Error ? error.message : String(error)}`));
  };
  return (
    <div className={isOver ? 'modelFolder isOver' : 'modelFolder'} {...TAKES_FILES} onDragOver={(event) => { event.preventDefault(); setIsOver(true); }} onDragLeave={() => setIsOver(false)} onDrop={drop}>
      <p className="fieldNote">A folder as transformers.js opens it: config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx (or model_q4.onnx and such). Its files stay on this machine; a reload forgets them.</p>
      <label htmlFor={idOf('judgeFolder')}>Open or drop a folder</label>
      <input
        id={idOf('judgeFolder')} type="file" multiple
        // React has no property for it
        ref={(input) => input?.setAttribute('webkitdirectory', '')}
        onChange={(event) => open(Array.from(event.target.files ?? [], (file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file })))}
      />
      {failure === '' ? null : <p role="alert" className="fieldError">{failure}</p>}
      {folder === null ? null : <p className="fieldNote" role="status">{folder.name}: {folder.files.length} files, {formatBytes(folder.files.reduce((sum, { file }) => sum + file.size, 0))}.</p>}
    </div>
  );
}
