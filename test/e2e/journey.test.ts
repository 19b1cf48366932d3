import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, launchBrowser, picture } from '../support/browser.ts';
import { breakProvider } from '../support/faults.ts';
import { adminEnvironment, type Customer, openAgent, openCustomer, quickRecovery } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

const known = 'How long do I have to return something?';
const unknown = 'What is the capital of Mongolia?';
const TIER_WITHIN_MS = 1_000;

describe.runIf(hasBrowser())('the whole journey', () => {
  let server: TestServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await startServer({ env: { ...adminEnvironment, ...quickRecovery } });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('steps down from Claude to GPT to the FAQ to a person, and climbs back', async () => {
    const agent = await openAgent(browser, server.url);
    await agent.page.getByRole('link', { name: /Ladder/ }).click();
    const tier = agent.page.getByRole('region', { name: 'Now' }).getByRole('heading');
    await expect.poll(() => tier.textContent()).toContain('Claude');

    // Claude answers, as a stream, with its sources.
    const customer = await openCustomer(browser, server.url);
    await customer.ask(known);
    await customer.chat.getByRole('list', { name: 'From our help articles' }).waitFor();
    await picture(customer.page, 'journey-1-claude');
    expect((await answer(customer, 1)).length).toBeGreaterThan(40);

    // Claude is cut mid-answer: the same bubble is replaced and completed by GPT.
    await breakProvider(server.url, 'claude', { mode: 'cut', afterTokens: 12 });
    await customer.ask('Do you repair products, and what does it cost?');
    await customer.chat.locator('article[data-status="continuing"]').waitFor();
    await picture(customer.page, 'journey-2-interrupted');
    expect(repeatedSentence(await answer(customer, 2))).toBeUndefined();
    expect(await customer.messages.count()).toBe(4);
    await picture(customer.page, 'journey-3-gpt');

    // Claude and GPT are gone: the console shows it within a second, with the cause; the FAQ answers with its notice.
    await breakProvider(server.url, 'claude', { mode: 'overloaded' });
    await breakProvider(server.url, 'gpt', { mode: 'overloaded' });
    await customer.ask('Where can I track my order?');
    expect(await answer(customer, 3)).toContain('Answer from our team');
    await customer.chat.getByText("Our AI assistant isn't available right now.").first().waitFor();
    await expect.poll(async () => (await (await fetch(`${server.url}/api/status`)).json()).tier, { timeout: 20_000 }).toBe('faq');
    const fellAt = performance.now();
    await expect.poll(() => tier.textContent(), { timeout: 5_000, interval: 20 }).toMatch(/FAQ|team/i);
    expect(performance.now() - fellAt).toBeLessThan(TIER_WITHIN_MS);
    await expect.poll(() => agent.page.getByRole('region', { name: 'Now' }).textContent()).toMatch(/overloaded|529|503/i);
    await picture(customer.page, 'journey-4-faq');
    await picture(agent.page, 'journey-5-ladder');

    // What the FAQ does not know: a person is offered, asked for, and takes over.
    await customer.ask(unknown);
    expect(await answer(customer, 4)).toContain("couldn't find an answer");
    await customer.chat.getByRole('button', { name: 'Talk to a person' }).first().click();
    await customer.chat.getByText("We've saved your message.").first().waitFor();
    await picture(customer.page, 'journey-6-queued');

    await agent.page.getByRole('link', { name: /Inbox/ }).click();
    await agent.page.getByRole('region', { name: 'Conversations' }).getByRole('link').first().click();
    await agent.page.getByRole('button', { name: 'Take over' }).click();
    await agent.page.getByRole('textbox', { name: 'Reply' }).fill('Ulaanbaatar! And what may I do for you?');
    await agent.page.getByRole('textbox', { name: 'Reply' }).press('Control+Enter');
    await customer.chat.getByText('Ulaanbaatar! And what may I do for you?').waitFor();
    await customer.ask('Ha, thank you. That was all.');
    await agent.page.getByText('Ha, thank you. That was all.').first().waitFor();
    await picture(customer.page, 'journey-7-person');
    await picture(agent.page, 'journey-8-conversation');

    // The providers recover: the next conversation is back on Claude.
    await breakProvider(server.url, 'claude', { mode: 'healthy' });
    await breakProvider(server.url, 'gpt', { mode: 'healthy' });
    await expect
      .poll(async () => (await (await fetch(`${server.url}/api/status`)).json()).tier, { timeout: 120_000, interval: 250 })
      .toBe('claude');
    await agent.page.getByRole('link', { name: /Ladder/ }).click();
    await expect
      .poll(() => agent.page.getByRole('region', { name: 'Now' }).getByRole('heading').textContent(), { timeout: TIER_WITHIN_MS })
      .toContain('Claude');
    const next = await openCustomer(browser, server.url);
    await next.ask(known);
    expect(await answer(next, 1)).toContain('AI assistant');
    await picture(next.page, 'journey-9-back');

    expect([...customer.problems, ...agent.problems, ...next.problems]).toEqual([]);
    await Promise.all([customer.close(), agent.close(), next.close()]);
  }, 240_000);

  it('reconnects by itself after kill -9 in the middle of an answer, and the answer is completed once', async () => {
    const own = await startServer();
    const customer = await openCustomer(browser, own.url);
    await customer.ask(known);
    await customer.chat.locator('article[data-status="streaming"] p').first().waitFor();
    await expect.poll(async () => (await customer.lastMessage.textContent())?.length).toBeGreaterThan(40);
    await own.kill();
    await customer.chat
      .getByText(/Reconnecting|can't connect/)
      .first()
      .waitFor();
    await picture(customer.page, 'kill-1-reconnecting');
    const again = await startServer({ dataDir: own.dataDir, port: own.port });
    await answer(customer, 1);
    expect(await customer.messages.count()).toBe(2);
    expect(await customer.messages.first().textContent()).toContain(known);
    await picture(customer.page, 'kill-2-completed');
    await customer.close();
    await again.stop();
  });
});

/** The answer with this number, from 1, once it is complete. */
async function answer(customer: Customer, number: number): Promise<string> {
  const article = customer.chat.locator('article[data-status]').nth(number - 1);
  await expect.poll(() => article.getAttribute('data-status', { timeout: 15_000 }), { timeout: 20_000 }).toBe('complete');
  return (await article.textContent()) ?? '';
}

function repeatedSentence(text: string): string | undefined {
  const sentences = text.split(/(?<=[.!?])\s+/).filter((sentence) => sentence.length > 12);
  return sentences.find((sentence, index) => sentences.indexOf(sentence) !== index);
}
