import type { Message } from '@stepdown/protocol';
import type { Browser, BrowserContext, FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../security/support/agents.ts';
import { hasBrowser, launchBrowser, picture } from '../support/browser.ts';
import { type FlakyNetwork, startFlakyNetwork } from '../support/flaky-network.ts';
import { type HostSite, scriptTag, startHostSite } from '../support/host-pages.ts';
import { repairFaq } from '../support/repair-faq.ts';
import { type Stage, startStage } from '../support/stage.ts';

const MESSAGES = 50;
const TABS = 3;
const isFullRun = process.env.NEVER_LOST === 'full';
/** Offline half of the time. `NEVER_LOST=full` plays two minutes with cuts of ten seconds, at the limits that visitors have. */
const cycleMs = isFullRun ? 20_000 : 2_000;
const messageEveryMs = isFullRun ? 2_400 : 300;
const SETTLED_WITHIN_MS = 60_000;

describe.runIf(hasBrowser())('a typed message', () => {
  let network: FlakyNetwork;
  let stage: Stage;
  let host: HostSite;
  let browser: Browser;

  beforeAll(async () => {
    network = await startFlakyNetwork();
    const config = isFullRun ? {} : { messagesPerVisitor: { capacity: MESSAGES, refillMs: 100 } };
    stage = await startStage({ config, env: { STEPDOWN_FAQ_DIR: repairFaq(), STEPDOWN_PUBLIC_URL: network.url } });
    network.leadTo(stage.server.port);
    await stage.force('faq');
    host = await startHostSite();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
    await stage?.stop();
    await network?.close();
  });

  it(`is never lost: ${MESSAGES} from ${TABS} tabs over a network that is gone half of the time are stored once, in order, and every tab shows the same`, async () => {
    const context = await browser.newContext({ viewport: { width: 900, height: 800 } });
    // The same site as the chat server, so that the tabs share what they keep.
    const address = host.put('/', { body: scriptTag(network.url) }).replace('127.0.0.1', 'localhost');
    const tabs: FrameLocator[] = [];
    for (let tab = 0; tab < TABS; tab += 1) tabs.push(await openTab(context, address));

    const cuts = cutAgainAndAgain(context, network);
    const typed: string[] = [];
    for (let index = 0; index < MESSAGES; index += 1) {
      const text = `message ${String(index + 1).padStart(2, '0')}`;
      const field = tabs[index % TABS]?.getByRole('textbox', { name: 'Your message' });
      await field?.fill(text);
      await field?.press('Enter');
      typed.push(text);
      await new Promise((resolve) => setTimeout(resolve, messageEveryMs));
    }
    const cutCount = await cuts.stop();

    const log = (tab: FrameLocator) => tab.getByRole('log');
    for (const tab of tabs) {
      await expect
        .poll(() => tab.locator('article[data-delivery="sent"]').count(), { timeout: SETTLED_WITHIN_MS, interval: 500 })
        .toBe(MESSAGES);
      await expect.poll(() => tab.locator('article[data-status="complete"]').count(), { timeout: SETTLED_WITHIN_MS }).toBeGreaterThan(0);
    }
    await expect
      .poll(async () => new Set(await Promise.all(tabs.map((tab) => log(tab).textContent()))).size, {
        timeout: SETTLED_WITHIN_MS,
        interval: 500,
      })
      .toBe(1);
    const shown = await tabs[0]?.locator('article[data-delivery] p:first-of-type').allTextContents();
    const stored = await storedMessages(stage);
    console.info(
      `${MESSAGES} messages from ${TABS} tabs over ${cutCount} cuts of ${cycleMs / 2} ms: ${stored.length} stored, ${new Set(stored).size} different`,
    );
    expect(stored).toEqual(typed);
    expect(shown).toEqual(typed);
    expect(cutCount).toBeGreaterThan(3);
    await picture(context.pages()[0] ?? raise('no page'), 'never-lost');
    await context.close();
  }, 240_000);
});

async function openTab(context: BrowserContext, address: string): Promise<FrameLocator> {
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('stepdown-widget button').click();
  const chat = page.frameLocator('stepdown-widget iframe');
  await chat.getByRole('textbox').waitFor();
  return chat;
}

function cutAgainAndAgain(context: BrowserContext, network: FlakyNetwork): { stop(): Promise<number> } {
  let isReachable = true;
  let cutCount = 0;
  const set = async (next: boolean): Promise<void> => {
    if (isReachable && !next) cutCount += 1;
    isReachable = next;
    network.setReachable(next);
    await context.setOffline(!next);
  };
  const timer = setInterval(() => void set(!isReachable), cycleMs / 2);
  return {
    async stop() {
      clearInterval(timer);
      await set(true);
      return cutCount;
    },
  };
}

/** What the visitor said, as the one conversation in the store has it. */
async function storedMessages({ server, admin }: Stage): Promise<readonly string[]> {
  const inbox = await (await call(server, 'GET', '/api/agent/inbox?view=all', { as: admin })).json();
  expect(inbox.conversations).toHaveLength(1);
  const response = await call(server, 'GET', `/api/agent/conversations/${inbox.conversations[0].id}`, { as: admin });
  const { messages }: { messages: readonly Message[] } = await response.json();
  return messages.filter(({ author }) => author === 'visitor').map(({ text }) => text);
}

function raise(message: string): never {
  throw new Error(message);
}
