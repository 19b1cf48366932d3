import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { openPage, type WatchedPage } from './browser.ts';

/** Somebody's website: pages on an origin of their own, at another site than the chat server's `localhost`. */
export interface HostSite {
  readonly url: string;
  /** Puts a page at a path and returns its address. */
  put(path: string, page: HostPage): string;
  close(): Promise<void>;
}

export interface HostPage {
  readonly head?: string;
  readonly body?: string;
  readonly contentSecurityPolicy?: string;
}

export async function startHostSite(): Promise<HostSite> {
  const pages = new Map<string, HostPage>();
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://host').pathname);
    response.writeHead(page === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      ...(page?.contentSecurityPolicy !== undefined && { 'content-security-policy': page.contentSecurityPolicy }),
    });
    response.end(page === undefined ? '' : documentOf(page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url,
    put(path, page) {
      pages.set(path, page);
      return `${url}${path}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function documentOf({ head = '', body = '' }: HostPage): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Shop</title>
<link rel="icon" href="data:,">${head}</head><body><main><h1>Shop</h1><p>Kettles and tents.</p></main>${body}</body></html>`;
}

/** The one line that embedders add. */
export function scriptTag(serverUrl: string, attributes = ''): string {
  return `<script async src="${serverUrl}/widget.js" ${attributes}></script>`;
}

/** What a page asked of a server and did to the browser. */
export interface ObservedPage extends WatchedPage {
  /** Addresses asked at the chat server, in order. */
  readonly requests: readonly string[];
  readonly sockets: readonly string[];
  /** Violations of any policy, in the page and in frames. */
  readonly violations: readonly string[];
}

/** Opens a page and watches it before its first script runs. */
export async function observe(browser: Browser, serverUrl: string, options: Parameters<typeof openPage>[1] = {}): Promise<ObservedPage> {
  const watched = await openPage(browser, options);
  const requests: string[] = [];
  const sockets: string[] = [];
  const violations: string[] = [];
  watched.page.on('request', (request) => {
    if (request.url().startsWith(serverUrl)) requests.push(request.url().slice(serverUrl.length));
  });
  watched.page.on('websocket', (socket) => sockets.push(socket.url()));
  await watched.page.exposeFunction('reportViolation', (violation: string) => violations.push(violation));
  await watched.page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      Reflect.get(window, 'reportViolation')(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
    Reflect.set(window, 'shifts', 0);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) Reflect.set(window, 'shifts', Reflect.get(window, 'shifts') + Reflect.get(entry, 'value'));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return { ...watched, requests, sockets, violations };
}

/** Everything a page may keep in a browser, by name. */
export async function keptBy(page: Page): Promise<readonly string[]> {
  const cookies = await page.context().cookies();
  const kept = await page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => String(name)),
    ...(typeof caches === 'undefined' ? [] : await caches.keys()),
  ]);
  return [...cookies.map(({ name }) => name), ...kept];
}
