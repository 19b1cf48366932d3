import type { Browser, Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { XSS_CORPUS } from '../security/xss-corpus.ts';
import { hasBrowser, launchBrowser, openPage, picture } from '../support/browser.ts';
import { adminEnvironment, openAgent } from '../support/people.ts';
import { quickRecovery } from '../support/quick-recovery.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type EchoingModel, startEchoingModel } from './support/echoing-model.ts';
import { dangersIn, watchForBreakouts } from './support/inert.ts';

const BATCH = 6;
const PAGE_PAYLOAD = '"><img src=x onerror=alert(1)><svg onload=alert(2)>';
/** What opens a block and never closes it goes last, so that it does not swallow its neighbours. */
const batches = inBatches(
  [...XSS_CORPUS.map(({ text }) => text)].sort((one, other) => Number(one.includes('```')) - Number(other.includes('```'))),
);

describe.runIf(hasBrowser())('text of a model and of a customer', () => {
  let model: EchoingModel;
  let server: TestServer;
  let browser: Browser;

  beforeAll(async () => {
    model = await startEchoingModel((question) => batches[Number(/batch (\d+)/.exec(question)?.[1] ?? -1)] ?? 'OK');
    const config = quickRecovery({ statusPages: false, messagesPerVisitor: { capacity: 100, refillMs: 10 } });
    server = await startServer({
      env: {
        ...adminEnvironment,
        ...config,
        ANTHROPIC_API_KEY: 'echo',
        STEPDOWN_CLAUDE_BASE_URL: model.url,
        STEPDOWN_CLAUDE_MODELS: 'echo',
      },
    });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await model?.close();
  });

  it(`[D19][D20][D21][D22][D23] is inert in widget and console: ${XSS_CORPUS.length} payloads, one character at a time`, async () => {
    const customer = await openPage(browser);
    const seenByCustomer = watchForBreakouts(customer.page, server.url);
    await customer.page.goto(`${server.url}/?q=${encodeURIComponent(PAGE_PAYLOAD)}#${encodeURIComponent(PAGE_PAYLOAD)}`);
    await customer.page.evaluate((payload) => {
      document.title = payload;
      Reflect.get(window, 'Stepdown')('identify', { name: payload, email: 'mallory@mail.example' });
    }, PAGE_PAYLOAD);
    await customer.page.getByRole('button', { name: /chat/i }).click();
    const chat = customer.page.frameLocator('iframe');
    const field = chat.getByRole('textbox', { name: 'Your message' });
    await field.waitFor();
    const frame = customer.page.frames().find((each) => each.url().includes('/widget/frame.html'));
    if (frame === undefined) throw new Error('The chat is not open.');
    await watchEveryState(frame);

    for (const [index, batch] of batches.entries()) {
      await field.fill(`batch ${index}\n${batch}`);
      await field.press('Enter');
      await chat.locator('article[data-status="complete"]').nth(index).waitFor();
    }
    expect(await dangersIn(chat.getByRole('log'))).toEqual([]);
    const states: { count: number; dangers: readonly string[] } = await frame.evaluate(() => Reflect.get(window, 'states'));
    expect(states.dangers).toEqual([]);
    // The control: the model's words did arrive, and in pieces.
    expect(states.count).toBeGreaterThan(batches.length * 2);
    expect(await chat.locator('article[data-status="complete"]').first().textContent()).toContain('alert(1)');
    const links = await chat
      .getByRole('log')
      .locator('a')
      .evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.getAttribute('rel'), link.getAttribute('target')]));
    expect(links.length).toBeGreaterThan(3);
    for (const [href, rel, target] of links) {
      expect(href).toMatch(/^(https:\/\/|mailto:)/);
      expect([rel, target]).toEqual(['noopener noreferrer nofollow', '_blank']);
    }
    await picture(customer.page, 'hostile-content-widget');

    const agent = await openAgent(browser, server.url);
    const seenByAgent = watchForBreakouts(agent.page, server.url);
    await agent.page.getByRole('link', { name: /Inbox/ }).click();
    await agent.page
      .getByRole('link', { name: /^All/ })
      .or(agent.page.getByRole('tab', { name: /^All/ }))
      .first()
      .click();
    await agent.page.getByRole('region', { name: 'Conversations' }).getByRole('link').first().click();
    await agent.page
      .getByText(`batch ${batches.length - 1}`)
      .first()
      .waitFor();
    await agent.page.getByText('Identity not verified').waitFor();
    await agent.page.getByText(PAGE_PAYLOAD).first().waitFor();
    // The list of the inbox and the growing field place themselves by style.
    const dangers = await dangersIn(agent.page.locator('body'));
    expect(dangers.filter((danger) => !/^style="(?:contain: |height: \d+px;"$)/.test(danger))).toEqual([]);
    await picture(agent.page, 'hostile-content-console');
    expect([...seenByCustomer, ...seenByAgent]).toEqual([]);
    await Promise.all([customer.close(), agent.close()]);
  });
});

function inBatches(texts: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (let start = 0; start < texts.length; start += BATCH) found.push(texts.slice(start, start + BATCH).join('\n\n'));
  return found;
}

/** Looks at the conversation after every change, not only at the end: half a payload must be as harmless as a whole one. */
function watchEveryState(frame: Frame): Promise<void> {
  return frame.evaluate(() => {
    const states: { count: number; dangers: string[] } = { count: 0, dangers: [] };
    Reflect.set(window, 'states', states);
    const elements =
      'script, iframe, object, embed, img, video, audio, source, style, link, meta, base, form:not(.composer), math, template';
    new MutationObserver(() => {
      states.count += 1;
      const log = document.querySelector('[role=log]');
      for (const element of log?.querySelectorAll(`:is(article) :is(${elements}, [onerror], [onload], [onclick], [style], [src])`) ?? []) {
        states.dangers.push(element.outerHTML.slice(0, 120));
      }
      for (const link of log?.querySelectorAll('a') ?? [])
        if (!/^(https:|mailto:)$/.test(link.protocol)) states.dangers.push(link.outerHTML);
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
}
