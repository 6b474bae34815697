// Ctrl-C and SIGTERM as a wish to stop at the next good moment. One gesture may arrive several times (the terminal signals
// a whole process group, npm and the launcher pass signals on); a second gesture ends the process at once.

const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;
const ONE_GESTURE_MS = 1000;

export class Interruption {
  private exitCodeOrNone: number | undefined;
  private readonly listeners = new Map<keyof typeof SIGNALS, () => void>();

  /** `onFirst` is called once, when the process is first asked to stop. */
  constructor(onFirst: (signal: string) => void) {
    let firstMs = 0;
    for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) {
      const listener = () => {
        const exitCode = 128 + SIGNALS[signal];
        if (this.exitCodeOrNone === undefined) {
          this.exitCodeOrNone = exitCode;
          firstMs = performance.now();
          onFirst(signal);
        } else if (performance.now() - firstMs > ONE_GESTURE_MS) process.exit(exitCode);
      };
      this.listeners.set(signal, listener);
      process.on(signal, listener);
    }
  }

  /** What the process should end with; undefined while nobody has asked it to stop. */
  get exitCode(): number | undefined {
    return this.exitCodeOrNone;
  }

  release(): void {
    for (const [signal, listener] of this.listeners) process.off(signal, listener);
  }
}

/** Signals are told between turns of the event loop, and work on the processor alone never ends its turn. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
