import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, launchBrowser, picture } from '../support/browser.ts';
import { type HostSite, scriptTag, startHostSite } from '../support/host-pages.ts';
import { openCustomer } from '../support/people.ts';
import { REPAIR_QUESTIONS, repairFaq } from '../support/repair-faq.ts';
import { type Stage, startStage } from '../support/stage.ts';
import { runAxe, sidewaysOverflow, smallTargets } from './support/axe.ts';
import { startScreenReader } from './support/screen-reader.ts';

const FAQ_NOTICE =
  "Our AI assistant isn't available right now. Here are answers written by our team. You can also leave a message for a person.";

describe.runIf(hasBrowser())('the widget for everyone', () => {
  let stage: Stage;
  let host: HostSite;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    stage = await startStage({ env: { STEPDOWN_FAQ_DIR: repairFaq() } });
    host = await startHostSite();
    browser = await launchBrowser();
    address = host.put('/', { body: scriptTag(stage.server.url) });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
    await stage?.stop();
  });

  async function visit(options: BrowserContextOptions = {}, path = address) {
    const customer = await openCustomer(browser, path, { bypassCSP: true, reducedMotion: 'reduce', ...options });
    const complete = customer.chat.locator('article[data-status="complete"]');
    return {
      ...customer,
      frame: chatFrame(customer.page),
      async askAndWait(text: string) {
        const count = await complete.count();
        await customer.ask(text);
        await complete.nth(count).waitFor();
      },
    };
  }

  it('has nothing that axe objects to, at every tier, in light and dark, in the page and in the frame', async () => {
    const { page, chat, frame, ask, askAndWait, close } = await visit();
    const found: string[] = [];
    let runs = 0;
    let fewestRules = Number.POSITIVE_INFINITY;
    async function look(state: string): Promise<void> {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const [place, where] of [['frame', frame] as const, ['page', page.mainFrame()] as const]) {
          const { violations, passedRules } = await runAxe(where);
          found.push(...violations.map((violation) => `${state}, ${colorScheme}, ${place}: ${violation}`));
          runs += 1;
          if (place === 'frame') fewestRules = Math.min(fewestRules, passedRules);
        }
      }
      found.push(...(await smallTargets(frame)).map((target) => `${state}: ${target}`));
      await page.emulateMedia({ colorScheme: 'light' });
    }

    await look('welcome');
    await stage.simulator.control.set('claude', { mode: 'stall', afterTokens: 6, times: 1 });
    await ask(REPAIR_QUESTIONS.answered);
    await chat.locator('article[data-status="streaming"] p').first().waitFor();
    await look('being written');
    await stage.simulator.control.set('gpt', { mode: 'slow', firstTokenMs: 4_000, times: 1 });
    await chat.getByText('Interrupted – continuing.').waitFor();
    await look('interrupted');
    await chat.locator('article[data-status="complete"]').first().waitFor();
    await chat.getByRole('button', { name: 'More' }).click();
    await look('answered by an assistant, with the menu');
    await page.keyboard.press('Escape');
    await stage.force('open-model');
    await askAndWait(REPAIR_QUESTIONS.answered);
    await look('open model');
    await stage.force('faq');
    await askAndWait(REPAIR_QUESTIONS.answered);
    await look('FAQ answer');
    await askAndWait(REPAIR_QUESTIONS.ambiguous);
    await look('FAQ choices');
    await askAndWait(REPAIR_QUESTIONS.unknown);
    await look('FAQ without an answer');
    await stage.force('handoff');
    await askAndWait(REPAIR_QUESTIONS.answered);
    await look('a person is offered');
    await chat.getByRole('button', { name: 'Talk to a person' }).first().click();
    await chat.getByText("We've saved your message.").first().waitFor();
    await look('waiting for a person');
    await stage.answerAsPerson('Hello, this is Ada.');
    await chat.getByText('Hello, this is Ada.').last().waitFor();
    await look('with a person');
    await page.context().setOffline(true);
    await chat
      .getByText(/Reconnecting|can't connect/)
      .first()
      .waitFor();
    await look('without a connection');
    console.info(`axe: ${runs} runs, ${found.length} objections, at least ${fewestRules} rules applied`);
    expect(found).toEqual([]);
    expect(fewestRules).toBeGreaterThan(10);
    await close();
    await stage.force('claude');
  });

  it('can be used with the keyboard alone, and gives the focus back', async () => {
    await stage.force('faq');
    const { page, chat, close } = await visit();
    await page.keyboard.press('Escape');
    await page.locator('stepdown-widget iframe').waitFor({ state: 'hidden' });
    expect(await focusedInPage(page)).toBe('Chat');
    await page.keyboard.press('Enter');
    await expect.poll(() => chat.getByRole('textbox').evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type(REPAIR_QUESTIONS.ambiguous);
    await page.keyboard.press('Enter');
    const choice = chat.getByRole('button', { name: 'Do you repair jackets?' });
    await choice.waitFor();
    await tabTo(page, () => choice.evaluate((element) => element === document.activeElement), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await chat.getByText('Yes, zips too.').first().waitFor();
    const person = chat.getByRole('button', { name: 'Talk to a person' }).last();
    await tabTo(page, () => person.evaluate((element) => element === document.activeElement), 'Tab');
    await page.keyboard.press('Space');
    await chat.getByText("We've saved your message.").first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('stepdown-widget iframe').waitFor({ state: 'hidden' });
    expect(await focusedInPage(page)).toBe('Chat');
    await close();
  });

  it('is heard once, in whole sentences, and a tier change once', async () => {
    await stage.force('claude');
    const { chat, frame, ask, askAndWait, close } = await visit();
    const reader = await startScreenReader(frame);
    await askAndWait(REPAIR_QUESTIONS.answered);
    const answer = [
      'AI assistant: Happy to help with that.',
      'Yes.',
      'Send us the tent clean and dry, and we mend it within two weeks.',
      'A patch costs 15 euros.',
    ];
    await expect.poll(reader.heard).toEqual(answer);
    // Broken off in the middle, and written anew by the other model: only the final words are heard.
    await stage.simulator.control.set('claude', { mode: 'cut', afterTokens: 8, times: 1 });
    await ask('Do you repair jackets?');
    await expect.poll(async () => (await reader.heard()).at(-1)).toBe('Yes, zips too.');
    const afterCut = (await reader.heard()).slice(answer.length);
    expect(afterCut).toHaveLength(2);
    expect(afterCut[0]).toMatch(/^AI assistant: .*[.!]$/);
    await stage.force('faq');
    await chat.getByText(FAQ_NOTICE).waitFor();
    await expect.poll(async () => (await reader.heard()).at(-1)).toBe(FAQ_NOTICE);
    await askAndWait('Do you repair stoves?');
    await expect.poll(async () => (await reader.heard()).at(-1)).toBe('Take the gas cartridge off first.');
    const heard = await reader.heard();
    expect(heard.filter((phrase) => phrase.includes("isn't available"))).toHaveLength(1);
    expect(heard.slice(answer.length + 3)).toEqual(['Answer from our team: Yes.', 'Take the gas cartridge off first.']);
    await stage.force('claude');
    await expect.poll(async () => (await reader.heard()).at(-1)).toBe('Our AI assistant is back.');
    await close();
  });

  it.each<readonly [string, BrowserContextOptions, string]>([
    ['forced-colours', { forcedColors: 'active' }, ''],
    ['320-px', { viewport: { width: 320, height: 640 }, hasTouch: true }, ''],
    ['zoom-200', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }, ''],
    ['zoom-400', { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }, ''],
    ['right-to-left', {}, 'data-locale="ar"'],
  ])('fits with %s: nothing to scroll sideways', async (name, options, attributes) => {
    await stage.force('faq');
    const path = host.put(`/${name}`, { body: scriptTag(stage.server.url, attributes) });
    const { page, frame, close } = await openPlainly(browser, path, options);
    const fits = async () =>
      expect({ name, overflow: [...(await sidewaysOverflow(frame)), ...(await sidewaysOverflow(page.mainFrame()))] }).toEqual({
        name,
        overflow: [],
      });
    await fits();
    for (const question of [
      REPAIR_QUESTIONS.answered,
      REPAIR_QUESTIONS.ambiguous,
      `${'long'.repeat(60)} https://shop.example/${'x'.repeat(90)}`,
    ]) {
      const count = await frame.locator('article[data-status="complete"]').count();
      await frame.getByRole('textbox').first().fill(question);
      await frame.getByRole('textbox').first().press('Enter');
      await frame.locator('article[data-status="complete"]').nth(count).waitFor();
      await fits();
    }
    expect((await runAxe(frame)).violations).toEqual([]);
    expect((await frame.getByRole('log').boundingBox())?.height).toBeGreaterThan(120);
    expect(await frame.locator('html').getAttribute('dir')).toBe(name === 'right-to-left' ? 'rtl' : 'ltr');
    await picture(page, `accessibility-${name}`);
    await close();
  });

  async function openPlainly(within: Browser, path: string, options: BrowserContextOptions) {
    const context = await within.newContext({
      viewport: { width: 1280, height: 800 },
      bypassCSP: true,
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    await page.goto(path);
    await page.locator('stepdown-widget button').click();
    await page.frameLocator('stepdown-widget iframe').getByRole('textbox').waitFor();
    return { page, frame: chatFrame(page), close: () => context.close() };
  }
});

function chatFrame(page: Page): Frame {
  const frame = page.frames().find((each) => each.url().includes('/widget/frame.html'));
  if (frame === undefined) throw new Error('The chat is not open.');
  return frame;
}

function focusedInPage(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label'));
}

/** Presses Tab until the wanted element has the focus, as often as a patient person would. */
async function tabTo(page: Page, isThere: () => Promise<boolean>, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  for (let presses = 0; presses < 25; presses += 1) {
    if (await isThere()) return;
    await page.keyboard.press(key);
  }
  throw new Error('Tab does not reach it.');
}
