// The two kinds of model folders that need no other host: the judge that ships with the page, and files that a person opened.

import type { ModelFolder } from '../../formats/onnx/openTransformers';
import { BUILT_IN_FOLDER, JudgeStopped } from '../../lab/judging';
import type { ModelFile } from '../criticMessages';
import { fetchPolicyFile } from '../workerBackend';
import { responseOf } from './fileStore';

/** A model's files with their names, and a text that is another as soon as one of them is. */
export interface NamedFolder extends ModelFolder {
  readonly names: readonly string[];
  readonly identity: string;
}

/** As the exporter makes it; what is not among these is not asked for. */
const SHIPPED = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'];

export const shippedFolder: NamedFolder = {
  names: SHIPPED,
  identity: 'shipped',
  read: async (name) => (SHIPPED.includes(name) ? responseOf(new Blob([await fetchPolicyFile(BUILT_IN_FOLDER, name) as Uint8Array<ArrayBuffer>])) : undefined),
};

/** The folder is the one that holds config.json, wherever it lies in what was opened. */
export function openedFolder(files: readonly ModelFile[]): NamedFolder {
  const configurations = files.map(({ path }) => path).filter((path) => path === 'config.json' || path.endsWith('/config.json')).sort((a, b) => a.length - b.length);
  if (files.length === 0) throw new JudgeStopped('This run’s judge is a model in a folder on this machine: open the folder first.');
  if (configurations[0] === undefined) throw new JudgeStopped('The folder that was opened holds no config.json, so it is no model’s.');
  const root = configurations[0].slice(0, -'config.json'.length);
  const inside = new Map(files.filter(({ path }) => path.startsWith(root)).map(({ path, file }) => [path.slice(root.length), file]));
  return {
    names: [...inside.keys()],
    identity: JSON.stringify([...inside].map(([name, file]) => [name, file.size, file instanceof File ? file.lastModified : 0])),
    read: async (name) => {
      const file = inside.get(name);
      return file && responseOf(file);
    },
  };
}
