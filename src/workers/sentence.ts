// What went wrong, as a sentence for a person: errors of this house have one, and whatever else is thrown is told as it is.

export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
