import type { LadderView, Message } from '@stepdown/protocol';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, type InboxHouse, openInboxHouse, type WaitingVisitor } from '../inbox/support/inbox-house.ts';
import { PASSWORD } from '../security/support/agents.ts';
import { hasBrowser, launchBrowser, openPage, picture, type WatchedPage } from '../support/browser.ts';

const LADDER_WITHIN_MS = 1_000;
const CUSTOMERS = 50;
const AT_ONCE = 10;

describe.runIf(hasBrowser())('the console', () => {
  let house: InboxHouse;
  let browser: Browser;
  let ada: WatchedPage;
  let ben: WatchedPage;
  let watcher: Console;

  beforeAll(async () => {
    house = await openInboxHouse({ tiers: ['claude', 'gpt'], pace: { firstTokenMs: 20, tokenGapMs: 1 } });
    browser = await launchBrowser();
    watcher = await house.agent('Ben Adler');
    [ada, ben] = await Promise.all([openPage(browser), openPage(browser)]);
    await Promise.all([
      enterByKeyboard(ada.page, house.server.url, 'ada@shop.example'),
      enterByKeyboard(ben.page, house.server.url, watcher.access.email),
    ]);
    // Being asked to sign in is a refused request, and the browser says so.
    ada.forgetProblems();
    ben.forgetProblems();
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  it('never lets two agents answer the same customer unaware', async () => {
    const { visitor, conversationId } = await house.waiting({ text: 'Can you repair my kettle?' });
    await Promise.all([ada, ben].map(({ page }) => page.goto(`${house.server.url}/console/inbox/queue/${conversationId}`)));
    await ada.page.getByText('Ben Adler is viewing').waitFor();
    await reply(ben.page).fill('Shall I take this one?');
    await ada.page.getByRole('button', { name: 'Take over' }).click();
    await ben.page.getByText('Ada Frost has this conversation.').waitFor();
    expect(await ben.page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await reply(ben.page).press('Enter');
    await reply(ada.page).fill('Yes, we repair it.');
    await ben.page.getByText('Ada Frost is typing…').waitFor();
    await reply(ada.page).press('Enter');
    await ben.page.getByRole('log').getByText('Yes, we repair it.').waitFor();
    // Given away while the other one writes: what was typed stays, and only the new owner sends.
    await reply(ada.page).fill('And also');
    await ben.page.getByRole('button', { name: 'Give to' }).click();
    await ben.page.getByRole('menuitem', { name: /Ben Adler/ }).click();
    await ada.page.getByText('Ben Adler has this conversation.').waitFor();
    expect(await reply(ada.page).inputValue()).toBe('And also');
    await reply(ben.page).fill('I go on from here.');
    await reply(ben.page).press('Enter');
    await expect.poll(() => agentTexts(visitor)).toEqual(['Yes, we repair it.', 'I go on from here.']);
  });

  it('does a whole handoff without a pointer', async () => {
    const { visitor } = await house.waiting({ text: 'Where can I track my order?', email: 'lena@kettle.example' });
    const { page } = ada;
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.getByRole('link', { name: /lena@kettle\.example/ }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'lena@kettle.example' }).waitFor();
    // A desktop browser puts the focus where the next words go; single keys begin outside of it.
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    await page.getByRole('button', { name: 'Return to assistant' }).waitFor();
    await page.keyboard.type('I have your parcel on the map.');
    await page.keyboard.press('Enter');
    await expect.poll(() => agentTexts(visitor)).toEqual(['I have your parcel on the map.']);
    await visitor.send('message:send', { conversationId: idOf(visitor), clientMessageId: 'thanks', text: 'Great, thank you' });
    await page.getByRole('log').getByText('Great, thank you').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByText(/This conversation is closed/).waitFor();
    await visitor.until('handoff:changed', (payload) => JSON.stringify(payload).includes('closed'));
  });

  it('shows a dying provider within a second', async () => {
    await ada.page.goto(`${house.server.url}/console/ladder`);
    const heading = ada.page.getByRole('region', { name: 'Now' }).getByRole('heading');
    await expect.poll(() => heading.textContent()).toBe('Claude');
    await house.simulator.control.set('claude', { mode: 'overloaded' });
    await house.simulator.control.set('gpt', { mode: 'overloaded' });
    const down = watcher
      .until<{ ladder: LadderView }>('ladder:changed', ({ ladder }) => ladder.tier === 'faq')
      .then(() => performance.now());
    for (let asked = 0; asked < 4; asked += 1) (await house.asking()).visitor.close();
    const shown = heading.filter({ hasText: 'FAQ' }).waitFor({ timeout: 15_000 });
    const toldAt = await down;
    await shown;
    expect(performance.now() - toldAt).toBeLessThan(LADDER_WITHIN_MS);
    expect(await ada.page.getByRole('region', { name: 'Now' }).textContent()).toMatch(/overloaded/);
  });

  it('sorts out fifty customers of an outage and answers them at once', async () => {
    const customers: WaitingVisitor[] = [];
    while (customers.length < CUSTOMERS) customers.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => house.waiting()))));
    const { page } = ada;
    await page.goto(`${house.server.url}/console/inbox/queue`);
    await page.getByRole('button', { name: 'Show only these' }).click();
    await page.getByText(`${CUSTOMERS} left by an outage`).waitFor();
    await page.getByRole('button', { name: 'Select all', exact: true }).click();
    await picture(page, 'console-triage');
    await page.getByRole('region', { name: 'Selected conversations' }).getByRole('button', { name: 'Reply' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reply' }).fill('Our assistant is back. Do you still need help?');
    await dialog.getByRole('button', { name: `Send to ${CUSTOMERS}` }).click();
    await page.getByText(`${CUSTOMERS} conversations answered.`).waitFor();
    for (const { visitor } of customers) {
      await expect.poll(() => agentTexts(visitor)).toEqual(['Our assistant is back. Do you still need help?']);
    }
    await page.getByText('Nobody is waiting').or(page.getByText('Nothing found')).waitFor();
    expect((await house.inbox('view=queue')).counts.queue).toBe(0);
  });

  it('has logged no error on the way', () => {
    expect([...ada.problems, ...ben.problems]).toEqual([]);
  });
});

function reply(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Reply' });
}

function agentTexts(visitor: WaitingVisitor['visitor']): readonly string[] {
  return [...visitor.messages.values()].filter(({ author }) => author === 'agent').map(({ text }) => text);
}

function idOf(visitor: WaitingVisitor['visitor']): string {
  const [first]: Message[] = [...visitor.messages.values()];
  return first?.conversationId ?? '';
}

/** Signs in as somebody who has no pointer: Tab and typing alone. */
async function enterByKeyboard(page: Page, url: string, email: string): Promise<void> {
  await page.goto(`${url}/console`);
  await tabTo(page, page.getByLabel('E-mail'));
  await page.keyboard.type(email);
  await tabTo(page, page.getByLabel('Password', { exact: true }));
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 12; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('The keyboard does not get there.');
}
