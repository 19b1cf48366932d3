import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, launchBrowser, picture } from '../support/browser.ts';
import { type HostSite, scriptTag, startHostSite } from '../support/host-pages.ts';
import { IDENTITY_SECRET, signIdentity } from '../support/identity.ts';
import { adminEnvironment, openAgent } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

const secretOfAda = 'My order is 4711 and my street is Elm Row';

describe.runIf(hasBrowser())('who somebody is', () => {
  let server: TestServer;
  let host: HostSite;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    server = await startServer({ env: { ...adminEnvironment, STEPDOWN_IDENTITY_SECRET: IDENTITY_SECRET } });
    host = await startHostSite();
    browser = await launchBrowser();
    // The same site as the chat server, so that the browser keeps what a shared computer keeps.
    address = host.put('/', { body: scriptTag(server.url) }).replace('127.0.0.1', 'localhost');
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
    await server?.stop();
  });

  async function device(): Promise<Device> {
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction(() => Reflect.get(window, 'Stepdown')?.isLoaded === true);
    return { context, page, chat: page.frameLocator('stepdown-widget iframe') };
  }

  it('[D03] signing in keeps the conversation, and brings it to another device', async () => {
    const laptop = await device();
    await open(laptop);
    await ask(laptop, 'I am not signed in yet');
    await call(laptop.page, 'identify', await signIdentity({ sub: 'ada', name: 'Ada Lovelace', email: 'ada@shop.example' }));
    await bubble(laptop, 'I am not signed in yet').waitFor();
    await ask(laptop, 'Now I am');
    const phone = await device();
    await call(phone.page, 'identify', await signIdentity({ sub: 'ada', name: 'Ada Lovelace' }));
    await open(phone);
    await bubble(phone, 'Now I am').waitFor();
    expect(await phone.chat.locator('article[data-delivery]').count()).toBe(2);
    await ask(phone, 'Said on the phone');
    await bubble(laptop, 'Said on the phone').waitFor();
    await Promise.all([laptop.context.close(), phone.context.close()]);
  });

  it('[D03] a forged or foreign token opens nothing, and the page is told', async () => {
    const fraud = await device();
    await fraud.page.evaluate(() => {
      Reflect.set(window, 'errors', []);
      Reflect.get(window, 'Stepdown')('on', 'error', (detail: unknown) => Reflect.get(window, 'errors').push(detail));
    });
    await call(fraud.page, 'identify', await signIdentity({ sub: 'ada' }, 'a secret that somebody has made up'));
    await open(fraud);
    await expect.poll(() => fraud.page.evaluate(() => Reflect.get(window, 'errors'))).toEqual([{ code: 'identity-refused' }]);
    expect(await fraud.chat.locator('article').count()).toBe(0);
    await call(fraud.page, 'identify', await signIdentity({ sub: 'ada', expiresIn: -300 }));
    await expect.poll(() => fraud.page.evaluate(() => Reflect.get(window, 'errors'))).toContainEqual({ code: 'identity-expired' });
    expect(await fraud.chat.locator('article').count()).toBe(0);
    await fraud.context.close();
  });

  it('[D04] an address that the page says is marked as not verified for agents', async () => {
    const visitor = await device();
    await call(visitor.page, 'identify', { name: 'Vic Timm', email: 'vic@mail.example' });
    await open(visitor);
    await ask(visitor, 'Do you know me?');
    const agent = await openAgent(browser, server.url);
    await agent.page.getByRole('link', { name: /Inbox/ }).click();
    await agent.page.goto(`${server.url}/console/inbox/all`);
    await agent.page
      .getByRole('link', { name: /Vic Timm/ })
      .first()
      .click();
    await agent.page.getByText('Identity not verified').waitFor();
    await agent.page.getByText('vic@mail.example').first().waitFor();
    await picture(agent.page, 'identity-not-verified');
    await Promise.all([agent.close(), visitor.context.close()]);
  });

  it('[D06] logging out clears the widget: the next person on this computer sees and hears nothing', async () => {
    const shared = await device();
    const frames: string[] = [];
    await call(shared.page, 'identify', await signIdentity({ sub: 'ada-at-home' }));
    await open(shared);
    await ask(shared, secretOfAda);
    await call(shared.page, 'prefill', 'A draft of Ada');
    await shared.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          Reflect.get(window, 'Stepdown')('on', 'gone', () => resolve());
          Reflect.get(window, 'Stepdown')('shutdown');
        }),
    );
    expect(await shared.page.locator('stepdown-widget iframe').count()).toBe(0);
    shared.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
    await call(shared.page, 'identify', await signIdentity({ sub: 'ben-at-home' }));
    await open(shared);
    await shared.chat.getByRole('heading', { name: 'How can we help?' }).waitFor();
    expect(await shared.chat.locator('body').textContent()).not.toContain('Elm Row');
    expect(await shared.chat.getByRole('textbox', { name: 'Your message' }).inputValue()).toBe('');
    // Ada writes on from elsewhere; nothing of it comes here.
    const elsewhere = await device();
    await call(elsewhere.page, 'identify', await signIdentity({ sub: 'ada-at-home' }));
    await open(elsewhere);
    await bubble(elsewhere, secretOfAda).waitFor();
    await ask(elsewhere, 'And Elm Row has a new gate');
    await ask(shared, 'Hello, I am Ben');
    expect(frames.length).toBeGreaterThan(2);
    expect(frames.filter((frame) => frame.includes('Elm Row'))).toEqual([]);
    expect(await shared.page.frames()[1]?.evaluate(() => JSON.stringify({ ...localStorage }))).not.toMatch(/Elm Row|draft of Ada/);
    await Promise.all([shared.context.close(), elsewhere.context.close()]);
  });

  it('[D06] another person on the same page, without a logout in between, starts empty too', async () => {
    const shared = await device();
    await call(shared.page, 'identify', await signIdentity({ sub: 'one' }));
    await open(shared);
    await ask(shared, secretOfAda);
    await call(shared.page, 'identify', await signIdentity({ sub: 'two' }));
    await shared.chat.getByRole('heading', { name: 'How can we help?' }).waitFor();
    expect(await shared.chat.locator('body').textContent()).not.toContain('Elm Row');
    await shared.context.close();
  });

  it('[D05] the secret is in nothing that a browser gets', async () => {
    const visitor = await device();
    const seen: string[] = [];
    visitor.page.on('response', (response) => {
      void response.text().then(
        (text) => seen.push(text + JSON.stringify(response.headers())),
        () => {},
      );
    });
    visitor.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => seen.push(String(payload))));
    await visitor.page.reload();
    await visitor.page.waitForFunction(() => Reflect.get(window, 'Stepdown')?.isLoaded === true);
    await call(visitor.page, 'identify', await signIdentity({ sub: 'curious' }));
    await open(visitor);
    await ask(visitor, 'What is your secret?');
    expect(seen.length).toBeGreaterThan(6);
    expect(seen.filter((text) => text.includes(IDENTITY_SECRET))).toEqual([]);
    await visitor.context.close();
  });
});

interface Device {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly chat: FrameLocator;
}

function call(page: Page, ...parameters: readonly unknown[]): Promise<void> {
  return page.evaluate((all) => void Reflect.get(window, 'Stepdown')(...all), parameters);
}

async function open({ page, chat }: Device): Promise<void> {
  await page.locator('stepdown-widget button').click();
  await chat.getByRole('textbox', { name: 'Your message' }).waitFor();
}

function bubble({ chat }: Device, text: string) {
  return chat.locator('article[data-delivery="sent"]', { hasText: text });
}

async function ask(device: Device, text: string): Promise<void> {
  const count = await device.chat.locator('article[data-status="complete"]').count();
  await device.chat.getByRole('textbox', { name: 'Your message' }).fill(text);
  await device.chat.getByRole('textbox', { name: 'Your message' }).press('Enter');
  await bubble(device, text).waitFor();
  await device.chat.locator('article[data-status="complete"]').nth(count).waitFor();
}
