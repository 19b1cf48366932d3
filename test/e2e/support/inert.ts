import type { Locator, Page } from 'playwright-core';

/** What foreign text must never become; called in the page, so it may use nothing from here. */
function dangersBelow(root: Element): string[] {
  const elements =
    'script,iframe,object,embed,img,video,audio,source,style,link,meta,base,math,template,noscript,marquee,animate,foreignObject';
  const found = [...root.querySelectorAll(elements)].map((element) => `<${element.tagName.toLowerCase()}>`);
  const attributes = [...root.querySelectorAll('*')].flatMap((element) =>
    [...element.attributes].filter(({ name, value }) => {
      if (name.startsWith('on') || name === 'src' || name === 'srcdoc' || name === 'style' || name === 'formaction') return true;
      return name === 'href' && !/^(https:\/\/|mailto:|\/|#)/.test(value);
    }),
  );
  return [...found, ...attributes.map(({ name, value }) => `${name}="${value}"`)];
}

/** Elements and attributes below the locator that no text may turn into. Empty when all is well. */
export function dangersIn(locator: Locator): Promise<readonly string[]> {
  return locator.evaluate(dangersBelow);
}

/** Remembers whatever a page runs or loads that it should not: dialogs, requests to other hosts. */
export function watchForBreakouts(page: Page, origin: string): readonly string[] {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    if (dialog.type() !== 'beforeunload') seen.push(`dialog: ${dialog.message()}`);
    void dialog.accept();
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(blob|data|ws):/.test(url)) seen.push(`request: ${url}`);
  });
  return seen;
}
