/**
 * Keeps the widget in the document. It hangs beside `<body>`, not in it: replacing the body (Turbo, htmx, `innerHTML`)
 * then neither removes it nor reloads its frame, and a transformed body does not capture its fixed position.
 */
export function keepAttached(host: HTMLElement): void {
  const attach = () => {
    if (!host.isConnected) document.documentElement.append(host);
    observer.observe(document.documentElement, { childList: true });
  };
  const observer = new MutationObserver(attach);
  observer.observe(document, { childList: true });
  attach();
}
