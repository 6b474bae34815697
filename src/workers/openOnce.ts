// Opens something when it is first asked for, and keeps it. What failed, by a network that was away for a moment, say, is opened anew for
// whoever asks next.

export function openOnce<Thing>(open: () => Promise<Thing>): () => Promise<Thing> {
  let opened: Promise<Thing> | undefined;
  return () => (opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  }));
}
