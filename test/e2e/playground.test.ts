import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, launchBrowser, openPage, picture } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { runAxe } from './support/axe.ts';

describe.runIf(hasBrowser())('the playground', () => {
  let server: TestServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await startServer();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('shows the chat in another look, says the line to copy, and lets the FAQ answer', async () => {
    const { page, problems, close } = await openPage(browser, { bypassCSP: true });
    await page.goto(server.url);
    await page.getByRole('link', { name: 'playground' }).click();
    await page.getByLabel('Language').selectOption({ label: 'German' });
    await page.waitForURL(/locale=de/);
    await page.getByLabel('Theme').selectOption('dark');
    await page.waitForURL(/theme=dark/);
    await page.getByLabel('Corner').selectOption('left');
    await page.waitForURL(/position=left/);
    const chat = page.frameLocator('stepdown-widget iframe');
    await chat.getByRole('heading', { name: 'Wie können wir helfen?' }).waitFor();
    expect(await chat.locator('html').getAttribute('data-theme')).toBe('dark');
    expect((await page.locator('stepdown-widget iframe').boundingBox())?.x).toBeLessThan(40);
    expect(await page.locator('#snippet').textContent()).toContain('data-theme="dark" data-locale="de" data-position="left"');
    await page.getByLabel('Answered by').selectOption('faq');
    await page.getByText('Shows with the next question.').waitFor();
    await chat.getByRole('textbox').fill('Wo kann ich meine Bestellung verfolgen?');
    await chat.getByRole('textbox').press('Enter');
    await chat.getByText('Antwort von unserem Team').first().waitFor();
    expect((await runAxe(page.mainFrame())).violations).toEqual([]);
    expect(problems).toEqual([]);
    await picture(page, 'playground');
    await close();
  });
});
