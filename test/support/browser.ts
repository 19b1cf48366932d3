import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { root } from './server.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const ARTIFACTS = path.join(root, 'test/artifacts');

/** Path of a Chromium on this machine; undefined when there is none. */
export function findBrowser(): string | undefined {
  return PLACES.find((place) => existsSync(place));
}

/** False, loudly, when this machine has no browser; with `CI=true` that is a failure instead. */
export function hasBrowser(): boolean {
  if (findBrowser() !== undefined) return true;
  if (process.env.CI === 'true') throw new Error('No Chromium was found. Install it with "apt-get install chromium".');
  console.warn('SKIPPED: browser tests need Chromium, and none was found on this machine.');
  return false;
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('No Chromium was found.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught exceptions, refused requests. */
  readonly problems: readonly string[];
  forgetProblems(): void;
  close(): Promise<void>;
}

/** A page in a profile of its own, that remembers everything that went wrong on it. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  const forgetProblems = (): void => void problems.splice(0);
  return { page, problems, forgetProblems, close: () => context.close() };
}

/** Keeps a picture for whoever looks at a failed run, and for the documentation. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`) });
}
