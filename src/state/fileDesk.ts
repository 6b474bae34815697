// Files that a person drops on the page, pastes or opens: told apart by their beginning, never by their name, and handed to
// whoever opens such files. Pictures of panels hold a link, run files a run, a tokenizer.json a tokenizer for answers; every other file is
// read as answers made elsewhere.

export type FileKind = 'png' | 'svg' | 'run' | 'tokenizer' | 'answers';
/** A rejection says, as the end of a sentence, why the file cannot be opened. */
export type FileOpener = (file: Blob, name: string) => void | Promise<void>;

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
  /** never rejects */
  open(file: Blob, name: string): Promise<void>;
}

/** `refuse`: hears of a file that cannot be opened, and why. */
export function createFileDesk(refuse: (name: string, error: unknown) => void): FileDesk {
  const openers = new Map<FileKind, FileOpener>();
  return {
    accept(kind, open) {
      openers.set(kind, open);
      return () => {
        if (openers.get(kind) === open) openers.delete(kind);
      };
    },
    async open(file, name) {
      try {
        await openers.get(await kindOfFile(file))?.(file, name);
      } catch (error) {
        refuse(name, error);
      }
    },
  };
}

export async function kindOfFile(file: Blob): Promise<FileKind> {
  const head = await file.slice(0, HEAD_BYTES).arrayBuffer().then((bytes) => new Uint8Array(bytes), (error: unknown) => {
    // a dropped folder comes as a file
    throw new Error('it is a folder, or the browser may not read it', { cause: error });
  });
  if (PNG_SIGNATURE.every((byte, i) => head[i] === byte)) return 'png';
  if (GZIP_SIGNATURE.every((byte, i) => head[i] === byte)) return 'run';
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, '');
  if (/^\s*</.test(text)) return 'svg';
  if (TOKENIZER_BEGINNING.test(text)) return 'tokenizer';
  return RUN_BEGINNING.test(text) ? 'run' : 'answers';
}
