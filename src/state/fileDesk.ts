// Files that a person drops on the page, pastes or opens: told apart by their beginning, never by their name, and handed to
// whoever opens such files. Pictures of panels hold a link, run files a run, a tokenizer.json a tokenizer for answers; every other file is
// read as answers made elsewhere.

export const FILE_KINDS = ['png', 'svg', 'run', 'tokenizer', 'answers'] as const;
export type FileKind = (typeof FILE_KINDS)[number];
export type FileOpener = (file: Blob, name: string) => void;

const HEAD_BYTES = 1024;
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Only run files are gzipped here. */
const GZIP_SIGNATURE = [0x1f, 0x8b];
/** Formats of this house begin with their name, or with a header that has it. */
const RUN_BEGINNING = /^\s*\{\s*(?:"header"\s*:\s*\{\s*)?"format"\s*:\s*"creditscope-/;

/** As the library that makes tokenizer.json writes them. */
const TOKENIZER_BEGINNING = /^\s*\{\s*"version"\s*:\s*"[\d.]+"\s*,\s*"truncation"/;

export interface FileDesk {
  /** from now on these files go there; returns the way to stop */
  accept(kind: FileKind, open: FileOpener): () => void;
  open(file: Blob, name: string): Promise<void>;
}

export function createFileDesk(): FileDesk {
  const openers = new Map<FileKind, FileOpener>();
  return {
    accept(kind, open) {
      openers.set(kind, open);
      return () => {
        if (openers.get(kind) === open) openers.delete(kind);
      };
    },
    async open(file, name) {
      openers.get(await kindOfFile(file))?.(file, name);
    },
  };
}

export async function kindOfFile(file: Blob): Promise<FileKind> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  if (PNG_SIGNATURE.every((byte, i) => head[i] === byte)) return 'png';
  if (GZIP_SIGNATURE.every((byte, i) => head[i] === byte)) return 'run';
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, '');
  if (/^\s*</.test(text)) return 'svg';
  if (TOKENIZER_BEGINNING.test(text)) return 'tokenizer';
  return RUN_BEGINNING.test(text) ? 'run' : 'answers';
}
