/** Copies; true if it worked. A frame of another origin is often refused the clipboard API, but not the older command. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const carry = (event: ClipboardEvent) => {
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    document.addEventListener('copy', carry, { once: true });
    return document.execCommand('copy');
  }
}
