import { get } from 'node:http';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, launchBrowser, openPage, picture } from '../support/browser.ts';
import { type HostSite, keptBy, observe, scriptTag, startHostSite } from '../support/host-pages.ts';
import { startServer, type TestServer } from '../support/server.ts';

const known = 'How long do I have to return something?';

describe.runIf(hasBrowser())('embedding', () => {
  let server: TestServer;
  let host: HostSite;
  let browser: Browser;

  beforeAll(async () => {
    server = await startServer();
    host = await startHostSite();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
    await server?.stop();
  });

  const launcher = (page: Page) => page.locator('stepdown-widget button');
  const chatOf = (page: Page): FrameLocator => page.frameLocator('stepdown-widget iframe');
  const field = (page: Page) => chatOf(page).getByRole('textbox', { name: 'Your message' });
  const ask = async (page: Page, text = known) => {
    await field(page).fill(text);
    await field(page).press('Enter');
    await chatOf(page).locator('article[data-status="complete"]').last().waitFor();
  };

  it('[D56] works on a page of another site whose policy allows the script and the frame alone, without a violation', async () => {
    const policy = `default-src 'none'; script-src ${server.url}; frame-src ${server.url}; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'`;
    // The icon of the page itself is the only thing this policy would block.
    const address = host.put('/strict', { body: scriptTag(server.url), contentSecurityPolicy: `${policy}; img-src data:` });
    const { page, violations, problems, close } = await observe(browser, server.url);
    await page.goto(address);
    await launcher(page).click();
    await ask(page);
    expect(await launcher(page).boundingBox()).toMatchObject({ width: 56, height: 56 });
    expect(violations).toEqual([]);
    expect(problems).toEqual([]);
    await picture(page, 'embed-strict-policy');
    await close();
  });

  it('the control: the same page with something forbidden on it does report', async () => {
    const address = host.put('/control', {
      body: '<p style="color:red">Red</p>',
      contentSecurityPolicy: "default-src 'none'; img-src data:",
    });
    const { page, violations, close } = await observe(browser, server.url);
    await page.goto(address);
    await expect.poll(() => violations.length).toBeGreaterThan(0);
    await close();
  });

  it('before anybody touches it: one request, nothing kept, no socket, no layout shift', async () => {
    const address = host.put('/quiet', { body: scriptTag(server.url) });
    const { page, requests, sockets, close } = await observe(browser, server.url);
    await page.goto(address);
    await launcher(page).waitFor();
    await page.waitForTimeout(500);
    expect(requests).toEqual(['/widget.js']);
    expect(sockets).toEqual([]);
    expect(await keptBy(page)).toEqual([]);
    expect(page.frames()).toHaveLength(1);
    expect(await page.evaluate(() => Reflect.get(window, 'shifts'))).toBe(0);
    // Pointing at it fetches the frame, and still keeps nothing and connects to nothing.
    await launcher(page).hover();
    await expect.poll(() => requests.some((url) => url.startsWith('/widget/frame.html'))).toBe(true);
    await page.waitForTimeout(300);
    expect(sockets).toEqual([]);
    expect(requests.filter((url) => url.includes('socket.io') || url.includes('/api/'))).toEqual([]);
    expect(await keptBy(page)).toEqual([]);
    await launcher(page).click();
    await field(page).waitFor();
    expect(await page.evaluate(() => Reflect.get(window, 'shifts'))).toBe(0);
    await close();
  });

  it('weighs at most 2 kB before and 95 kB at the first open on the wire', async () => {
    const { page, close } = await openPage(browser);
    const urls: string[] = [];
    page.on('request', (request) => urls.push(request.url()));
    await page.goto(host.put('/weight', { body: scriptTag(server.url) }));
    await launcher(page).click();
    await field(page).waitFor();
    const asked = urls.filter((url) => url.startsWith(server.url));
    const app = asked.filter((url) => /frame\.html|\/assets\/(frame|style)-/.test(url));
    expect(app).toHaveLength(3);
    const sizes = await Promise.all(['gzip', 'gzip, deflate, br'].flatMap((encoding) => app.map((url) => sizeOf(url, encoding))));
    const [gzip, brotli] = [sizes.slice(0, 3), sizes.slice(3)].map((parts) => parts.reduce((sum, bytes) => sum + bytes, 0));
    const loader = await sizeOf(`${server.url}/widget.js`, 'gzip');
    console.info(`On the wire: loader ${loader} B; app ${gzip} B gzip, ${brotli} B Brotli`);
    expect(loader).toBeLessThanOrEqual(2_000);
    expect(gzip).toBeLessThanOrEqual(95_000);
    expect(brotli).toBeLessThan(gzip ?? 0);
    await close();
  });

  it('survives a change of route and a page that replaces its body', async () => {
    const { page, close } = await openPage(browser);
    await page.goto(host.put('/app', { body: scriptTag(server.url) }));
    await launcher(page).click();
    await ask(page);
    await field(page).fill('half a thought');
    await page.evaluate(() => {
      history.pushState({}, '', '/app/products');
      document.querySelector('main')?.replaceWith(document.createElement('main'));
      document.body.replaceWith(document.createElement('body'));
    });
    // Not even loaded anew: what is not sent is still there.
    expect(await field(page).inputValue()).toBe('half a thought');
    expect(await chatOf(page).getByRole('article').count()).toBe(2);
    await page.evaluate(() => document.querySelector('stepdown-widget')?.remove());
    await expect.poll(() => chatOf(page).getByRole('article').count(), { timeout: 5_000 }).toBe(2);
    await close();
  });

  it('knows its visitor on the next page, also where the browser blocks storage of other sites', async () => {
    const { page, close } = await openPage(browser);
    const address = host.put('/blocked', { body: scriptTag(server.url) });
    await page.goto(address);
    await launcher(page).click();
    await ask(page);
    // The control: this profile does block it.
    const storage = await page.frames()[1]?.evaluate(() => {
      try {
        return String(localStorage.length);
      } catch (cause) {
        return cause instanceof Error ? cause.name : '';
      }
    });
    expect(storage).toBe('SecurityError');
    await page.goto(address);
    await launcher(page).click();
    await chatOf(page).getByText(known).first().waitFor();
    expect(await chatOf(page).getByRole('article').count()).toBe(2);
    await close();
  });

  it('is there once, however often its script is', async () => {
    const { page, problems, close } = await openPage(browser);
    await page.goto(host.put('/twice', { body: scriptTag(server.url) + scriptTag(server.url) }));
    await launcher(page).first().waitFor();
    await expect.poll(() => problems).toEqual(['warning: Stepdown is already on this page']);
    expect(await page.locator('stepdown-widget').count()).toBe(1);
    await close();
  });

  it('obeys commands that came before its script', async () => {
    const { page, close } = await openPage(browser);
    const calls = `window.Stepdown=function(){(Stepdown.q=Stepdown.q||[]).push(arguments)};Stepdown('on','open',()=>{window.wasOpened=true});Stepdown('setLocale','de');Stepdown('prefill','Wo ist mein Paket?');Stepdown('open')`;
    await page.goto(host.put('/early', { head: `<script>${calls}</script>`, body: scriptTag(server.url, 'data-label="Hilfe"') }));
    await expect.poll(() => chatOf(page).getByRole('textbox').inputValue()).toBe('Wo ist mein Paket?');
    expect(await chatOf(page).locator('html').getAttribute('lang')).toBe('de');
    expect(await page.evaluate(() => Reflect.get(window, 'wasOpened'))).toBe(true);
    expect(await launcher(page).getAttribute('aria-expanded')).toBe('true');
    await close();
  });

  it('stays usable on a page that breaks everything it can', async () => {
    const { page, close } = await openPage(browser);
    const sabotage = `
      for (const name of ['accent', 'position', 'site', 'isOpen', 'detail', 'ports']) Object.prototype[name] = 'polluted';
      Array.prototype.extra = 'polluted';
      window.fetch = window.Promise = window.XMLHttpRequest = window.WebSocket = function () { throw new Error('overwritten'); };
      window.JSON = { parse() { throw 1; }, stringify() { throw 1; } };
      for (const type of ['keydown', 'keyup', 'keypress', 'focusin', 'touchstart', 'wheel']) {
        addEventListener(type, (event) => { event.stopImmediatePropagation(); event.preventDefault(); }, { capture: true, passive: false });
      }`;
    const styles = `* { all: revert !important; font-size: 40px !important; letter-spacing: 9px !important; color: red !important; display: block !important;
      position: static !important; line-height: 5 !important; visibility: hidden } main { transform: rotate(3deg) } html { font-size: 5px; zoom: 1 }`;
    const head = `<script>${sabotage}</script><style>${styles}</style>`;
    await page.goto(host.put('/hostile', { head, body: scriptTag(server.url) }));
    const box = await launcher(page).boundingBox();
    expect(box).toMatchObject({ width: 56, height: 56, x: 1_204, y: 724 });
    await launcher(page).click();
    await ask(page);
    await page.keyboard.type('keys arrive');
    expect(await field(page).inputValue()).toBe('keys arrive');
    expect((await page.locator('stepdown-widget iframe').boundingBox())?.width).toBeCloseTo(402, -1);
    await picture(page, 'embed-hostile');
    await page.keyboard.press('Escape');
    await page.locator('stepdown-widget iframe').waitFor({ state: 'hidden' });
    await close();
  });

  it('[D58] listens to nobody but its own page, and answers nobody but its own frame', async () => {
    const { page, close } = await openPage(browser);
    await page.goto(
      host.put('/neighbours', { body: `<iframe id="neighbour" srcdoc="<p>An advertisement</p>"></iframe>${scriptTag(server.url)}` }),
    );
    await launcher(page).click();
    await field(page).fill('mine');
    await page.evaluate(() => {
      const neighbour = document.querySelector('iframe')?.contentWindow;
      const chat = document.querySelector('stepdown-widget')?.shadowRoot?.querySelector('iframe')?.contentWindow;
      Object.assign(neighbour ?? {}, { chat });
      Reflect.set(window, 'heard', []);
      // A hello that is not the frame's: an answer would hand the conversation's port to the neighbour.
      const script = `addEventListener('message', (event) => parent.heard.push(event.ports.length));
        parent.postMessage('stepdown:hello', '*');
        for (const change of [{ shutdown: true }, { isOpen: false }, { identify: 'a.b.c', prefill: 'stolen', setLocale: 'de' }]) {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => parent.heard.push('port');
          chat.postMessage(change, '*', [port2]);
          chat.postMessage(change, '*');
        }`;
      Reflect.get(neighbour ?? {}, 'eval')(script);
      // From the page itself, too: after the handshake the private port is the only way.
      chat?.postMessage({ shutdown: true, setLocale: 'de' }, '*', [new MessageChannel().port2]);
    });
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([]);
    expect(await field(page).inputValue()).toBe('mine');
    expect(await chatOf(page).locator('html').getAttribute('lang')).toBe('en');
    await close();
  });
});

function sizeOf(url: string, encoding: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}
