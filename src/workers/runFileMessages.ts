// What the page and the worker of run files say to each other. One worker reads or writes one file and is ended; ending it
// earlier is how to stop it.

import type { RunFileHead } from '../formats/runFileWriter';
import type { UpdateRecord } from '../lab/record';

export type RunFileRequest =
  /** `read` follows, with `updates` and `reading` before it */
  | { readonly kind: 'read'; readonly file: Blob }
  /** each of these is answered by `ready`, the last by `written` */
  | { readonly kind: 'head'; readonly head: RunFileHead }
  | { readonly kind: 'update'; readonly record: UpdateRecord }
  | { readonly kind: 'end'; readonly state?: Uint8Array<ArrayBuffer> };

export type RunFileReply =
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  /** in order; nothing counts before `read` */
  | { readonly kind: 'updates'; readonly records: readonly UpdateRecord[] }
  | { readonly kind: 'read'; readonly head: RunFileHead; readonly state?: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'ready' }
  | { readonly kind: 'written'; readonly file: Blob }
  /** a sentence for a person */
  | { readonly kind: 'failed'; readonly message: string };
