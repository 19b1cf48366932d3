import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfShop } from '../faq/support/desk.ts';
import { type AgentAccess, accessOf, addAgent, call, PASSWORD } from '../security/support/agents.ts';
import { XSS_CORPUS } from '../security/xss-corpus.ts';
import { hasBrowser, launchBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { admin, adminEnvironment, type Customer, openAgent, openCustomer } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { runAxe } from './support/axe.ts';
import { dangersIn, watchForBreakouts } from './support/inert.ts';

const LIVE_WITHIN_MS = 1_000;
const GAP = 'What is your stance on purple kettles?';

describe.runIf(hasBrowser())('the FAQ editor', () => {
  const faqDir = copyOfShop();
  let server: TestServer;
  let browser: Browser;
  let mara: WatchedPage;
  let customer: Customer;
  let access: AgentAccess;

  beforeAll(async () => {
    server = await startServer({ env: { ...adminEnvironment, STEPDOWN_FAQ_DIR: faqDir, STEPDOWN_SIMULATE: 'off' } });
    browser = await launchBrowser();
    mara = await openAgent(browser, server.url);
    access = await accessOf(await call(server, 'POST', '/api/agent/sign-in', { body: admin }), admin.email);
    customer = await openCustomer(browser, server.url);
    // The demo shop asks for its outage remote control, which is not there without the simulator.
    customer.forgetProblems();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(faqDir, { recursive: true, force: true });
  });

  const go = (page: Page, address: string) => page.goto(`${server.url}/console${address}`);
  const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const fileOf = (id: string) => path.join(faqDir, 'en', `${id}.md`);
  /** Asks in the widget and waits for the words of the answer. */
  const hears = async (question: string, words: string): Promise<void> => {
    const before = await customer.messages.count();
    await customer.ask(question);
    await expect.poll(() => customer.messages.count(), { timeout: 5_000, interval: 10 }).toBeGreaterThan(before + 1);
    await expect.poll(() => customer.lastMessage.textContent(), { timeout: 5_000, interval: 10 }).toContain(words);
  };

  it('turns a gap into an answer that customers get within a second, and takes it back', async () => {
    const { page } = mara;
    await customer.ask(GAP);
    await customer.chat
      .getByText(/couldn't find an answer/)
      .first()
      .waitFor();
    await go(page, '/faq/gaps');
    await button(page, `Write an entry for “${GAP}”`).click();
    expect(await field(page, 'Question').inputValue()).toBe(GAP);
    await field(page, 'Answer').fill('We adore **purple** kettles.');
    await expect.poll(() => page.getByRole('region', { name: 'Preview' }).locator('strong').textContent()).toBe('purple');
    await field(page, 'Customer’s question').fill('purple ketles?');
    await field(page, 'Customer’s question').press('Enter');
    await page.getByText('The customer gets the first entry.').waitFor();

    await page.keyboard.press('Control+Enter');
    await page.getByText('Published and live. 1 recent question gets an answer now.').waitFor();
    const publishedAt = performance.now();
    await hears(GAP, 'We adore purple kettles.');
    expect(performance.now() - publishedAt).toBeLessThan(LIVE_WITHIN_MS);
    await page.getByText('The gap is closed.').waitFor();
    expect(readFileSync(fileOf('what-is-your-stance-on'), 'utf8')).toContain('We adore **purple** kettles.');

    await field(page, 'Answer').fill('Purple is over.');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Published and live.', { exact: true }).waitFor();
    await hears(GAP, 'Purple is over.');
    await button(page, 'Undo the last publish').click();
    await page.getByText('The text before is live again.').waitFor();
    await hears(GAP, 'We adore purple kettles.');
    expect(await field(page, 'Answer').inputValue()).toBe('We adore **purple** kettles.');
    expect(mara.problems).toEqual([]);
  });

  it('tells the second of two editors, and loses the text of neither', async () => {
    const second = await openPage(browser);
    const ada = await addAgent(server, access, 'editor');
    await signIn(second, server.url, ada.email);
    const pages = [mara.page, second.page] as const;
    for (const page of pages) await go(page, '/faq/entries/warranty?locale=en');
    await field(mara.page, 'Answer').fill('Mara was first.');
    await field(second.page, 'Answer').fill('Ada was second.');
    await mara.page.keyboard.press('Control+s');
    await mara.page.getByText('Draft saved. Customers don’t see it.').waitFor();
    await second.page.keyboard.press('Control+s');
    const panel = second.page.getByRole('region', { name: 'Somebody saved first' });
    await panel.getByText('Mara was first.').first().waitFor();
    expect(await field(second.page, 'Answer').inputValue()).toBe('Ada was second.');
    // Also after the page is gone: the text comes back, and so does the question what to do.
    second.page.on('dialog', (dialog) => void dialog.accept());
    await second.page.reload();
    expect(await field(second.page, 'Answer').inputValue()).toBe('Ada was second.');
    await second.page.keyboard.press('Control+s');
    await panel.getByRole('button', { name: 'Go on with what is chosen' }).click();
    await second.page.keyboard.press('Control+s');
    await second.page.getByText('Draft saved. Customers don’t see it.').waitFor();
    await button(second.page, 'History').click();
    await second.page
      .getByText('+Ada was second.')
      .or(second.page.locator('ins', { hasText: 'Ada was second.' }))
      .first()
      .waitFor();
    expect(await second.page.getByRole('dialog').textContent()).toContain('Mara was first.');
    expect(second.problems.filter((problem) => !problem.includes('409'))).toEqual([]);
    await second.close();
  });

  it('names a broken file here and on the terminal, while its last good text serves', async () => {
    const good = readFileSync(fileOf('size-guide'), 'utf8');
    await go(mara.page, '/faq');
    writeFileSync(fileOf('size-guide'), good.replace('variants:', 'varants:'));
    const region = mara.page.getByRole('region', { name: 'Problems' });
    await expect.poll(() => region.textContent({ timeout: 8_000 }), { timeout: 9_000 }).toMatch(/en\/size-guide\.md:\d+.*varants/);
    expect(server.output()).toMatch(/en\/size-guide\.md:\d+.*varants/);
    await button(mara.page, /^Problems 1/).click();
    await mara.page.getByRole('link', { name: 'Which clothing size do I need?' }).waitFor();
    await hears('Which clothing size do I need?', 'size');
    writeFileSync(fileOf('size-guide'), good);
    await region.waitFor({ state: 'detached', timeout: 9_000 });
  });

  it('[D24] shows text that tries to be more than text as text: list, editor, preview, file names, widget', async () => {
    for (const { text } of XSS_CORPUS) {
      writeFileSync(fileOf(fileNameFor(text)), 'no front matter');
    }
    // Half-open code blocks swallow what follows them.
    const texts = XSS_CORPUS.map(({ text }) => text).sort(
      (first, second) => Number(first.includes('```')) - Number(second.includes('```')),
    );
    const content = { question: 'What is in the corpus?', variants: texts.map((text) => text.slice(0, 400)), answer: texts.join('\n\n') };
    const tags = texts.slice(0, 50).map((text) => text.slice(0, 50));
    const body = { locale: 'en', baseRevision: 0, status: 'published', content: { ...content, tags } };
    expect((await call(server, 'PUT', '/api/faq/corpus', { as: access, body })).status).toBe(200);

    const own = await openAgent(browser, server.url);
    const { page } = own;
    const breakouts = [watchForBreakouts(page, server.url), watchForBreakouts(customer.page, server.url)];
    const main = page.locator('#page');
    await go(page, '/faq?search=corpus');
    const problems = page.getByRole('region', { name: 'Problems' });
    await problems.locator('summary').click();
    expect(await problems.getByRole('listitem').count()).toBeGreaterThan(XSS_CORPUS.length / 2);
    await page.getByRole('link', { name: 'What is in the corpus?' }).waitFor();
    expect(await dangersIn(main)).toEqual([]);
    await go(page, '/faq/entries/corpus?locale=en');
    await field(page, 'Answer').waitFor();
    expect(await dangersIn(main)).toEqual([]);
    for (const text of texts) {
      await field(page, 'Question').fill(text.replaceAll(/[\r\n]/g, ' '));
      await field(page, 'Answer').fill(text);
      const found = await dangersIn(main);
      if (found.length > 0) expect.fail(`${text}: ${found.join(', ')}`);
    }
    await hears('What is in the corpus?', 'onerror=alert(1)');
    expect(await dangersIn(customer.lastMessage)).toEqual([]);
    expect(breakouts.flat()).toEqual([]);
    expect([...own.problems, ...customer.problems]).toEqual([]);
    await own.close();
    for (const { text } of XSS_CORPUS) rmSync(fileOf(fileNameFor(text)), { force: true });
  });

  it('imports the 990 good rows of 1,000 and names the ten bad ones', async () => {
    const { page } = mara;
    const rows = Array.from({ length: 1_000 }, (_, index) => csvRow(index + 1));
    const text = ['locale,id,question,answer', ...rows].join('\r\n');
    await go(page, '/faq/exchange');
    await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'faq.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const bad = page.getByRole('region', { name: 'Bad rows' }).getByRole('rowheader');
    await bad.first().waitFor();
    const wanted = Array.from({ length: 10 }, (_, index) => String((index + 1) * 100 + 1));
    expect(await bad.allTextContents()).toEqual(wanted);
    await button(page, 'Import 990 entries, leave out 10').click();
    await page.getByText('990 entries imported.').waitFor({ timeout: 30_000 });
    expect(await bad.allTextContents()).toEqual(wanted);
    await go(page, '/faq?search=knob');
    await page.getByText('990 entries').waitFor();
  });

  it('is free of what axe finds, in light and dark, wide and narrow', async () => {
    const findings: string[] = [];
    for (const theme of ['light', 'dark'] as const) {
      const options = { colorScheme: theme, viewport: theme === 'dark' ? { width: 390, height: 844 } : { width: 1280, height: 800 } };
      const own = await openAgent(browser, server.url, options);
      const others = theme === 'light' ? ['/faq/entries/warranty?locale=ja', '/faq/exchange'] : ['/faq/new'];
      for (const address of ['/faq', '/faq/entries/warranty?locale=en', '/faq/gaps', ...others]) {
        await go(own.page, address);
        await own.page.getByRole('heading', { level: 1 }).waitFor();
        await own.page.getByText(/^(Reading|Grouping)/).waitFor({ state: 'detached' });
        const { violations } = await runAxe(own.page.mainFrame());
        findings.push(...violations.map((violation) => `${theme} ${address}: ${violation}`));
        const overflow = await own.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (overflow > 0) findings.push(`${theme} ${address}: ${overflow} px too wide`);
      }
      await own.close();
    }
    expect(findings).toEqual([]);
  });
});

/** As much of the text as a file can be named after. */
function fileNameFor(text: string): string {
  return text.replaceAll('/', '∕').replaceAll('\0', '').slice(0, 60);
}

async function signIn({ page, forgetProblems }: WatchedPage, url: string, email: string): Promise<void> {
  await page.goto(`${url}/console`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  // Being asked to sign in is a refused request, and the browser says so.
  forgetProblems();
}

/** Every hundredth row is wrong. */
function csvRow(number: number): string {
  return number % 100 === 0
    ? `en,NOT AN ID ${number},What?,Answer`
    : `en,knob-${number},What does knob ${number} do?,Knob ${number} turns.`;
}
