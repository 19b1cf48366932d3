import { widgetStyles } from './styles.ts';

/** Reads `data-…` of the script tag. Not through `dataset`, which answers from a polluted `Object.prototype`. */
export type Attribute = (name: string) => string | null;

const DRAWING = 'http://www.w3.org/2000/svg';
const BUBBLE = 'M4 4h16v13H9l-5 4Z';
const CHEVRON = 'm6 9 6 6 6-6';

export interface Launcher {
  readonly host: HTMLElement;
  readonly root: HTMLElement;
  readonly button: HTMLButtonElement;
  showOpen(isOpen: boolean): void;
  /** The note is added to the accessible name, which so begins with what is seen. */
  showUnread(count: unknown, note?: string): void;
}

/** Builds the button in a shadow root, element by element: Trusted Types pages refuse `innerHTML`. */
export function createLauncher(attribute: Attribute, label: string): Launcher {
  const host = document.createElement('stepdown-widget');
  const root = document.createElement('div');
  const button = document.createElement('button');
  const badge = document.createElement('i');
  const svg = document.createElementNS(DRAWING, 'svg');
  const path = document.createElementNS(DRAWING, 'path');
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(widgetStyles(attribute));
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(root);
  root.append(button);
  button.append(svg, attribute('label') ?? '', badge);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.append(path);

  const showOpen = (isOpen: boolean) => {
    button.ariaExpanded = `${isOpen}`;
    path.setAttribute('d', isOpen ? CHEVRON : BUBBLE);
  };
  const showUnread = (count: unknown, note = '') => {
    button.ariaLabel = label + note;
    badge.hidden = !count;
    badge.textContent = `${count}`;
  };
  showOpen(false);
  showUnread(0);
  return { host, root, button, showOpen, showUnread };
}
