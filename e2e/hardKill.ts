// A browser whose every process can be ended at once, as by a power cut, with a profile that stays: started by hand and
// driven over the DevTools protocol, because Playwright's own ends politely.

import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserContext } from 'playwright';
import { argsWithoutWebGpu, launchOptions } from './browser.mjs';

export class KillableBrowser {
  private constructor(private readonly child: ChildProcess, private readonly browser: Browser, readonly context: BrowserContext) {}

  /** `profile`: the folder of its profile. */
  static async start(profile: string, more: readonly string[] = []): Promise<KillableBrowser> {
    // a desk's window: at the browser's own size the page is that of a small screen
    const args = [...argsWithoutWebGpu, '--headless=new', '--window-size=1280,800', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--disable-gpu', ...more, 'about:blank'];
    // a process group of its own
    const child = spawn(launchOptions().executablePath!, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    const address = await addressFrom(child);
    const browser = await chromium.connectOverCDP(address);
    return new KillableBrowser(child, browser, browser.contexts()[0]!);
  }

  /** All its processes, in the middle of whatever they do. */
  async kill(): Promise<void> {
    const gone = this.child.exitCode === null && this.child.signalCode === null ? once(this.child, 'exit') : undefined;
    process.kill(-this.child.pid!, 'SIGKILL');
    await gone;
    await this.browser.close().catch(() => undefined);
  }

  /** Bytes of memory that its processes with pages in them hold by themselves; undefined where the system has no /proc. */
  residentBytes(): number | undefined {
    let pages = 0;
    try {
      for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        try {
          const [, , , group] = statOf(pid);
          if (Number(group) !== this.child.pid || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue;
          const [, resident, shared] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number);
          pages += resident! - shared!;
        } catch {
          // ended while we looked
        }
      }
    } catch {
      return undefined;
    }
    return pages === 0 ? undefined : pages * 4096;
  }
}

/** pid, state, parent, process group: the name before them may hold anything, in brackets. */
function statOf(pid: string): readonly string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return [pid, ...text.slice(text.lastIndexOf(')') + 2).split(' ')];
}

async function addressFrom(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stderr! })) {
    const address = /DevTools listening on (\S+)/.exec(line)?.[1];
    if (address !== undefined) {
      // or its pipe fills up
      child.stderr!.resume();
      return address;
    }
  }
  throw new Error('the browser ended before it could be driven');
}
