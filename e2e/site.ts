// What every end-to-end test needs: the built page under a sub-path, in a real Chromium with WebGPU, with everything
// kept that a good page never does (errors, policy violations, requests to another host).

import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { projectRoot } from '../src/cli/install.mjs';
import { argsWithoutWebGpu, launchOptions } from './browser.mjs';
import { serveFolder, type StaticServer } from './staticServer';

export interface Site {
  readonly server: StaticServer;
  readonly browser: Browser;
  /** the page's address as the browser is to ask for it */
  readonly url: string;
  close(): Promise<void>;
}

/** What of a site is needed to visit it. */
export type SiteInBrowser = Pick<Site, 'browser' | 'url'>;

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
  /** and what follows that, such as `#v=1&p=small` */
  readonly hash?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce';
  /** kept out, but where a test is about it: what it answers, no test could replace */
  readonly serviceWorkers?: 'allow' | 'block';
  /** what stands there before the page loads: answers of its own to some requests, scripts that listen */
  readonly before?: (context: BrowserContext) => Promise<unknown>;
}

/**
 * What the page finds: `adapter` as in a good browser, and the page's address asks for WebGPU, because here that adapter
 * may be a software one, which the page would leave for the processor; `any-adapter`, the same unasked; `no-adapter`, navigator.gpu that offers none; `absent`, no
 * navigator.gpu, as on any page that is neither https nor localhost. In workers just so.
 */
export type WebGpu = 'adapter' | 'any-adapter' | 'no-adapter' | 'absent';

/** A name whose page is no secure context. */
const INSECURE_HOST = 'creditscope.test';
/** No other name resolves: what a page could ask past Playwright's routes (a web socket, say) fails too. */
const NO_OTHER_HOST = `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost`;

export interface SiteOptions {
  /** begins and ends with a slash */
  readonly base?: string;
  readonly webGpu?: WebGpu;
  /** memory may be shared with threads */
  readonly isIsolated?: boolean;
  /**
   * The page is put together on the adapter that trains too, as in most people's browsers. On a software adapter that takes half as much
   * processor again, so only tests of how smoothly the page is drawn ask for it.
   */
  readonly isDrawnByGpu?: boolean;
}

/** Serves dist/ (see buildSite.ts) and starts the browser. */
export async function openSite({ base = '/some/base/', webGpu = 'adapter', isIsolated = false, isDrawnByGpu = false }: SiteOptions = {}): Promise<Site> {
  const server = await serveFolder(join(projectRoot, 'dist'), base, isIsolated);
  const options = launchOptions();
  const args = [...(webGpu === 'no-adapter' ? argsWithoutWebGpu : options.args), ...(isDrawnByGpu ? [] : ['--disable-gpu-compositing']), NO_OTHER_HOST];
  const browser = await chromium.launch({ ...options, args });
  return {
    server,
    browser,
    url: addressOf(server.url, webGpu),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** A site that the tests of a file, or of a `describe`, share. */
export interface SharedSite extends Omit<Site, 'close'> {
  /** the page that the test at hand is about, put here by it; whatever pages a test opened are closed after it */
  visited: Visit;
}

/** Opens a site before the tests among which it is called, and closes it after them. Nothing of it is there before. */
export function sharedSite(options: SiteOptions = {}): SharedSite {
  let opened: Site | undefined;
  let visited: Visit | undefined;
  beforeAll(async () => { opened = await openSite(options); });
  afterEach(async () => {
    visited = undefined;
    for (const context of opened?.browser.contexts() ?? []) await context.close();
  });
  afterAll(() => opened?.close());
  const there = <Thing>(thing: Thing | undefined): Thing => {
    if (thing === undefined) throw new Error('The test uses a site or a page before it has opened it.');
    return thing;
  };
  return {
    get server() { return there(opened).server; },
    get browser() { return there(opened).browser; },
    get url() { return there(opened).url; },
    get visited() { return there(visited); },
    set visited(visit) { visited = visit; },
  };
}

function addressOf(url: string, webGpu: WebGpu): string {
  if (webGpu === 'adapter') return `${url}?executor=webgpu`;
  return webGpu === 'absent' ? url.replace('localhost', INSECURE_HOST) : url;
}

/** A fresh profile, with the page loaded. */
export async function visit(site: SiteInBrowser, { search = '', hash = '', serviceWorkers = 'block', before, ...settings }: VisitOptions = {}): Promise<Visit> {
  const context = await site.browser.newContext(settings);
  const complaints: string[] = [];
  const foreignRequests: string[] = [];
  const { host } = new URL(site.url);
  await context.route('**/*', async (route) => {
    const address = new URL(route.request().url());
    if (address.host === host || address.protocol === 'data:' || address.protocol === 'blob:') return route.continue();
    foreignRequests.push(address.href);
    return route.abort('blockedbyclient');
  });
  // Playwright's own way to block them writes a warning into the page
  if (serviceWorkers === 'block') await context.addInitScript(() => { delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker; });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await before?.(context);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // what the page itself breaks off, or a reload breaks off for it, is no fault
    if (reason !== 'net::ERR_ABORTED') complaints.push(`request failed: ${request.url()} ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`answer ${response.status()}: ${response.url()}`);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== host) foreignRequests.push(socket.url());
  });
  const address = new URL(site.url);
  for (const [name, value] of new URLSearchParams(search)) address.searchParams.set(name, value);
  if (hash !== '') address.hash = hash;
  await page.goto(address.href);
  return { page, context, complaints, foreignRequests, close: () => context.close() };
}

/** The page with this run file in place of its recorded one, for somebody who has hidden the first question. */
export function visitRun(site: SiteInBrowser, run: string, { before, ...options }: VisitOptions = {}): Promise<Visit> {
  return visit(site, {
    ...options,
    before: async (context) => {
      await context.route('**/runs/default.json', (route) => route.fulfill({ contentType: 'application/json', body: run }));
      await context.addInitScript(() => { if (location.protocol !== 'about:') localStorage.setItem('creditscope.opening', 'hidden'); });
      await before?.(context);
    },
  });
}
