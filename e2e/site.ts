// What every end-to-end test needs: the built page under a sub-path, in a real Chromium with WebGPU, with everything
// kept that a good page never does (errors, policy violations, requests to another host).

import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { projectRoot } from '../src/cli/install.mjs';
import { launchOptions } from './browser.mjs';
import { serveFolder, type StaticServer } from './staticServer';

export interface Site {
  readonly server: StaticServer;
  readonly browser: Browser;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** console errors and warnings, uncaught exceptions, policy violations, failed requests; in order of appearance */
  readonly complaints: string[];
  /** addresses of other hosts that something asked for; none was let through */
  readonly foreignRequests: string[];
  close(): Promise<void>;
}

export interface VisitOptions {
  /** what follows the site's address, such as `?seed=2` */
  readonly search?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce';
}

/** No name but the server's resolves: what a page could ask past Playwright's routes (a web socket, say) fails too. */
const NO_OTHER_HOST = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost';
/** No navigator.gpu, in workers neither. */
const WITHOUT_WEBGPU = '--disable-blink-features=WebGPU';

/** Serves dist/ (see buildSite.ts) and starts the browser. `base` begins and ends with a slash. */
export async function openSite({ base = '/some/base/', withWebGpu = true } = {}): Promise<Site> {
  const server = await serveFolder(join(projectRoot, 'dist'), base);
  const options = launchOptions();
  const args = [...options.args, NO_OTHER_HOST, ...(withWebGpu ? [] : [WITHOUT_WEBGPU])];
  const browser = await chromium.launch({ ...options, args });
  return {
    server,
    browser,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** A fresh profile, with the page loaded. */
export async function visit(site: Site, { search = '', ...settings }: VisitOptions = {}): Promise<Visit> {
  const context = await site.browser.newContext(settings);
  const complaints: string[] = [];
  const foreignRequests: string[] = [];
  const { host } = new URL(site.server.url);
  await context.route('**/*', async (route) => {
    const address = new URL(route.request().url());
    if (address.host === host || address.protocol === 'data:' || address.protocol === 'blob:') return route.continue();
    foreignRequests.push(address.href);
    return route.abort('blockedbyclient');
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`));
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => complaints.push(`request failed: ${request.url()} ${request.failure()?.errorText ?? ''}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`answer ${response.status()}: ${response.url()}`);
  });
  page.on('websocket', (socket) => foreignRequests.push(socket.url()));
  await page.goto(site.server.url + search);
  return { page, context, complaints, foreignRequests, close: () => context.close() };
}
