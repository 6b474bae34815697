// A bar on stderr, on a terminal only.

const WIDTH = 30;

export class ProgressBar {
  private readonly isShown: boolean;

  constructor(private readonly total: number, private readonly stream: NodeJS.WriteStream = process.stderr) {
    this.isShown = stream.isTTY;
  }

  show(done: number, note = ''): void {
    if (!this.isShown) return;
    const filled = this.total === 0 ? WIDTH : Math.round((WIDTH * done) / this.total);
    const line = `[${'█'.repeat(filled)}${'·'.repeat(WIDTH - filled)}] ${done}/${this.total} ${note}`;
    this.stream.write(`\r${line.slice(0, Math.max(10, this.stream.columns - 1))}\x1b[K`);
  }

  /** Wipes the bar, so that a sentence can be printed. */
  clear(): void {
    if (this.isShown) this.stream.write('\r\x1b[K');
  }
}
