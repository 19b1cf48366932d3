import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { root } from '../support/server.ts';
import { type Stage, startStage } from '../support/stage.ts';

/** Takes the pictures of the widget for the documentation: `node test/pictures/widget.ts`. */
const FOLDER = path.join(root, 'docs/images');
const MOST_BYTES = 60_000;
const question = 'How long do I have to return something?';

interface Chat {
  readonly page: Page;
  readonly chat: FrameLocator;
  ask(text: string): Promise<void>;
  close(): Promise<void>;
}

async function openChat(browser: Browser, stage: Stage, options: BrowserContextOptions = {}, locale = 'en'): Promise<Chat> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 720 }, locale, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(stage.server.url);
  await page.waitForFunction(() => Reflect.get(window, 'Stepdown')?.isLoaded === true);
  await page.evaluate((tag) => Reflect.get(window, 'Stepdown')('setLocale', tag), locale);
  await page.locator('stepdown-widget button').click();
  const chat = page.frameLocator('stepdown-widget iframe');
  await chat.getByRole('textbox').waitFor();
  const complete = chat.locator('article[data-status="complete"]');
  return {
    page,
    chat,
    async ask(text) {
      const count = await complete.count();
      await chat.getByRole('textbox').last().fill(text);
      await chat.getByRole('textbox').last().press('Enter');
      await complete.nth(count).waitFor();
    },
    close: () => context.close(),
  };
}

async function take({ page }: Chat, name: string): Promise<void> {
  const file = path.join(FOLDER, `widget-${name}.png`);
  // What is focused blinks, and what just arrived still moves.
  await page.waitForTimeout(400);
  await page.locator('stepdown-widget iframe').screenshot({ path: file, caret: 'hide', animations: 'disabled' });
  report(file);
}

function report(file: string): void {
  const { size } = statSync(file);
  console.log(`${path.basename(file)} ${size} bytes`);
  if (size > MOST_BYTES) {
    console.error(`${path.basename(file)} is larger than ${MOST_BYTES} bytes.`);
    process.exitCode = 1;
  }
}

async function takeTiers(browser: Browser, stage: Stage): Promise<void> {
  const chat = await openChat(browser, stage);
  await chat.chat.getByRole('button', { name: /order/ }).first().waitFor();
  await take(chat, 'open');
  const closed = path.join(FOLDER, 'widget-closed.png');
  await chat.page.evaluate(() => Reflect.get(window, 'Stepdown')('close'));
  await chat.page.screenshot({ path: closed, clip: { x: 500, y: 420, width: 500, height: 300 }, animations: 'disabled' });
  report(closed);
  await chat.page.locator('stepdown-widget button').click();
  await stage.simulator.control.set('claude', { mode: 'stall', afterTokens: 14, times: 1 });
  await chat.chat.getByRole('textbox').fill(question);
  await chat.chat.getByRole('textbox').press('Enter');
  await chat.chat.getByText('60 days').first().waitFor();
  await take(chat, 'streaming');
  await chat.chat.locator('article[data-status="complete"]').waitFor();
  await take(chat, 'answer');
  await stage.force('open-model');
  await chat.ask('Do you ship to Norway?');
  await take(chat, 'open-model');
  await stage.force('faq');
  await chat.ask('How can I pay?');
  await take(chat, 'faq');
  await chat.ask('What is the capital of Mongolia?');
  await take(chat, 'handoff');
  await chat.chat.getByRole('button', { name: 'Talk to a person' }).first().click();
  await chat.chat.getByText("We've saved your message.").first().waitFor();
  await take(chat, 'queued');
  await stage.answerAsPerson('Ulaanbaatar! And what may I do for you?');
  await chat.chat.getByText('Ulaanbaatar!').last().waitFor();
  await take(chat, 'person');
  await stage.force('claude');
  await chat.close();
}

async function takeLooks(browser: Browser, stage: Stage): Promise<void> {
  const dark = await openChat(browser, stage, { colorScheme: 'dark' });
  await dark.ask(question);
  await take(dark, 'dark');
  await dark.close();
  const mobile = await openChat(browser, stage, { colorScheme: 'dark', viewport: { width: 375, height: 612 }, hasTouch: true });
  await mobile.ask(question);
  await take(mobile, 'mobile');
  await mobile.close();
  await stage.force('faq');
  const arabic = await openChat(browser, stage, {}, 'ar');
  await arabic.ask('أين يمكنني تتبع طلبي؟');
  await take(arabic, 'right-to-left');
  await arabic.close();
}

mkdirSync(FOLDER, { recursive: true });
const stage = await startStage({ config: { siteName: 'Birchkettle' } });
const browser = await launchBrowser();
try {
  await stage.force('claude');
  await takeTiers(browser, stage);
  await takeLooks(browser, stage);
} finally {
  await browser.close();
  await stage.stop();
}
