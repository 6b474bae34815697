// A command was called wrongly: the message is shown, nothing is written, and the exit code is 2.

export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
