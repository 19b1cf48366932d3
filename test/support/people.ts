import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { openPage, type WatchedPage } from './browser.ts';

export const admin = { email: 'mara@birchkettle.example', password: 'seven kettles on a birch' };

export const quickRecovery = { STEPDOWN_CONFIG: 'test/support/quick-recovery.config.ts' };

/** Starts a server with a first agent, so that a journey need not set one up. */
export const adminEnvironment = { STEPDOWN_ADMIN_EMAIL: admin.email, STEPDOWN_ADMIN_PASSWORD: admin.password };

/** A customer on the demo page with the chat open. */
export interface Customer extends WatchedPage {
  readonly chat: FrameLocator;
  ask(text: string): Promise<void>;
  /** The articles of the conversation, oldest first. */
  readonly messages: Locator;
  readonly lastMessage: Locator;
}

export async function openCustomer(browser: Browser, url: string, options: Parameters<typeof openPage>[1] = {}): Promise<Customer> {
  const watched = await openPage(browser, options);
  await watched.page.goto(url);
  await watched.page.getByRole('button', { name: /chat/i }).click();
  const chat = watched.page.frameLocator('iframe');
  await chat.getByRole('textbox', { name: 'Your message' }).waitFor();
  const messages = chat.getByRole('log').getByRole('article');
  return {
    ...watched,
    chat,
    messages,
    lastMessage: messages.last(),
    async ask(text) {
      await chat.getByRole('textbox', { name: 'Your message' }).fill(text);
      await chat.getByRole('textbox', { name: 'Your message' }).press('Enter');
    },
  };
}

/** An agent who has signed in to the console. */
export async function openAgent(browser: Browser, url: string, options: Parameters<typeof openPage>[1] = {}): Promise<WatchedPage> {
  const watched = await openPage(browser, options);
  await signIn(watched.page, url);
  // Being asked to sign in is a refused request, and the browser says so.
  watched.forgetProblems();
  return watched;
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/console`);
  await page.getByLabel('E-mail').fill(admin.email);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
}
