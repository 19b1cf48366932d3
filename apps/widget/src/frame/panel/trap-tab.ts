const FOCUSABLE = 'a[href], button:not([disabled]), textarea, input, summary, [tabindex="0"]';

/** Keeps Tab inside while the panel covers the page: behind it there is nothing to see. */
export function trapTab(event: KeyboardEvent, panel: HTMLElement): void {
  if (event.key !== 'Tab') return;
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((element) => element.checkVisibility());
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const other = event.shiftKey ? stops.at(-1) : stops[0];
  if (document.activeElement !== edge && document.activeElement !== panel) return;
  event.preventDefault();
  other?.focus();
}
